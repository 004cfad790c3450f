import { Button } from '@mantine/core';
import { IconHelpCircle, IconHourglassLow } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, onceOnly } from '../api/client';
import { wordsFor } from '../parts/Bad';
import { Notice } from '../parts/Notice';
import { StepButton } from '../parts/StepButton';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { useLookAgain, type Request } from './queries';
import { ProofDialog } from './ProofDialog';

/** Nothing while the requester is proven or need not be; else what is missing and the two ways. */
export function Proof({ request, works }: { request: Request; works: boolean }) {
  const [stating, setStating] = useState(false);
  const lookAgain = useLookAgain();
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      body(
        api.POST('/api/v1/requests/{id}/verification-mails', {
          params: { path: { id: request.id }, ...onceOnly() },
        }),
      ),
    onSuccess: () => say(t('request.proof.mailed')),
    onError: (error) => say(wordsFor(error)),
    onSettled: () => lookAgain(request.id),
  });
  if (request.proof === 'given' || request.proof === 'not_needed') return null;
  const awaited = request.proof === 'awaited';
  const reachable = request.requester.email !== null;
  return (
    <>
      <Notice
        tone="warn"
        icon={
          awaited ? (
            <IconHourglassLow size={17} aria-hidden />
          ) : (
            <IconHelpCircle size={17} aria-hidden />
          )
        }
        title={t(awaited ? 'request.proof.awaited_title' : 'request.proof.missing_title')}
      >
        <p>
          {awaited
            ? t('request.proof.awaited')
            : reachable
              ? t('request.proof.missing')
              : t('request.proof.missing_no_mail')}
        </p>
        {works && (
          <div className="row notice-acts">
            {reachable && (
              <StepButton
                size="xs"
                busy={isPending}
                busyWord={t('request.proof.mailing')}
                onClick={() => mutate()}
              >
                {t(awaited ? 'request.proof.mail_again' : 'request.proof.mail')}
              </StepButton>
            )}
            <Button size="xs" onClick={() => setStating(true)}>
              {t('request.proof.state')}
            </Button>
          </div>
        )}
      </Notice>
      {stating && <ProofDialog request={request} onClose={() => setStating(false)} />}
    </>
  );
}
