import { TextInput } from '@mantine/core';
import { IconAlertTriangleFilled, IconClock, IconMailCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, body, onceOnly } from '../api/client';
import { keys } from '../api/keys';
import { isProblem } from '../api/problem';
import { useSession } from '../api/session';
import { Bad } from '../parts/Bad';
import { Notice } from '../parts/Notice';
import { StepButton } from '../parts/StepButton';
import { time } from '../words/format';
import { t } from '../words/words';
import { mailTestQuery } from './queries';

/** Sends a letter with the saved settings and says what the mail server said. */
export function MailTest({ configured }: { configured: boolean }) {
  const queries = useQueryClient();
  const [to, setTo] = useState(useSession().agent.email);
  const [sent, setSent] = useState<{ id: string; to: string } | null>(null);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/settings/mail/tests', { params: onceOnly(), body: { to: to.trim() } }),
      ),
    onSuccess: ({ id }) => {
      setSent({ id, to: to.trim() });
      void queries.invalidateQueries({ queryKey: keys.backlog });
    },
  });
  return (
    <section className="block">
      <div className="block-head">
        <h3>{t('settings.mail_page.test')}</h3>
      </div>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <p className="dim">{t('settings.mail_page.test_lead')}</p>
        <div className="add-line">
          <TextInput
            type="email"
            label={t('settings.mail_page.test_to')}
            dir="ltr"
            autoComplete="off"
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
            error={isProblem(error) ? error.at('/to') : undefined}
          />
          <StepButton
            type="submit"
            off={!configured}
            busy={isPending}
            busyWord={t('settings.mail_page.testing')}
          >
            {t('settings.mail_page.test_go')}
          </StepButton>
        </div>
        {!configured && <p className="dim">{t('settings.mail_page.test_unsaved')}</p>}
        <Bad error={error} shown={['/to']} />
        {sent && <Outcome key={sent.id} {...sent} />}
      </form>
    </section>
  );
}

function Outcome({ id, to }: { id: string; to: string }) {
  const queries = useQueryClient();
  const { data, error } = useQuery(mailTestQuery(id));
  const settled = data && data.state !== 'queued';
  useEffect(() => {
    if (settled) void queries.invalidateQueries({ queryKey: keys.backlog });
  }, [queries, settled]);
  if (error) return <Bad error={error} />;
  const icon = { size: 17, 'aria-hidden': true } as const;
  const said = data?.last_error ?? '';
  return (
    <div role="status">
      {data?.state === 'sent' ? (
        <Notice
          tone="ok"
          icon={<IconMailCheck {...icon} />}
          title={t('settings.mail_page.test_sent', {
            time: time(data.settled_at ?? Date.now(), true),
            address: to,
          })}
        />
      ) : data?.state === 'failed' ? (
        <Notice
          tone="bad"
          icon={<IconAlertTriangleFilled {...icon} />}
          title={t('settings.mail_page.test_failed', { said })}
        />
      ) : (
        <Notice
          tone="ink"
          icon={<IconClock {...icon} />}
          title={
            data?.last_error && data.next_at
              ? t('settings.mail_page.test_retry', { said, time: time(data.next_at, true) })
              : t('settings.mail_page.test_queued')
          }
        />
      )}
    </div>
  );
}
