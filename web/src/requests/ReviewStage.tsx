import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import '../styles/fields';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { Foot } from '../parts/Foot';
import { Key } from '../parts/Key';
import { useKeys } from '../parts/keyboard';
import { OneWay } from '../parts/OneWay';
import { B, Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { Details } from './Details';
import { Identifiers } from './Identifiers';
import { Proof } from './Proof';
import type { Request } from './queries';
import { RejectDialog } from './RejectDialog';
import type { StageProps } from './stage';
import { sendApproval, useStep } from './steps';
import { nameOf } from './Who';

export function ReviewStage({ request, works, children }: StageProps) {
  const [ask, setAsk] = useState<'continue' | 'reject' | null>(null);
  const unproven = request.proof === 'missing' || request.proof === 'awaited';
  useKeys({ c: () => works && !unproven && setAsk('continue') });
  const close = () => setAsk(null);
  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="column">
          {children}
          <Proof request={request} works={works} />
          <Details request={request} />
          <Identifiers request={request} works={works} />
        </div>
      </div>
      <Foot
        say={
          !works ? (
            t('request.read_only')
          ) : unproven ? (
            t('request.approve.unverified')
          ) : (
            <Say k="request.approve.foot" gaps={{ step: <b>{t('request.continue')}</b> }} />
          )
        }
      >
        {works && (
          <>
            <Button onClick={() => setAsk('reject')}>{t('request.reject')}</Button>
            <StepButton
              variant="primary"
              off={unproven}
              rightSection={<IconArrowRight size={16} stroke={2} className="flip" aria-hidden />}
              onClick={() => setAsk('continue')}
            >
              {t('request.continue')}
            </StepButton>
          </>
        )}
      </Foot>
      {ask === 'continue' && <ApproveDialog request={request} onClose={close} />}
      {ask === 'reject' && <RejectDialog request={request} onClose={close} />}
    </>
  );
}

function ApproveDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { mutate, error, isPending } = useStep({ request, send: sendApproval, onDone: onClose });
  return (
    <Dialog title={t('request.approve.title')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say
          k="request.approve.lead"
          gaps={{
            name: <B>{nameOf(request)}</B>,
            type: <b>{t(`type.${request.type}`)}</b>,
          }}
        />
      </p>
      <OneWay says={t('request.approve.oneway_more')} />
      <Bad error={error} />
      <div className="dlg-acts">
        <Button onClick={onClose}>{t('request.approve.stay')}</Button>
        <StepButton
          variant="primary"
          data-autofocus
          busy={isPending}
          busyWord={t('request.continuing')}
          onClick={() => mutate()}
        >
          {t('request.approve.go')}
          <Key>↵</Key>
        </StepButton>
      </div>
    </Dialog>
  );
}
