import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { useFields } from '../parts/fields';
import { B, Say } from '../parts/Say';
import { Password } from '../parts/Password';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';
import { GateForm } from './GateForm';
import { NewPasswordField } from './NewPasswordField';
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
  return seen.data ? (
    <Acceptance token={token} seen={seen.data} />
  ) : (
    <main id="main" aria-busy="true" />
  );
}

interface Props {
  token: string;
  seen: Schemas['InvitationSeen'];
}

function useAcceptance({ token, seen }: Props, values: { name: string; password: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { known } = seen;
  return useMutation({
    mutationFn: () => {
      const name = known ? null : values.name.trim();
      return body(
        api.POST('/api/v1/invitations/acceptance', {
          body: { token, password: values.password, name },
        }),
      );
    },
    onSuccess: async (session) => {
      queries.clear();
      queries.setQueryData(keys.session, session);
      await navigate({ to: paths.home, replace: true });
    },
  });
}

function Acceptance(props: Props) {
  const { seen } = props;
  const { values, text } = useFields({ name: '', password: '' });
  const { mutate, error, isPending } = useAcceptance(props, values);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <GateForm
      title={t('gate.invitation.title', { company: seen.account.name })}
      lead={<Lead {...seen} />}
      word={t('gate.invitation.go')}
      busyWord={t('gate.invitation.going')}
      busy={isPending}
      error={error}
      shown={['/name', '/password']}
      onSubmit={mutate}
    >
      <input type="text" name="email" autoComplete="username" value={seen.email} readOnly hidden />
      {seen.known ? (
        <Password
          label={t('gate.password')}
          autoComplete="current-password"
          autoFocus
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
    </GateForm>
  );
}

const Lead = ({ role, email, known }: Props['seen']) => (
  <>
    <Say
      k="gate.invitation.lead"
      gaps={{ role: <b>{t(`role.${role}`)}</b>, address: <B ltr>{email}</B> }}
    />{' '}
    {t(known ? 'gate.invitation.known' : 'gate.invitation.newcomer')}
  </>
);
