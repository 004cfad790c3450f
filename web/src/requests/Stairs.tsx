import { IconLock } from '@tabler/icons-react';
import { StageGlyph, stages, type Stage } from '../parts/StageGlyph';
import { brief, time } from '../words/format';
import { t } from '../words/words';
import type { Request } from './queries';

interface Stair {
  stage: Stage;
  state: 'past' | 'here' | 'skipped' | 'next' | 'later';
  says: string;
  full?: string;
}

function stairsOf(request: Request): Stair[] {
  const here = stages.indexOf(request.stage);
  const left = new Map(request.steps.map((step) => [step.stage, step]));
  const closing = request.steps[request.steps.length - 1];
  return stages.map((stage, n) => {
    const step = stage === 'closed' && request.stage === 'closed' ? closing : left.get(stage);
    if (step && !(step.step === 'end' && stage !== 'closed')) {
      const name = step.agent?.name ?? t('somebody');
      return {
        stage,
        state: 'past',
        says: t('request.stair_by', { name, time: brief(step.at) }),
        full: t('request.stair_by', { name, time: time(step.at) }),
      };
    }
    if (n === here) return { stage, state: 'here', says: t('request.here') };
    if (n > here) {
      const next = n === here + 1;
      return {
        stage,
        state: next ? 'next' : 'later',
        says: next ? t('request.next') : t('request.later'),
      };
    }
    // It went past this stage without taking its step: rejected, or ended early there.
    return { stage, state: 'skipped', says: step ? t('request.ended') : t('request.skipped') };
  });
}

/** The four stages: what is behind, where the request stands, what comes. */
export function Stairs({ request }: { request: Request }) {
  return (
    <ol className="stairs" aria-label={t('request.stairs')}>
      {stairsOf(request).map(({ stage, state, says, full }, n) => {
        const current = stage === request.stage;
        return (
          <li
            key={stage}
            data-past={state === 'past' || undefined}
            data-skipped={state === 'skipped' || undefined}
            aria-current={current ? 'step' : undefined}
          >
            <span className="stair-top">
              {state === 'past' ? (
                <StageGlyph stage="closed" size={18} />
              ) : state === 'here' ? (
                <StageGlyph stage={stage} size={18} />
              ) : (
                <span className="stair-n" aria-hidden="true">
                  {n + 1}
                </span>
              )}
              <b>{t(`step.${stage}`)}</b>
              {state === 'past' && !current && (
                <IconLock
                  size={12}
                  stroke={2}
                  className="dim"
                  role="img"
                  aria-label={t('request.locked')}
                />
              )}
            </span>
            <small title={full}>
              <bdi>{says}</bdi>
            </small>
          </li>
        );
      })}
    </ol>
  );
}
