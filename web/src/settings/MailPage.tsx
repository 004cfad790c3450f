import {
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconClock,
  IconMailOff,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { backlogQuery } from '../api/catalogue';
import { useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { useFormKey } from '../parts/formKey';
import { Notice } from '../parts/Notice';
import { useTitle } from '../parts/title';
import { t } from '../words/words';
import { MailForm } from './MailForm';
import { MailTest } from './MailTest';
import { mailQuery } from './queries';

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
      {data && <MailForm key={form.key} settings={data} owner={owner} onSaved={form.saved} />}
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
