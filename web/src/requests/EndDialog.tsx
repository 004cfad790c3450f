import { Textarea } from '@mantine/core';
import type { Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { OneWay } from '../parts/OneWay';
import { B, Say } from '../parts/Say';
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
  return (
    <FormDialog
      title={t('request.end.title')}
      lead={<Say k="request.end.lead" gaps={{ name: <B>{nameOf(request)}</B> }} />}
      word={t('request.end.go')}
      busyWord={t('request.end.ending')}
      back={t('request.end.keep')}
      danger
      busy={isPending}
      error={error}
      shown={['/note']}
      onSubmit={() => mutate(values)}
      onClose={onClose}
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
    </FormDialog>
  );
}
