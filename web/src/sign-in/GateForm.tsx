import type { ReactNode } from 'react';
import { Bad } from '../parts/Bad';
import { useFirstWrong } from '../parts/fields';
import { StepButton } from '../parts/StepButton';
import { Gate } from './Gate';

interface Props {
  title: string;
  lead?: ReactNode;
  foot?: ReactNode;
  /** What the button does, now and while it is being done. */
  word: string;
  busyWord: string;
  busy: boolean;
  error: unknown;
  shown: readonly string[];
  /** Below the button. */
  after?: ReactNode;
  onSubmit: () => void;
  children: ReactNode;
}

/** A page before the door with fields and one button. */
export function GateForm(props: Props) {
  const { title, lead, foot, word, busyWord, busy, error, shown, after, onSubmit } = props;
  useFirstWrong(error);
  return (
    <Gate title={title} lead={lead} foot={foot} onSubmit={() => !busy && onSubmit()}>
      {props.children}
      <Bad error={error} shown={shown} />
      <StepButton type="submit" variant="primary" busy={busy} busyWord={busyWord}>
        {word}
      </StepButton>
      {after}
    </Gate>
  );
}
