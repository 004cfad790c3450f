import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { sessionQuery, setupQuery } from '../api/session';
import { useFields } from '../parts/fields';
import { paths } from '../paths';
import { t } from '../words/words';
import { GateForm } from './GateForm';
import { NewPasswordField } from './NewPasswordField';

const shown = ['/account/name', '/owner/name', '/owner/email', '/owner/password', '/code'];

const empty = { company: '', name: '', email: '', password: '', code: '' };

const orderOf = ({
  company,
  name,
  email,
  password,
  code,
}: typeof empty): Schemas['SetupOrder'] => ({
  account: { name: company.trim() },
  owner: { name: name.trim(), email: email.trim(), password },
  code: code.trim() || null,
});

function useSetup(values: typeof empty) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => body(api.POST('/api/v1/setup', { body: orderOf(values) })),
    onSuccess: async () => {
      queries.setQueryData(keys.setup, { needed: false, code_needed: false });
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate({ to: paths.requests, replace: true });
    },
  });
}

/** First start: the company and its owner. Works once. */
export default function SetupPage() {
  const codeNeeded = useQuery(setupQuery).data?.code_needed ?? false;
  const { values, text } = useFields(empty);
  const { mutate, error, isPending } = useSetup(values);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <GateForm
      title={t('gate.setup.title')}
      lead={t('gate.setup.lead')}
      word={t('gate.setup.go')}
      busyWord={t('gate.setup.going')}
      busy={isPending}
      error={error}
      shown={shown}
      onSubmit={mutate}
    >
      <h2>{t('gate.setup.company')}</h2>
      <TextInput
        label={t('gate.setup.company_name')}
        description={t('gate.setup.company_help')}
        autoComplete="organization"
        autoFocus
        dir="auto"
        error={wrong('/account/name')}
        {...text('company')}
      />
      <h2>{t('gate.setup.owner')}</h2>
      <TextInput
        label={t('gate.name')}
        autoComplete="name"
        dir="auto"
        error={wrong('/owner/name')}
        {...text('name')}
      />
      <TextInput
        label={t('gate.email')}
        type="email"
        autoComplete="username"
        dir="ltr"
        error={wrong('/owner/email')}
        {...text('email')}
      />
      <NewPasswordField
        error={wrong('/owner/password')}
        own={[values.name, values.email, values.company]}
        field={text('password')}
      />
      {codeNeeded && <CodeField error={wrong('/code')} {...text('code')} />}
    </GateForm>
  );
}

const CodeField = (field: { error?: string; value: string }) => (
  <TextInput
    label={t('gate.setup.code')}
    description={t('gate.setup.code_help')}
    autoComplete="one-time-code"
    dir="ltr"
    {...field}
  />
);
