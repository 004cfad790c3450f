import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { OneWay } from '../parts/OneWay';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
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
    <Dialog title={t('reply.close.title')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say k="reply.close.lead" gaps={{ name: <b><bdi>{nameOf(request)}</bdi></b> }} />
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (decision) mutate({ decision });
        }}
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
        <Bad error={error} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('reply.close.stay')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('reply.close.closing')}
          >
            {t('reply.close.button')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
