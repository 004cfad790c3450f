import { useState } from 'react';
import '../styles/fields';
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Foot } from '../parts/Foot';
import { useKeys } from '../parts/keyboard';
import { Say } from '../parts/Say';
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

function Writing({ request, works, children }: StageProps) {
  const letter = useLetter(request);
  const [layer, setLayer] = useState<'send' | 'other' | null>(null);
  const [editing, setEditing] = useState(false);
  const { email } = request.requester;
  // A refusal holds no findings; everything else goes to proven addresses only.
  const unproven =
    request.decision !== 'refused' && (request.proof === 'missing' || request.proof === 'awaited');
  const written = Boolean(letter.text?.subject.trim() && letter.text.body.trim());
  const can = email !== null && !unproven && written;
  useKeys({
    c: () => works && can && setLayer('send'),
    r: () => works && setEditing(true),
  });
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
            onSend={() => can && setLayer('send')}
          />
          <Details request={request} />
          <Identifiers request={request} works={works} />
        </div>
      </div>
      <Foot
        say={
          !works ? (
            t('request.read_only')
          ) : email === null ? (
            t('reply.foot_no_email')
          ) : unproven ? (
            t('reply.foot_unverified')
          ) : !written ? (
            t('reply.foot_none')
          ) : (
            <Say k="reply.foot" gaps={{ address: <b><bdi dir="ltr">{email}</bdi></b> }} />
          )
        }
      >
        {works && (
          <>
            <Button onClick={() => setLayer('other')}>{t('reply.other_means')}</Button>
            <StepButton
              variant="primary"
              off={!can}
              leftSection={<IconSend size={15} stroke={2} className="flip" aria-hidden />}
              onClick={() => setLayer('send')}
            >
              {t('reply.send')}
            </StepButton>
          </>
        )}
      </Foot>
      {layer === 'send' && <SendDialog request={request} letter={letter} onClose={close} />}
      {layer === 'other' && <OtherMeansDialog request={request} onClose={close} />}
    </>
  );
}
