import { Checkbox, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { groundsQuery, type Ground } from '../api/catalogue';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { OneWay } from '../parts/OneWay';
import { B, Say } from '../parts/Say';
import { t } from '../words/words';
import type { Request } from './queries';
import { sendRejection, useStep } from './steps';
import { nameOf } from './Who';

const refuses = ({ kind }: Ground) => kind === 'refuse' || kind === 'redirect';

export function RejectDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const grounds = useQuery(groundsQuery(request.type)).data?.filter(refuses);
  const { values, set, text } = useFields({ ground: '', note: '', confirmed: [] as string[] });
  const { mutate, error, isPending } = useStep({ request, send: sendRejection, onDone: onClose });
  const ground = grounds?.find(({ id }) => id === values.ground);
  const wrong = (pointer: string) => (isProblem(error) ? error.at(pointer) : undefined);
  return (
    <FormDialog
      title={t('request.rejection.title')}
      lead={<Say k="request.rejection.lead" gaps={{ name: <B>{nameOf(request)}</B> }} />}
      size={560}
      word={t('request.rejection.go')}
      busyWord={t('request.rejecting')}
      back={t('request.approve.stay')}
      danger
      off={!ground}
      busy={isPending}
      error={error}
      shown={['/ground', '/note']}
      onSubmit={() => mutate({ ...values, note: values.note.trim() || null })}
      onClose={onClose}
    >
      {grounds?.length === 0 && <p>{t('request.rejection.none')}</p>}
      <Select
        data-autofocus
        label={t('request.rejection.ground')}
        description={t('request.rejection.ground_help')}
        value={values.ground || null}
        onChange={(id) => set({ ground: id ?? '', confirmed: [] })}
        data={(grounds ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        error={wrong('/ground')}
      />
      {ground && (
        <Needs
          ground={ground}
          confirmed={values.confirmed}
          set={(confirmed) => set({ confirmed })}
        />
      )}
      <Textarea
        label={t('request.rejection.note')}
        description={t('request.rejection.note_help')}
        dir="auto"
        rows={2}
        error={wrong('/note')}
        {...text('note')}
      />
      <OneWay says={t('request.rejection.oneway_more')} />
    </FormDialog>
  );
}

/** A need that only a colleague can meet: shown as advice, not as a box to tick alone. */
const isSecondPerson = (need: string) => need === 'a second person agrees';

interface NeedsProps {
  ground: Ground;
  confirmed: string[];
  set: (confirmed: string[]) => void;
}

/** What the requester is told, and what must be true first. */
function Needs({ ground, confirmed, set }: NeedsProps) {
  const tick = (need: string, on: boolean) =>
    set(on ? [...confirmed, need] : confirmed.filter((at) => at !== need));
  return (
    <>
      <div>
        <p className="legend">{t('request.rejection.says')}</p>
        <blockquote className="says">{ground.say}</blockquote>
      </div>
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
        {ground.need.some((need) => !confirmed.includes(need)) && (
          <small>{t('request.rejection.needs_open')}</small>
        )}
      </fieldset>
    </>
  );
}
