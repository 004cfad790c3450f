import type { Schemas } from '../api/client';
import { t } from '../words/words';

export type Stage = Schemas['Stage'];
export const stages: Stage[] = ['review', 'process', 'reply', 'closed'];

const filled: Record<Stage, number> = { review: 0.25, process: 0.5, reply: 0.75, closed: 1 };
const around = 2 * Math.PI * 2.5;

/** The four stages as a circle that fills: the shape says it, colour only helps. */
export function StageGlyph({ stage, size = 16 }: { stage: Stage; size?: number }) {
  const part = filled[stage];
  return (
    <svg
      className={`glyph glyph-${stage}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden
    >
      <circle
        cx="8"
        cy="8"
        r="6.5"
        fill={part === 1 ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.6"
      />
      {part < 1 ? (
        <circle
          cx="8"
          cy="8"
          r="2.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="5"
          strokeDasharray={`${around * part} ${around}`}
          transform="rotate(-90 8 8)"
        />
      ) : (
        <path
          d="M5 8.2l2.1 2.1L11 6.2"
          fill="none"
          stroke="var(--surface)"
          strokeWidth="1.7"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}

export const StageLabel = ({ stage }: { stage: Stage }) => (
  <span className="stage-label">
    <StageGlyph stage={stage} />
    <span>{t(`stage.${stage}`)}</span>
  </span>
);
