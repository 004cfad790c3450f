import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, body } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { useFields, useFirstWrong } from '../parts/fields';
import { Notice } from '../parts/Notice';
import { StepButton } from '../parts/StepButton';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';
import { NewPasswordField } from './NewPasswordField';
import { useToken } from './token';

/** Where the link for a forgotten password leads. */
export default function NewPasswordPage() {
  const token = useToken();
  const queries = useQueryClient();
  const { values, text } = useFields({ password: '' });
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/password-resets/redemption', {
          body: { token, password: values.password },
        }),
      ),
    onSuccess: () => queries.removeQueries({ queryKey: keys.session }),
  });
  useFirstWrong(error);
  if (isSuccess) {
    return (
      <Gate title={t('gate.new_password.done_title')} lead={t('gate.new_password.done')}>
        <Button variant="primary" component={Link} to={paths.signIn}>
          {t('gate.sign_in.go')}
        </Button>
      </Gate>
    );
  }
  const gone = token === '' || (isProblem(error) && error.status === 404);
  return (
    <Gate
      title={t('gate.new_password.title')}
      lead={t('gate.new_password.lead')}
      onSubmit={() => mutate()}
    >
      {gone ? (
        <Notice
          tone="bad"
          title={t(token === '' ? 'gate.new_password.missing' : 'gate.new_password.bad')}
        >
          <Link className="quiet-link" to={paths.forgotten}>
            {t('gate.new_password.again')}
          </Link>
        </Notice>
      ) : (
        <>
          <NewPasswordField
            label={t('gate.new_password_label')}
            error={isProblem(error) ? error.at('/password') : undefined}
            own={[]}
            field={text('password')}
            autoFocus
          />
          <Bad error={error} shown={['/password']} />
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('gate.new_password.going')}
          >
            {t('gate.new_password.go')}
          </StepButton>
        </>
      )}
    </Gate>
  );
}
