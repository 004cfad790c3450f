import { useQuery } from '@tanstack/react-query';
import { groundsQuery } from '../api/catalogue';
import { Foot } from '../parts/Foot';
import { time } from '../words/format';
import { t } from '../words/words';
import { Answered } from './Answered';
import { Details } from './Details';
import { Identifiers } from './Identifiers';
import { KeptLine } from './Kept';
import type { Request } from './queries';
import type { StageProps } from './stage';
import { stepOf } from './steps';

export function ClosedStage({ request, works, children }: StageProps) {
  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="column">
          {children}
          <Outcome request={request} />
          <Answered request={request} works={works} />
          <Details request={request} />
          <Identifiers request={request} works={works} />
        </div>
      </div>
      <Foot say={t('request.closed.no_more')} />
    </>
  );
}

/** The decision, who closed it, what was confirmed and what is kept. */
function Outcome({ request }: { request: Request }) {
  const grounds = useQuery(groundsQuery(request.type)).data ?? [];
  const ground = grounds.find(({ id }) => id === request.ground);
  const closing = stepOf(request, 'close', 'end');
  const { attestation } = request;
  return (
    <section className="part">
      <dl className="facts">
        <dt>{t('request.closed.outcome')}</dt>
        <dd>
          <b>{request.decision && t(`decision.${request.decision}`)}</b>
          {closing && (
            <small>
              <bdi>
                {t('request.closed.closed_by', {
                  name: closing.agent?.name ?? t('history.requester'),
                  time: time(closing.at),
                })}
              </bdi>
            </small>
          )}
        </dd>
        {ground && (
          <>
            <dt>{t('request.rejection.ground')}</dt>
            <dd>{ground.name}</dd>
          </>
        )}
        {attestation && (
          <>
            <dt>{t('request.process.confirm_title')}</dt>
            <dd>
              {t('request.closed.stated', { statement: attestation.statement })}
              <small>
                <bdi>
                  {t('request.process.confirmed_by', {
                    name: attestation.agent?.name ?? t('somebody'),
                    time: time(attestation.at),
                  })}
                </bdi>
              </small>
              {attestation.systems.length > 0 && (
                <small>
                  <bdi>{attestation.systems.join(', ')}</bdi>
                </small>
              )}
            </dd>
          </>
        )}
      </dl>
      {attestation?.exceptions.map((kept, n) => (
        <KeptLine key={n} {...kept} words={grounds.find(({ id }) => id === kept.ground)?.name} />
      ))}
    </section>
  );
}
