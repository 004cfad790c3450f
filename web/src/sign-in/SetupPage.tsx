import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, body } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { sessionQuery, setupQuery } from '../api/session';
import { Bad } from '../parts/Bad';
import { useFields, useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { paths } from '../paths';
import { t } from '../words/words';
import { Gate } from './Gate';
import { NewPasswordField } from './NewPasswordField';

const shown = ['/account/name', '/owner/name', '/owner/email', '/owner/password', '/code'];

/** First start: the company and its owner. Works once. */
export default function SetupPage() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const codeNeeded = useQuery(setupQuery).data?.code_needed ?? false;
  const { values, text } = useFields({ company: '', name: '', email: '', password: '', code: '' });
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/setup', {
          body: {
            account: { name: values.company.trim() },
            owner: {
              name: values.name.trim(),
              email: values.email.trim(),
              password: values.password,
            },
            code: values.code.trim() || null,
          },
        }),
      ),
    onSuccess: async () => {
      queries.setQueryData(keys.setup, { needed: false, code_needed: false });
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate({ to: paths.requests, replace: true });
    },
  });
  useFirstWrong(error);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <Gate title={t('gate.setup.title')} lead={t('gate.setup.lead')} onSubmit={() => mutate()}>
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
      {codeNeeded && (
        <TextInput
          label={t('gate.setup.code')}
          description={t('gate.setup.code_help')}
          autoComplete="one-time-code"
          dir="ltr"
          error={wrong('/code')}
          {...text('code')}
        />
      )}
      <Bad error={error} shown={shown} />
      <StepButton
        type="submit"
        variant="primary"
        busy={isPending}
        busyWord={t('gate.setup.going')}
      >
        {t('gate.setup.go')}
      </StepButton>
    </Gate>
  );
}
