import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, body } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { useFields, useFirstWrong } from '../parts/fields';
import { B, Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';

/** Says the same whether or not somebody here has that address. */
export default function ForgottenPage() {
  const { values, text } = useFields({ email: '' });
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: () =>
      body(api.POST('/api/v1/password-resets', { body: { email: values.email.trim() } })),
  });
  useFirstWrong(error);
  const back = (
    <Link className="quiet-link" to={paths.signIn}>
      {t('gate.forgotten.back')}
    </Link>
  );
  if (isSuccess) {
    return (
      <Gate
        title={t('gate.forgotten.sent_title')}
        lead={<Say k="gate.forgotten.sent" gaps={{ address: <B ltr>{values.email.trim()}</B> }} />}
      >
        {back}
      </Gate>
    );
  }
  return (
    <Gate
      title={t('gate.forgotten.title')}
      lead={t('gate.forgotten.lead')}
      foot={back}
      onSubmit={() => mutate()}
    >
      <TextInput
        label={t('gate.email')}
        type="email"
        autoComplete="username"
        autoFocus
        dir="ltr"
        error={isProblem(error) ? error.at('/email') : undefined}
        {...text('email')}
      />
      <Bad error={error} shown={['/email']} />
      <StepButton
        type="submit"
        variant="primary"
        busy={isPending}
        busyWord={t('gate.forgotten.going')}
      >
        {t('gate.forgotten.go')}
      </StepButton>
    </Gate>
  );
}
