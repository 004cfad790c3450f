import { Button, Checkbox, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { groundsQuery, type Ground } from '../api/catalogue';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { OneWay } from '../parts/OneWay';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import type { Request } from './queries';
import { sendRejection, useStep } from './steps';
import { nameOf } from './Who';

const refuses = ({ kind }: Ground) => kind === 'refuse' || kind === 'redirect';

export function RejectDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const grounds = useQuery(groundsQuery(request.type)).data?.filter(refuses);
  const { values, set, text } = useFields({ ground: '', note: '', confirmed: [] as string[] });
  const { mutate, error, isPending } = useStep({ request, send: sendRejection, onDone: onClose });
  useFirstWrong(error);
  const ground = grounds?.find(({ id }) => id === values.ground);
  const tick = (need: string, on: boolean) =>
    set({ confirmed: on ? [...values.confirmed, need] : values.confirmed.filter((at) => at !== need) });
  return (
    <Dialog title={t('request.rejection.title')} onClose={onClose} size={560} busy={isPending}>
      <p className="dlg-lead">
        <Say k="request.rejection.lead" gaps={{ name: <b><bdi>{nameOf(request)}</bdi></b> }} />
      </p>
      {grounds?.length === 0 && <p className="dlg-lead">{t('request.rejection.none')}</p>}
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ ...values, note: values.note.trim() || null });
        }}
      >
        <Select
          data-autofocus
          label={t('request.rejection.ground')}
          description={t('request.rejection.ground_help')}
          value={values.ground || null}
          onChange={(id) => set({ ground: id ?? '', confirmed: [] })}
          data={(grounds ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          error={isProblem(error) ? error.at('/ground') : undefined}
        />
        {ground && <Needs ground={ground} confirmed={values.confirmed} tick={tick} />}
        <Textarea
          label={t('request.rejection.note')}
          description={t('request.rejection.note_help')}
          dir="auto"
          rows={2}
          error={isProblem(error) ? error.at('/note') : undefined}
          {...text('note')}
        />
        <OneWay says={t('request.rejection.oneway_more')} />
        <Bad error={error} shown={['/ground', '/note']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('request.approve.stay')}</Button>
          <StepButton
            type="submit"
            variant="danger"
            off={!ground}
            busy={isPending}
            busyWord={t('request.rejecting')}
          >
            {t('request.rejection.go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}

/** A need that only a colleague can meet: shown as advice, not as a box to tick alone. */
const isSecondPerson = (need: string) => need === 'a second person agrees';

interface NeedsProps {
  ground: Ground;
  confirmed: string[];
  tick: (need: string, on: boolean) => void;
}

function Needs({ ground, confirmed, tick }: NeedsProps) {
  const open = ground.need.some((need) => !confirmed.includes(need));
  return (
    <fieldset className="checks">
      <legend>{t('request.rejection.needs')}</legend>
      {ground.need.map((need) => (
        <Checkbox
          key={need}
          checked={confirmed.includes(need)}
          onChange={({ currentTarget }) => tick(need, currentTarget.checked)}
          label={need}
          description={isSecondPerson(need) ? t('request.rejection.second') : undefined}
        />
      ))}
      {open && <small>{t('request.rejection.needs_open')}</small>}
    </fieldset>
  );
}
