import { Button, Checkbox } from '@mantine/core';
import { IconArrowRight, IconSignature } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import '../styles/fields';
import { api, body, ifMatch } from '../api/client';
import { isProblem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { Dialog } from '../parts/Dialog';
import { Foot } from '../parts/Foot';
import { Key } from '../parts/Key';
import { useKeys } from '../parts/keyboard';
import { OneWay } from '../parts/OneWay';
import { B, Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { say } from '../parts/toast';
import { time } from '../words/format';
import { t } from '../words/words';
import { Details } from './Details';
import { Identifiers } from './Identifiers';
import { Kept, type Exception } from './Kept';
import { Proof } from './Proof';
import { useLookAgain, type Request } from './queries';
import type { StageProps } from './stage';
import { sendCompletion, useStep } from './steps';
import { Systems } from './Systems';
import { nameOf } from './Who';

interface Said {
  systems: string[];
  exceptions: Exception[];
}

const saidIn = ({ attestation }: Request): Said => ({
  systems: attestation?.systems ?? [],
  exceptions: attestation?.exceptions ?? [],
});

const same = (a: Said, b: Said) => JSON.stringify(a) === JSON.stringify(b);

export function ProcessStage({ request, works, children }: StageProps) {
  const saved = saidIn(request);
  // What this agent changed; null while it is what is saved.
  const [edited, setEdited] = useState<Said | null>(null);
  const said = edited ?? saved;
  const setSaid = (to: Said) => setEdited(same(to, saved) ? null : to);
  const [ask, setAsk] = useState(false);
  const whole = said.exceptions.every(({ system, ground }) => system.trim() && ground);
  const confirmed = request.attestation !== null && edited === null;
  const attest = useAttest(request, () => setEdited(null));
  useKeys({ c: () => works && confirmed && setAsk(true) });
  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="column">
          {children}
          <Proof request={request} works={works} />
          <Systems
            names={said.systems}
            set={works ? (systems) => setSaid({ ...said, systems }) : undefined}
          />
          <Kept
            type={request.type}
            kept={said.exceptions}
            set={works ? (exceptions) => setSaid({ ...said, exceptions }) : undefined}
            error={attest.error}
          />
          <Confirmation
            request={request}
            said={said}
            confirmed={confirmed}
            attest={works ? attest : undefined}
            whole={whole}
          />
          <Details request={request} />
          <Identifiers request={request} works={works} />
        </div>
      </div>
      <StepFoot works={works} confirmed={confirmed} onStep={() => setAsk(true)} />
      {ask && <CompleteDialog request={request} onClose={() => setAsk(false)} />}
    </>
  );
}

interface StepFootProps {
  works: boolean;
  confirmed: boolean;
  onStep: () => void;
}

function StepFoot({ works, confirmed, onStep }: StepFootProps) {
  if (!works) return <Foot say={t('request.read_only')} />;
  const step = <b>{t('request.continue')}</b>;
  return (
    <Foot
      say={
        confirmed ? (
          <Say k="request.process.foot" gaps={{ step }} />
        ) : (
          t('request.process.foot_open')
        )
      }
    >
      <StepButton
        variant="primary"
        off={!confirmed}
        rightSection={<IconArrowRight size={16} stroke={2} className="flip" aria-hidden />}
        onClick={onStep}
      >
        {t('request.continue')}
      </StepButton>
    </Foot>
  );
}

function useAttest(request: Request, onDone: () => void) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (said: Said) =>
      body(
        api.PUT('/api/v1/requests/{id}/attestation', {
          params: { path: { id: request.id }, ...ifMatch(request.etag) },
          body: { statement: request.attestation_statement, ...said },
        }),
      ),
    onSuccess: async () => {
      await lookAgain(request.id);
      onDone();
    },
    onError: (error) => {
      if (!isProblem(error, 'stale', 'not_in_stage')) return;
      say(t('request.race.stale'));
      void lookAgain(request.id);
    },
  });
}

interface ConfirmationProps {
  request: Request;
  said: Said;
  confirmed: boolean;
  whole: boolean;
  attest?: ReturnType<typeof useAttest>;
}

/** The sentence that an agent puts their name under. */
function Confirmation({ request, said, confirmed, whole, attest }: ConfirmationProps) {
  const { attestation, attestation_statement: statement } = request;
  const changed = attestation !== null && !confirmed;
  const busy = attest?.isPending ?? false;
  const ticked = confirmed || busy;
  return (
    <section className="part">
      <div className="part-head">
        <h2>{t('request.process.confirm_title')}</h2>
      </div>
      <div className="attest" data-on={ticked || undefined}>
        <Checkbox
          checked={ticked}
          readOnly={confirmed}
          disabled={!attest || !whole}
          onChange={() => !confirmed && !busy && attest?.mutate(said)}
          aria-busy={busy || undefined}
          label={
            <Say
              k="request.process.sentence"
              gaps={{
                statement: <b>{statement}</b>,
                rest: said.exceptions.length > 0 ? t('request.process.rest_kept') : '',
              }}
            />
          }
          description={t('request.process.name')}
        />
        {confirmed && attestation && (
          <p className="foot-note">
            <IconSignature size={15} stroke={1.8} aria-hidden />
            <span>
              {t('request.process.confirmed_by', {
                name: attestation.agent?.name ?? t('somebody'),
                time: time(attestation.at),
              })}
            </span>
          </p>
        )}
        {changed && <p className="foot-note">{t('request.process.changed')}</p>}
      </div>
      {attest?.error && <Bad error={attest.error} />}
    </section>
  );
}

function CompleteDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { mutate, error, isPending } = useStep({ request, send: sendCompletion, onDone: onClose });
  return (
    <Dialog title={t('request.process.dialog')} onClose={onClose} busy={isPending}>
      <p className="dlg-lead">
        <Say
          k="request.process.lead"
          gaps={{
            statement: <b>{request.attestation_statement}</b>,
            name: <B>{nameOf(request)}</B>,
          }}
        />
      </p>
      <OneWay says={t('request.process.oneway_more')} />
      <Bad error={error} />
      <div className="dlg-acts">
        <Button onClick={onClose}>{t('request.process.stay')}</Button>
        <StepButton
          variant="primary"
          data-autofocus
          busy={isPending}
          busyWord={t('request.continuing')}
          onClick={() => mutate()}
        >
          {t('request.process.go')}
          <Key>↵</Key>
        </StepButton>
      </div>
    </Dialog>
  );
}
