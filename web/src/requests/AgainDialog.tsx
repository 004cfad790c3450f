import { useState } from 'react';
import { api, body, type Schemas } from '../api/client';
import { FormDialog } from '../parts/FormDialog';
import { t } from '../words/words';
import type { Request } from './queries';
import { useChange } from './steps';

interface Props {
  request: Request;
  reply: Schemas['Reply'];
  onClose: () => void;
}

/** Sends a letter that failed once more, word for word, there or to an address that was checked. */
export function AgainDialog({ request, reply, onClose }: Props) {
  const [to, setTo] = useState<string | null>(null);
  const others = request.identifiers.filter(
    ({ kind, proof }) => kind === 'email' && proof !== 'claimed',
  );
  const { mutate, error, isPending } = useChange({
    request,
    send: ({ path, header }) =>
      body(
        api.POST('/api/v1/requests/{id}/replies/{reply}/retry', {
          params: { path: { ...path, reply: reply.id }, header },
          body: { to },
        }),
      ),
    onDone: onClose,
  });
  const choice = (value: string | null, words: string) => (
    <label key={value ?? ''}>
      <input type="radio" name="to" checked={to === value} onChange={() => setTo(value)} />
      <bdi>{words}</bdi>
    </label>
  );
  return (
    <FormDialog
      title={t('reply.again_title')}
      lead={t('reply.again_lead')}
      word={t('reply.again_go')}
      busyWord={t('reply.sending')}
      busy={isPending}
      error={error}
      onSubmit={mutate}
      onClose={onClose}
    >
      <fieldset className="decisions">
        <legend className="legend">{t('reply.again_to')}</legend>
        {choice(null, t('reply.again_same', { address: request.requester.email ?? '' }))}
        {others.map(({ value }) => choice(value, value))}
      </fieldset>
      <p className="dim">{t('reply.again_proven')}</p>
    </FormDialog>
  );
}
