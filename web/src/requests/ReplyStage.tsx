import { useState } from 'react';
import '../styles/fields';
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Foot } from '../parts/Foot';
import { useKeys } from '../parts/keyboard';
import { B, Say } from '../parts/Say';
import { StepButton } from '../parts/StepButton';
import { t } from '../words/words';
import { Answered } from './Answered';
import { CloseDialog } from './CloseDialog';
import { Details } from './Details';
import { Identifiers } from './Identifiers';
import { LetterCard } from './LetterCard';
import { NoMailServer } from './NoMailServer';
import { OtherMeansDialog } from './OtherMeansDialog';
import { Proof } from './Proof';
import type { Request } from './queries';
import { SendDialog } from './SendDialog';
import type { StageProps } from './stage';
import { useLetter } from './useLetter';

export function ReplyStage(props: StageProps) {
  const { reply } = props.request;
  return reply && reply.state !== 'failed' ? <Done {...props} /> : <Writing {...props} />;
}

/** Answered: what is left is to close. */
function Done({ request, works, children }: StageProps) {
  const [closing, setClosing] = useState(false);
  useKeys({ c: () => works && setClosing(true) });
  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="column">
          {children}
          <Answered request={request} works={works} />
          <Details request={request} />
          <Identifiers request={request} works={works} />
        </div>
      </div>
      <Foot
        say={
          works ? (
            <Say k="reply.close.foot" gaps={{ step: <b>{t('step.closed')}</b> }} />
          ) : (
            t('request.read_only')
          )
        }
      >
        {works && (
          <StepButton variant="primary" onClick={() => setClosing(true)}>
            {t('reply.close.button')}
          </StepButton>
        )}
      </Foot>
      {closing && <CloseDialog request={request} onClose={() => setClosing(false)} />}
    </>
  );
}

/** Why the letter cannot be sent now; nothing when it can. */
function reasonOf({ requester, decision, proof }: Request, written: boolean): string | undefined {
  // A refusal holds no findings; everything else goes to proven addresses only.
  const unproven = decision !== 'refused' && (proof === 'missing' || proof === 'awaited');
  if (requester.email === null) return t('reply.foot_no_email');
  if (unproven) return t('reply.foot_unverified');
  return written ? undefined : t('reply.foot_none');
}

function Writing({ request, works, children }: StageProps) {
  const letter = useLetter(request);
  const [layer, setLayer] = useState<'send' | 'other' | null>(null);
  const [editing, setEditing] = useState(false);
  const written = Boolean(letter.text?.subject.trim() && letter.text.body.trim());
  const reason = works ? reasonOf(request, written) : t('request.read_only');
  const send = () => reason === undefined && setLayer('send');
  useKeys({ c: send, r: () => works && setEditing(true) });
  const close = () => setLayer(null);
  return (
    <>
      <div className="scroll" tabIndex={-1}>
        <div className="column">
          {children}
          {request.reply && <Answered request={request} works={works} />}
          <Proof request={request} works={works} />
          <NoMailServer />
          <LetterCard
            request={request}
            letter={letter}
            editing={editing}
            setEditing={works ? setEditing : undefined}
            onSend={send}
          />
          <Details request={request} />
          <Identifiers request={request} works={works} />
        </div>
      </div>
      <Foot
        say={
          reason ?? <Say k="reply.foot" gaps={{ address: <B ltr>{request.requester.email}</B> }} />
        }
      >
        {works && (
          <SendButtons off={reason !== undefined} onSend={send} onOther={() => setLayer('other')} />
        )}
      </Foot>
      {layer === 'send' && <SendDialog request={request} letter={letter} onClose={close} />}
      {layer === 'other' && <OtherMeansDialog request={request} onClose={close} />}
    </>
  );
}

interface SendButtonsProps {
  off: boolean;
  onSend: () => void;
  onOther: () => void;
}

const SendButtons = ({ off, onSend, onOther }: SendButtonsProps) => (
  <>
    <Button onClick={onOther}>{t('reply.other_means')}</Button>
    <StepButton
      variant="primary"
      off={off}
      leftSection={<IconSend size={15} stroke={2} className="flip" aria-hidden />}
      onClick={onSend}
    >
      {t('reply.send')}
    </StepButton>
  </>
);
