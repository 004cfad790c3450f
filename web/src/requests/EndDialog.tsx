import { Button, Textarea } from '@mantine/core';
import '../styles/fields';
import type { Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { OneWay } from '../parts/OneWay';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import type { Request } from './queries';
import { sendEnd, useStep } from './steps';
import { nameOf } from './Who';

type Decision = Schemas['EndOrder']['decision'];
const decisions: Decision[] = ['withdrawn', 'spam', 'expired'];

/** For a request that was taken back or never was one. */
export function EndDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { values, set, text } = useFields({ decision: 'withdrawn' as Decision, note: '' });
  const { mutate, error, isPending } = useStep({ request, send: sendEnd, onDone: onClose });
  useFirstWrong(error);
  return (
    <Dialog title={t('request.end.title')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say k="request.end.lead" gaps={{ name: <b><bdi>{nameOf(request)}</bdi></b> }} />
      </p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate(values);
        }}
      >
        <fieldset className="decisions">
          <legend className="legend">{t('request.end.why')}</legend>
          {decisions.map((decision) => (
            <label key={decision}>
              <input
                type="radio"
                name="decision"
                checked={decision === values.decision}
                onChange={() => set({ decision })}
              />
              <span>
                {t(`request.end.${decision}`)}
                <small>{t(`request.end.${decision}_more`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Textarea
          data-autofocus
          label={t('request.end.note')}
          description={t('request.end.note_help')}
          dir="auto"
          rows={3}
          error={isProblem(error) ? error.at('/note') : undefined}
          {...text('note')}
        />
        <OneWay says={t('request.end.oneway_more')} />
        <Bad error={error} shown={['/note']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('request.end.keep')}</Button>
          <StepButton type="submit" variant="danger" busy={isPending} busyWord={t('request.end.ending')}>
            {t('request.end.go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
