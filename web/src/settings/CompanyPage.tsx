import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { centresQuery } from '../api/catalogue';
import { api, ifMatch, tagged, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { useFields } from '../parts/fields';
import { useFormKey } from '../parts/formKey';
import { useTitle } from '../parts/title';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { companyForm } from './queries';
import { SettingsForm } from './SettingsForm';

type Company = Schemas['Company'] & { etag: string };

const shown = [
  '/name',
  '/time_zone',
  '/privacy_email',
  '/postal_address',
  '/privacy_officer',
  '/policy_url',
];
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

export default function CompanyPage() {
  useTitle(t('settings.company'));
  const { data, error } = useQuery(companyForm);
  const form = useFormKey(data?.etag);
  return (
    <div className="sheet">
      <h2>{t('settings.company')}</h2>
      <p className="lead">{t('settings.company_page.lead')}</p>
      <Bad error={error} title={t('problem.load_title')} />
      {data && <Form key={form.key} company={data} onSaved={form.saved} />}
      <Centre />
    </div>
  );
}

const orNull = (text: string | null) => text?.trim() || null;

const orderOf = (values: Company): Schemas['CompanyOrder'] => ({
  name: values.name.trim(),
  time_zone: values.time_zone,
  privacy_email: orNull(values.privacy_email),
  postal_address: orNull(values.postal_address),
  privacy_officer: orNull(values.privacy_officer),
  policy_url: orNull(values.policy_url),
});

interface Props {
  company: Company;
  onSaved: (saved: { etag: string }) => void;
}

function useSave({ company, onSaved }: Props, values: Company) {
  const queries = useQueryClient();
  const lookAgain = () => queries.invalidateQueries({ queryKey: keys.company });
  return useMutation({
    mutationFn: () =>
      tagged(
        api.PUT('/api/v1/settings/company', {
          params: ifMatch(company.etag),
          body: orderOf(values),
        }),
      ),
    onSuccess: (saved) => {
      onSaved(saved);
      say(t('saved'));
      return lookAgain();
    },
    onError: (error) => {
      if (isProblem(error, 'stale')) void lookAgain();
    },
  });
}

function Form(props: Props) {
  const owner = useSession().agent.role === 'owner';
  const { values, set, text } = useFields(props.company);
  const { mutate, error, isPending } = useSave(props, values);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  const field = (name: keyof Schemas['CompanyOrder']) => ({
    ...text(name),
    error: wrong(`/${name}`),
    readOnly: !owner,
  });
  return (
    <SettingsForm owner={owner} busy={isPending} error={error} shown={shown} onSubmit={mutate}>
      <TextInput label={t('settings.company_page.name')} dir="auto" {...field('name')} />
      <Select
        label={t('settings.company_page.time_zone')}
        description={t('settings.company_page.time_zone_help')}
        searchable
        data={zones}
        value={values.time_zone}
        onChange={(zone) => zone && set({ time_zone: zone })}
        nothingFoundMessage={t('settings.company_page.none')}
        error={wrong('/time_zone')}
        readOnly={!owner}
      />
      <TextInput
        type="email"
        label={t('settings.company_page.privacy_email')}
        description={t('settings.company_page.privacy_email_help')}
        dir="ltr"
        {...field('privacy_email')}
      />
      <Textarea
        label={t('settings.company_page.postal_address')}
        description={t('optional')}
        dir="auto"
        rows={3}
        {...field('postal_address')}
      />
      <TextInput
        label={t('settings.company_page.privacy_officer')}
        description={t('settings.company_page.privacy_officer_help')}
        dir="auto"
        {...field('privacy_officer')}
      />
      <TextInput
        type="url"
        label={t('settings.company_page.policy_url')}
        description={t('settings.company_page.policy_url_help')}
        dir="ltr"
        {...field('policy_url')}
      />
    </SettingsForm>
  );
}

function Centre() {
  const centre = useQuery(centresQuery).data?.[0];
  if (!centre) return null;
  return (
    <section className="block">
      <h3>{t('settings.company_page.centre')}</h3>
      <p className="dim">{t('settings.company_page.centre_lead')}</p>
      <div className="form-acts centre">
        <code className="break">
          <bdi dir="ltr">{centre.url}</bdi>
        </code>
        <Button
          size="xs"
          component="a"
          href={centre.url}
          target="_blank"
          rel="noreferrer"
          rightSection={<IconExternalLink size={14} aria-hidden />}
        >
          {t('settings.company_page.open')}
        </Button>
      </div>
    </section>
  );
}
