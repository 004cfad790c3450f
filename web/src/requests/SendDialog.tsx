import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, onceOnly } from '../api/client';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { OneWay } from '../parts/OneWay';
import { Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { useMailConfigured } from './NoMailServer';
import { useLookAgain, type Request } from './queries';
import type { Letter } from './useLetter';

interface Props {
  request: Request;
  letter: Letter;
  onClose: () => void;
}

export function SendDialog({ request, letter, onClose }: Props) {
  const lookAgain = useLookAgain();
  const configured = useMailConfigured();
  const [once] = useState(onceOnly);
  const order = letter.own
    ? { subject: letter.own.subject.trim(), body: letter.own.body }
    : { template: letter.template };
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/requests/{id}/reply', {
          params: { path: { id: request.id }, ...once },
          body: order,
        }),
      ),
    onMutate: () => letter.drop(),
    onSuccess: async () => {
      await lookAgain(request.id);
      onClose();
    },
  });
  return (
    <Dialog title={t('reply.dialog')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say
          k="reply.lead"
          gaps={{
            address: <b><bdi dir="ltr">{request.requester.email}</bdi></b>,
            subject: <bdi>“{letter.text?.subject}”</bdi>,
          }}
        />
      </p>
      {configured === false && <p className="dlg-lead">{t('reply.lead_waits')}</p>}
      <OneWay title={t('reply.oneway')} says={t('reply.oneway_more')} />
      <Bad error={error} />
      <div className="dlg-acts">
        <Button onClick={onClose}>{t('reply.keep')}</Button>
        <StepButton
          variant="primary"
          data-autofocus
          busy={isPending}
          busyWord={t('reply.sending')}
          onClick={() => mutate()}
        >
          {t('reply.send')}
        </StepButton>
      </div>
    </Dialog>
  );
}
