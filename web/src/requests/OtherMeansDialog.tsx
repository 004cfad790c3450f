import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, onceOnly } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { useFields, useFirstWrong } from '../parts/fields';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { useLookAgain, type Request } from './queries';
import { nameOf } from './Who';

const ways = ['letter', 'phone', 'counter', 'other'] as const;
const ofChannel = (channel: string) => ways.find((way) => way === channel) ?? 'letter';

/** For an answer that reached the requester on another way: only written down. */
export function OtherMeansDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const lookAgain = useLookAgain();
  const { values, set, text } = useFields({ sent_by: ofChannel(request.channel), note: '' });
  const [once] = useState(onceOnly);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/requests/{id}/reply', {
          params: { path: { id: request.id }, ...once },
          body: values,
        }),
      ),
    onSuccess: async () => {
      await lookAgain(request.id);
      onClose();
    },
  });
  useFirstWrong(error);
  return (
    <Dialog title={t('reply.other.title')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say k="reply.other.lead" gaps={{ name: <b><bdi>{nameOf(request)}</bdi></b> }} />
      </p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
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
        <Bad error={error} shown={['/note']} />
        <div className="dlg-acts">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <StepButton
            type="submit"
            variant="primary"
            busy={isPending}
            busyWord={t('reply.other.going')}
          >
            {t('reply.other.go')}
          </StepButton>
        </div>
      </form>
    </Dialog>
  );
}
