import type { ReactNode } from 'react';
import { Tip } from './Tip';

export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'ink' | 'bare';

interface Props {
  tone?: Tone;
  icon?: ReactNode;
  why?: ReactNode;
  children: ReactNode;
}

export function Chip({ tone = 'plain', icon, why, children }: Props) {
  const chip = (
    <span className="chip" data-tone={tone}>
      {icon}
      <span>{children}</span>
    </span>
  );
  return why ? <Tip says={why}>{chip}</Tip> : chip;
}
