import { useId, type ReactNode } from 'react';
import { useOfflineSince } from '../api/connection';
import { t } from '../words/words';
import { StepReason } from './StepButton';

/** The bar at the foot of a request: what the step does, and the step. Never scrolls away. */
export function Foot({ say, children }: { say: ReactNode; children?: ReactNode }) {
  const id = useId();
  const offline = useOfflineSince() !== null;
  return (
    <div className="foot">
      <p className="foot-say" id={id}>
        {offline ? t('offline.why') : say}
      </p>
      <StepReason value={id}>
        <div className="foot-acts">{children}</div>
      </StepReason>
    </div>
  );
}
