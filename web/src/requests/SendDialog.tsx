import { Button } from '@mantine/core';
import { api, body } from '../api/client';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { OneWay } from '../parts/OneWay';
import { B, Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { useMailConfigured } from './NoMailServer';
import type { Request } from './queries';
import { useChange } from './steps';
import type { Letter } from './useLetter';

interface Props {
  request: Request;
  letter: Letter;
  onClose: () => void;
}

export function SendDialog({ request, letter, onClose }: Props) {
  const configured = useMailConfigured();
  const order = letter.own
    ? { subject: letter.own.subject.trim(), body: letter.own.body }
    : { template: letter.template };
  const { mutate, error, isPending } = useChange({
    request,
    send: (params) => {
      letter.drop();
      return body(api.POST('/api/v1/requests/{id}/reply', { params, body: order }));
    },
    onDone: onClose,
  });
  return (
    <Dialog title={t('reply.dialog')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say
          k="reply.lead"
          gaps={{
            address: <B ltr>{request.requester.email}</B>,
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
