import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { useLookAgain, type Request } from './queries';

interface Props {
  request: Request;
  reply: Schemas['Reply'];
  onClose: () => void;
}

/** Sends a letter that failed once more, word for word, there or to an address that was checked. */
export function AgainDialog({ request, reply, onClose }: Props) {
  const lookAgain = useLookAgain();
  const [to, setTo] = useState<string | null>(null);
  const [once] = useState(onceOnly);
  const others = request.identifiers.filter(
    ({ kind, proof }) => kind === 'email' && proof !== 'claimed',
  );
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/requests/{id}/replies/{reply}/retry', {
          params: { path: { id: request.id, reply: reply.id }, ...once },
          body: { to },
        }),
      ),
    onSuccess: async () => {
      await lookAgain(request.id);
      onClose();
    },
  });
  const choice = (value: string | null, words: string) => (
    <label key={value ?? ''}>
      <input type="radio" name="to" checked={to === value} onChange={() => setTo(value)} />
      <bdi>{words}</bdi>
    </label>
  );
  return (
    <Dialog title={t('reply.again_title')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">{t('reply.again_lead')}</p>
      <fieldset className="decisions">
        <legend className="legend">{t('reply.again_to')}</legend>
        {choice(null, t('reply.again_same', { address: request.requester.email ?? '' }))}
        {others.map(({ value }) => choice(value, value))}
      </fieldset>
      <p className="dim systems-help">{t('reply.again_proven')}</p>
      <Bad error={error} />
      <div className="dlg-acts">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <StepButton
          variant="primary"
          busy={isPending}
          busyWord={t('reply.sending')}
          onClick={() => mutate()}
        >
          {t('reply.again_go')}
        </StepButton>
      </div>
    </Dialog>
  );
}
