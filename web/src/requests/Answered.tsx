import { Button } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconClock,
  IconMailForward,
  IconMailOff,
  IconNotebook,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { Notice } from '../parts/Notice';
import { time } from '../words/format';
import { said } from '../words/said';
import { t } from '../words/words';
import { AgainDialog } from './AgainDialog';
import { Body } from './LetterCard';
import { NoMailServer, useMailConfigured } from './NoMailServer';
import type { Request } from './queries';

/** What was answered, and what became of the letter. */
export function Answered({ request, works }: { request: Request; works: boolean }) {
  const [again, setAgain] = useState(false);
  const configured = useMailConfigured();
  const { reply } = request;
  if (!reply) return null;
  const failed = reply.state === 'failed';
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.closed.answer')}</h2>
        <span className="dim">
          <bdi>
            {t('reply.state.by', {
              name: reply.agent?.name ?? t('somebody'),
              time: time(reply.at),
            })}
          </bdi>
        </span>
      </div>
      {reply.state === 'queued' && configured === false ? (
        <NoMailServer waits />
      ) : (
        <State
          reply={reply}
          action={
            failed &&
            works && (
              <Button size="xs" onClick={() => setAgain(true)}>
                {t('reply.again')}
              </Button>
            )
          }
        />
      )}
      {(reply.subject || reply.body) && (
        <article className="letter letter-own answered">
          <Body {...reply} />
        </article>
      )}
      {reply.note && (
        <p className="pre answered" dir="auto">
          {reply.note}
        </p>
      )}
      {again && <AgainDialog request={request} reply={reply} onClose={() => setAgain(false)} />}
    </section>
  );
}

interface StateProps {
  reply: Schemas['Reply'];
  action: React.ReactNode;
}

function State({ reply, action }: StateProps) {
  const icon = { size: 17, stroke: 1.8, 'aria-hidden': true } as const;
  switch (reply.state) {
    case 'queued':
      return (
        <Notice tone="ink" icon={<IconClock {...icon} />} title={t('reply.state.queued')}>
          {reply.last_error
            ? said(reply.last_error)
            : t('reply.state.queued_more', { time: time(reply.at) })}
        </Notice>
      );
    case 'sent':
      return (
        <Notice tone="ink" icon={<IconMailForward {...icon} />} title={t('reply.state.sent')}>
          {t('reply.state.sent_more')}
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="bad"
          icon={
            reply.last_error ? <IconAlertTriangleFilled {...icon} /> : <IconMailOff {...icon} />
          }
          title={t('reply.state.failed')}
          action={action}
        >
          {reply.last_error && <p>{said(reply.last_error)}</p>}
          <p>{t('reply.state.failed_more')}</p>
        </Notice>
      );
    default:
      return (
        <Notice
          tone="ink"
          icon={<IconNotebook {...icon} />}
          title={t('reply.state.by_other_means')}
        >
          {reply.sent_by !== 'email' && t(`reply.other.${reply.sent_by}`)}
        </Notice>
      );
  }
}
