import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { api, body } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { Notice } from '../parts/Notice';
import { Password } from '../parts/Password';
import { paths } from '../paths';
import { t } from '../words/words';
import { GateForm } from './GateForm';

function useSignIn({ email, password }: { email: string; password: string }) {
  const queries = useQueryClient();
  const router = useRouter();
  const { to } = useSearch({ from: '/sign-in' });
  return useMutation({
    mutationFn: () =>
      body(api.POST('/api/v1/session', { body: { email: email.trim(), password } })),
    onSuccess: async (session) => {
      queries.setQueryData(keys.session, session);
      if (session.accounts.length > 1) {
        await router.navigate({ to: paths.accounts, search: to ? { to } : {}, replace: true });
      } else {
        router.history.replace(`/app${to ?? paths.home}`);
      }
    },
  });
}

export default function SignInPage() {
  const { values, set, text } = useFields({ email: '', password: '' });
  const { mutate, error, isPending } = useSignIn(values);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  const refused = isProblem(error) && error.status === 401;
  return (
    <GateForm
      title={t('gate.sign_in.title')}
      lead={t('gate.sign_in.lead')}
      foot={t('gate.sign_in.not_staff')}
      word={t('gate.sign_in.go')}
      busyWord={t('gate.sign_in.going')}
      busy={isPending}
      error={refused ? null : error}
      shown={['/email', '/password']}
      onSubmit={() => mutate(undefined, { onError: () => set({ password: '' }) })}
      after={
        <Link className="quiet-link" to={paths.forgotten}>
          {t('gate.sign_in.forgotten')}
        </Link>
      }
    >
      {refused && <Notice tone="bad" title={t('gate.sign_in.wrong')} />}
      <TextInput
        label={t('gate.email')}
        type="email"
        autoComplete="username"
        autoFocus
        dir="ltr"
        error={wrong('/email')}
        {...text('email')}
      />
      <Password
        label={t('gate.password')}
        autoComplete="current-password"
        error={wrong('/password')}
        {...text('password')}
      />
    </GateForm>
  );
}
