import { PasswordInput, Select, TextInput } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck, IconClock, IconMailOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { backlogQuery } from '../api/catalogue';
import { api, ifMatch, tagged, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { useFields, useFirstWrong } from '../parts/fields';
import { useFormKey } from '../parts/formKey';
import { Notice } from '../parts/Notice';
import { StepButton } from '../parts/StepButton';
import { useTitle } from '../parts/title';
import { t } from '../words/words';
import { MailTest } from './MailTest';
import { mailQuery } from './queries';

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

export default function MailPage() {
  useTitle(t('settings.mail'));
  const { data, error } = useQuery(mailQuery);
  const form = useFormKey(data?.etag);
  const owner = useSession().agent.role === 'owner';
  return (
    <div className="sheet">
      <h2>{t('settings.mail')}</h2>
      <p className="lead">{t('settings.mail_page.lead')}</p>
      <Bad error={error} title={t('problem.load_title')} />
      <Backlog />
      {data && <Form key={form.key} settings={data} owner={owner} onSaved={form.saved} />}
      {data && owner && <MailTest configured={data.configured} />}
    </div>
  );
}

/** How the letters fare: none can go, some wait, some failed, or all is well. */
function Backlog() {
  const backlog = useQuery(backlogQuery).data;
  if (!backlog) return null;
  const { configured, queued, failed } = backlog;
  const icon = { size: 17, 'aria-hidden': true } as const;
  return (
    <div className="notices">
      {!configured ? (
        <Notice
          tone="warn"
          icon={<IconMailOff {...icon} />}
          title={t('settings.mail_page.none_title')}
        >
          {queued === 0
            ? t('settings.mail_page.none_zero')
            : t('settings.mail_page.none', { count: queued })}
        </Notice>
      ) : queued > 0 ? (
        <Notice
          tone="ink"
          icon={<IconClock {...icon} />}
          title={t('settings.mail_page.queued', { count: queued })}
        />
      ) : (
        failed === 0 && (
          <p className="foot-note">
            <IconCircleCheck {...icon} />
            {t('settings.mail_page.ok')}
          </p>
        )
      )}
      {failed > 0 && (
        <Notice
          tone="bad"
          icon={<IconAlertTriangleFilled {...icon} />}
          title={t('settings.mail_page.failed_title', { count: failed })}
        >
          {t('settings.mail_page.failed')}
        </Notice>
      )}
    </div>
  );
}

interface FormProps {
  settings: Settings;
  owner: boolean;
  onSaved: (saved: { etag: string }) => void;
}

function Form({ settings, owner, onSaved }: FormProps) {
  const queries = useQueryClient();
  const start = {
    host: settings.host,
    port: settings.port ? String(settings.port) : usualPort[settings.security],
    security: settings.security,
    sign_in: settings.sign_in ?? '',
    password: '',
    from: settings.from.address,
    from_name: settings.from.name,
    reply_to: settings.reply_to ?? '',
  };
  const { values, set, text } = useFields(start);
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: () =>
      tagged(
        api.PUT('/api/v1/settings/mail', {
          params: ifMatch(settings.etag),
          body: {
            host: values.host.trim(),
            port: Number(values.port) || 0,
            security: values.security,
            sign_in: values.sign_in.trim() || null,
            password: values.password || null,
            from: { address: values.from.trim(), name: values.from_name.trim() },
            reply_to: values.reply_to.trim() || null,
          },
        }),
      ),
    onSuccess: (saved) => {
      onSaved(saved);
      set({ password: '' });
      return Promise.all([
        queries.invalidateQueries({ queryKey: keys.mail }),
        queries.invalidateQueries({ queryKey: keys.backlog }),
      ]);
    },
    onError: (at) => {
      if (isProblem(at, 'stale')) void queries.invalidateQueries({ queryKey: keys.mail });
    },
  });
  useFirstWrong(error);
  const field = (name: keyof typeof pointers) => ({
    ...text(name),
    error: isProblem(error) ? error.at(pointers[name]) : undefined,
    readOnly: !owner,
    autoComplete: 'off',
  });
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
    >
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
          onChange={(to) => {
            const security = to as Security;
            // The usual port goes along, one that somebody typed stays.
            const usual = values.port === usualPort[values.security];
            set({ security, port: usual ? usualPort[security] : values.port });
          }}
          data={(['starttls', 'tls', 'none'] as const).map((at) => ({
            value: at,
            label: t(`settings.mail_page.securities.${at}`),
          }))}
          error={isProblem(error) ? error.at('/security') : undefined}
          readOnly={!owner}
        />
      </div>
      <TextInput
        label={t('settings.mail_page.sign_in')}
        description={t('settings.mail_page.sign_in_help')}
        dir="ltr"
        {...field('sign_in')}
      />
      <PasswordInput
        label={t('settings.mail_page.password')}
        description={settings.has_password ? t('settings.mail_page.password_kept') : undefined}
        dir="ltr"
        {...field('password')}
        autoComplete="new-password"
      />
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
      <Bad error={error} shown={shown} />
      {owner ? (
        <div className="form-acts">
          <StepButton type="submit" variant="primary" busy={isPending} busyWord={t('saving')}>
            {t('save')}
          </StepButton>
          <span className="said" role="status">
            {isSuccess && t('saved')}
          </span>
        </div>
      ) : (
        <p className="dim">{t('settings.read_only')}</p>
      )}
    </form>
  );
}
