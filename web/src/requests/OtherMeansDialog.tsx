import { Textarea } from '@mantine/core';
import { api, body } from '../api/client';
import { isProblem } from '../api/problem';
import { useFields } from '../parts/fields';
import { FormDialog } from '../parts/FormDialog';
import { B, Say } from '../parts/Say';
import { t } from '../words/words';
import type { Request } from './queries';
import { useChange } from './steps';
import { nameOf } from './Who';

const ways = ['letter', 'phone', 'counter', 'other'] as const;
const ofChannel = (channel: string) => ways.find((way) => way === channel) ?? 'letter';

/** For an answer that reached the requester on another way: only written down. */
export function OtherMeansDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { values, set, text } = useFields({ sent_by: ofChannel(request.channel), note: '' });
  const { mutate, error, isPending } = useChange({
    request,
    send: (params) => body(api.POST('/api/v1/requests/{id}/reply', { params, body: values })),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t('reply.other.title')}
      lead={<Say k="reply.other.lead" gaps={{ name: <B>{nameOf(request)}</B> }} />}
      word={t('reply.other.go')}
      busyWord={t('reply.other.going')}
      busy={isPending}
      error={error}
      shown={['/note']}
      onSubmit={mutate}
      onClose={onClose}
    >
      <fieldset className="decisions">
        <legend className="legend">{t('reply.other.how')}</legend>
        {ways.map((way) => (
          <label key={way}>
            <input
              type="radio"
              name="sent_by"
              checked={way === values.sent_by}
              onChange={() => set({ sent_by: way })}
            />
            {t(`reply.other.${way}`)}
          </label>
        ))}
      </fieldset>
      <Textarea
        data-autofocus
        label={t('reply.other.note')}
        description={t('reply.other.note_help')}
        dir="auto"
        rows={3}
        error={isProblem(error) ? error.at('/note') : undefined}
        {...text('note')}
      />
    </FormDialog>
  );
}
