import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, body } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { Notice } from '../parts/Notice';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';
import { GateForm } from './GateForm';
import { NewPasswordField } from './NewPasswordField';
import { useToken } from './token';

/** Where the link for a forgotten password leads. */
export default function NewPasswordPage() {
  const token = useToken();
  const queries = useQueryClient();
  const { values, text } = useFields({ password: '' });
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: () =>
      body(api.POST('/api/v1/password-resets/redemption', { body: { token, ...values } })),
    onSuccess: () => queries.removeQueries({ queryKey: keys.session }),
  });
  if (isSuccess) return <Done />;
  if (token === '') return <Gone title={t('gate.new_password.missing')} />;
  if (isProblem(error) && error.status === 404) return <Gone title={t('gate.new_password.bad')} />;
  return (
    <GateForm
      title={t('gate.new_password.title')}
      lead={t('gate.new_password.lead')}
      word={t('gate.new_password.go')}
      busyWord={t('gate.new_password.going')}
      busy={isPending}
      error={error}
      shown={['/password']}
      onSubmit={mutate}
    >
      <NewPasswordField
        label={t('gate.new_password_label')}
        error={isProblem(error) ? error.at('/password') : undefined}
        own={[]}
        field={text('password')}
        autoFocus
      />
    </GateForm>
  );
}

const Done = () => (
  <Gate title={t('gate.new_password.done_title')} lead={t('gate.new_password.done')}>
    <Button variant="primary" component={Link} to={paths.signIn}>
      {t('gate.sign_in.go')}
    </Button>
  </Gate>
);

const Gone = ({ title }: { title: string }) => (
  <Gate title={t('gate.new_password.title')}>
    <Notice tone="bad" title={title}>
      <Link className="quiet-link" to={paths.forgotten}>
        {t('gate.new_password.again')}
      </Link>
    </Notice>
  </Gate>
);
