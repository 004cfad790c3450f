import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
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
import { showButton } from './NewPasswordField';

export default function SignInPage() {
  const queries = useQueryClient();
  const router = useRouter();
  const { to } = useSearch({ from: '/sign-in' });
  const { values, set, text } = useFields({ email: '', password: '' });
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/session', {
          body: { email: values.email.trim(), password: values.password },
        }),
      ),
    onSuccess: async (session) => {
      queries.setQueryData(keys.session, session);
      if (session.accounts.length > 1) {
        await router.navigate({ to: paths.accounts, search: to ? { to } : {}, replace: true });
      } else {
        router.history.replace(`/app${to ?? paths.home}`);
      }
    },
    onError: () => set({ password: '' }),
  });
  useFirstWrong(error);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  const refused = isProblem(error) && error.status === 401;
  return (
    <Gate
      title={t('gate.sign_in.title')}
      lead={t('gate.sign_in.lead')}
      foot={t('gate.sign_in.not_staff')}
      onSubmit={() => mutate()}
    >
      {refused ? (
        <Notice tone="bad" title={t('gate.sign_in.wrong')} />
      ) : (
        <Bad error={error} shown={['/email', '/password']} />
      )}
      <TextInput
        label={t('gate.email')}
        type="email"
        autoComplete="username"
        autoFocus
        dir="ltr"
        error={wrong('/email')}
        {...text('email')}
      />
      <PasswordInput
        label={t('gate.password')}
        autoComplete="current-password"
        dir="ltr"
        visibilityToggleButtonProps={showButton}
        error={wrong('/password')}
        {...text('password')}
      />
      <StepButton
        type="submit"
        variant="primary"
        busy={isPending}
        busyWord={t('gate.sign_in.going')}
      >
        {t('gate.sign_in.go')}
      </StepButton>
      <Link className="quiet-link" to={paths.forgotten}>
        {t('gate.sign_in.forgotten')}
      </Link>
    </Gate>
  );
}
