import { Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ifMatch, tagged, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { Password } from '../parts/Password';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { SettingsForm } from './SettingsForm';

type Settings = Schemas['MailSettings'] & { etag: string };
type Security = Schemas['MailSecurity'];

const pointers = {
  host: '/host',
  port: '/port',
  sign_in: '/sign_in',
  password: '/password',
  from: '/from/address',
  from_name: '/from/name',
  reply_to: '/reply_to',
};
const shown = [...Object.values(pointers), '/security'];
const usualPort: Record<Security, string> = { starttls: '587', tls: '465', none: '25' };

const securities: Security[] = ['starttls', 'tls', 'none'];

const valuesOf = (settings: Settings) => ({
  host: settings.host,
  port: settings.port ? String(settings.port) : usualPort[settings.security],
  security: settings.security,
  sign_in: settings.sign_in ?? '',
  password: '',
  from: settings.from.address,
  from_name: settings.from.name,
  reply_to: settings.reply_to ?? '',
});
type Values = ReturnType<typeof valuesOf>;

const orderOf = (values: Values): Schemas['MailSettingsOrder'] => ({
  host: values.host.trim(),
  port: Number(values.port) || 0,
  security: values.security,
  sign_in: values.sign_in.trim() || null,
  password: values.password || null,
  from: { address: values.from.trim(), name: values.from_name.trim() },
  reply_to: values.reply_to.trim() || null,
});

interface Props {
  settings: Settings;
  owner: boolean;
  onSaved: (saved: { etag: string }) => void;
}

function useSave(settings: Settings, values: Values, onSaved: Props['onSaved']) {
  const queries = useQueryClient();
  const lookAgain = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.mail }),
      queries.invalidateQueries({ queryKey: keys.backlog }),
    ]);
  return useMutation({
    mutationFn: () =>
      tagged(
        api.PUT('/api/v1/settings/mail', {
          params: ifMatch(settings.etag),
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

type Field = (name: keyof typeof pointers) => object;

export function MailForm({ settings, owner, onSaved }: Props) {
  const { values, set, text } = useFields(valuesOf(settings));
  const { mutate, error, isPending } = useSave(settings, values, (saved) => {
    onSaved(saved);
    set({ password: '' });
  });
  const field: Field = (name) => ({
    ...text(name),
    error: isProblem(error) ? error.at(pointers[name]) : undefined,
    readOnly: !owner,
    autoComplete: 'off',
  });
  // The usual port goes along with the security, one that somebody typed stays.
  const secure = (security: Security) => {
    const usual = values.port === usualPort[values.security];
    set({ security, port: usual ? usualPort[security] : values.port });
  };
  return (
    <SettingsForm owner={owner} busy={isPending} error={error} shown={shown} onSubmit={mutate}>
      <div className="fields-3">
        <TextInput
          label={t('settings.mail_page.host')}
          placeholder={t('settings.mail_page.host_example')}
          dir="ltr"
          {...field('host')}
        />
        <TextInput
          label={t('settings.mail_page.port')}
          inputMode="numeric"
          dir="ltr"
          {...field('port')}
        />
        <Select
          label={t('settings.mail_page.security')}
          value={values.security}
          onChange={(to) => secure(to as Security)}
          data={securities.map((at) => ({
            value: at,
            label: t(`settings.mail_page.securities.${at}`),
          }))}
          error={isProblem(error) ? error.at('/security') : undefined}
          readOnly={!owner}
        />
      </div>
      <SignInFields field={field} kept={settings.has_password} />
      <SenderFields field={field} />
    </SettingsForm>
  );
}

const SignInFields = ({ field, kept }: { field: Field; kept: boolean }) => (
  <>
    <TextInput
      label={t('settings.mail_page.sign_in')}
      description={t('settings.mail_page.sign_in_help')}
      dir="ltr"
      {...field('sign_in')}
    />
    <Password
      label={t('settings.mail_page.password')}
      description={kept ? t('settings.mail_page.password_kept') : undefined}
      {...field('password')}
      autoComplete="new-password"
    />
  </>
);

const SenderFields = ({ field }: { field: Field }) => (
  <>
    <TextInput type="email" label={t('settings.mail_page.from')} dir="ltr" {...field('from')} />
    <TextInput
      label={t('settings.mail_page.from_name')}
      description={t('settings.mail_page.from_name_help')}
      dir="auto"
      {...field('from_name')}
    />
    <TextInput
      type="email"
      label={t('settings.mail_page.reply_to')}
      description={t('settings.mail_page.reply_to_help')}
      dir="ltr"
      {...field('reply_to')}
    />
  </>
);
