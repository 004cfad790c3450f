import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { useFields, useFirstWrong } from '../parts/fields';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';
import { NewPasswordField, showButton } from './NewPasswordField';
import { useToken } from './token';

/** Where the link of an invitation leads. */
export default function InvitationPage() {
  const token = useToken();
  const seen = useQuery({
    queryKey: ['invitation'],
    queryFn: () => body(api.POST('/api/v1/invitations/look', { body: { token } })),
    enabled: token !== '',
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  if (token === '' || (isProblem(seen.error) && seen.error.status === 404)) {
    return (
      <Gate title={t('gate.invitation.bad_title')} lead={t('gate.invitation.bad')}>
        {null}
      </Gate>
    );
  }
  if (seen.error) {
    return (
      <Gate title={t('problem.load_title')}>
        <Bad error={seen.error} title={t('problem.load_title')} />
      </Gate>
    );
  }
  return seen.data ? <Acceptance token={token} seen={seen.data} /> : <main id="main" aria-busy="true" />;
}

interface Props {
  token: string;
  seen: Schemas['InvitationSeen'];
}

function Acceptance({ token, seen }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { values, text } = useFields({ name: '', password: '' });
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/invitations/acceptance', {
          body: { token, password: values.password, name: seen.known ? null : values.name.trim() },
        }),
      ),
    onSuccess: async (session) => {
      queries.clear();
      queries.setQueryData(keys.session, session);
      await navigate({ to: paths.home, replace: true });
    },
  });
  useFirstWrong(error);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <Gate
      title={t('gate.invitation.title', { company: seen.account.name })}
      lead={
        <>
          <Say
            k="gate.invitation.lead"
            gaps={{
              role: <b>{t(`role.${seen.role}`)}</b>,
              address: <b><bdi dir="ltr">{seen.email}</bdi></b>,
            }}
          />{' '}
          {t(seen.known ? 'gate.invitation.known' : 'gate.invitation.newcomer')}
        </>
      }
      onSubmit={() => mutate()}
    >
      <input type="text" name="email" autoComplete="username" value={seen.email} readOnly hidden />
      {seen.known ? (
        <PasswordInput
          label={t('gate.password')}
          autoComplete="current-password"
          autoFocus
          dir="ltr"
          visibilityToggleButtonProps={showButton}
          error={wrong('/password')}
          {...text('password')}
        />
      ) : (
        <>
          <TextInput
            label={t('gate.name')}
            autoComplete="name"
            autoFocus
            dir="auto"
            error={wrong('/name')}
            {...text('name')}
          />
          <NewPasswordField
            error={wrong('/password')}
            own={[values.name, seen.email, seen.account.name]}
            field={text('password')}
          />
        </>
      )}
      <Bad error={error} shown={['/name', '/password']} />
      <StepButton
        type="submit"
        variant="primary"
        busy={isPending}
        busyWord={t('gate.invitation.going')}
      >
        {t('gate.invitation.go')}
      </StepButton>
    </Gate>
  );
}
