import { useState } from 'react';
import type { Schemas } from '../api/client';
import { FormDialog } from '../parts/FormDialog';
import { OneWay } from '../parts/OneWay';
import { B, Say } from '../parts/Say';
import { t } from '../words/words';
import type { Request } from './queries';
import { sendClosure, useStep } from './steps';
import { nameOf } from './Who';

type Possible = Extract<Schemas['Decision'], 'granted' | 'partly' | 'refused' | 'nothing_found'>;

export function CloseDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const possible = request.possible_decisions as Possible[];
  const [decision, setDecision] = useState(possible[0]);
  const { mutate, error, isPending } = useStep({ request, send: sendClosure, onDone: onClose });
  return (
    <FormDialog
      title={t('reply.close.title')}
      lead={<Say k="reply.close.lead" gaps={{ name: <B>{nameOf(request)}</B> }} />}
      word={t('reply.close.button')}
      busyWord={t('reply.close.closing')}
      back={t('reply.close.stay')}
      busy={isPending}
      error={error}
      onSubmit={() => decision && mutate({ decision })}
      onClose={onClose}
    >
      <fieldset className="decisions">
        <legend className="legend">{t('reply.close.decision')}</legend>
        {possible.map((at) => (
          <label key={at}>
            <input
              type="radio"
              name="decision"
              data-autofocus={at === decision || undefined}
              checked={at === decision}
              onChange={() => setDecision(at)}
            />
            <span>
              {t(`decision.${at}`)}
              <small>{t(`reply.close.more.${at}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <OneWay says={t('reply.close.oneway_more')} />
    </FormDialog>
  );
}
