import { Due } from '../parts/Due';
import { Mail } from '../parts/Mail';
import { Verified } from '../parts/Verified';
import { country, day, time } from '../words/format';
import { t } from '../words/words';
import type { Request } from './queries';

export const nameOf = ({ requester, reference }: Pick<Request, 'requester' | 'reference'>) =>
  requester.name ?? requester.email ?? reference;

export function proofSays({ verification }: Request): string | undefined {
  if (!verification) return undefined;
  const how = { method: t(`method.${verification.method}`), time: time(verification.at) };
  return verification.agent
    ? t('request.proof.given_by', { name: verification.agent.name, ...how })
    : t('request.proof.given', how);
}

/** Whose request it is, and by when an answer is due. */
export function Who({ request, today }: { request: Request; today: string }) {
  const { email } = request.requester;
  return (
    <div className="who">
      <div className="who-top">
        <h1 tabIndex={-1}>
          <bdi>{nameOf(request)}</bdi>
        </h1>
        <Due of={request} today={today} full />
      </div>
      <div className="who-row">
        <span className="mailbox">
          {email ? <Mail address={email} /> : <span className="dim">{t('list.no_email')}</span>}
          <Verified
            proof={request.proof}
            says={proofSays(request) ?? t(`proof.${request.proof}`)}
          />
        </span>
        <span>{country(request.country)}</span>
        <span>{t('request.received', { day: day(request.received_on) })}</span>
      </div>
    </div>
  );
}
