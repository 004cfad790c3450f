import { IconCircleCheckFilled, IconHelpCircle, IconHourglassLow } from '@tabler/icons-react';
import type { Schemas } from '../api/client';
import { t } from '../words/words';
import { Tip } from './Tip';

interface Props {
  proof: Schemas['Proof'];
  /** How and when, for hover and focus. */
  says?: string;
}

/** The check mark beside an address. Green means proven, and nothing else is green. */
export function Verified({ proof, says }: Props) {
  if (proof === 'not_needed') return null;
  const name = t(`proof.${proof}`);
  const props = { size: 16, role: 'img', 'aria-label': name } as const;
  const icon =
    proof === 'given' ? (
      <IconCircleCheckFilled {...props} className="ok" />
    ) : proof === 'awaited' ? (
      <IconHourglassLow {...props} className="dim" />
    ) : (
      <IconHelpCircle {...props} className="dim" />
    );
  return says ? <Tip says={says}>{icon}</Tip> : icon;
}
