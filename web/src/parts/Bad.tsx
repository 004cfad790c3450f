import { Problem } from '../api/problem';
import { t } from '../words/words';
import { Notice } from './Notice';
import { Say } from './Say';

/** What happened, in words. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof Problem)) return t('problem.page');
  if (error.code === 'unreachable') return t('problem.unreachable');
  if (error.code === 'stale') return t('problem.stale');
  if (error.status === 403 && !error.detail) return t('problem.role');
  const said = error.detail || t('problem.unknown', { code: error.code });
  const later = error.retryAfter ? ` ${t('problem.later', { count: error.retryAfter })}` : '';
  return said + later;
}

interface Props {
  error: unknown;
  title?: string;
  /** Pointers of the fields that show their own error. */
  shown?: readonly string[];
}

export function Bad({ error, title, shown = [] }: Props) {
  if (!error) return null;
  const problem = error instanceof Problem ? error : undefined;
  const besides = problem?.besides(shown) ?? [];
  // All of it stands at the fields: nothing to add.
  if (problem && problem.errors.length > 0 && besides.length === 0) return null;
  return (
    <Notice tone="bad" title={title ?? t('problem.title')}>
      {besides.length > 0 ? besides.map((said) => <p key={said}>{said}</p>) : wordsFor(error)}
      {problem?.reference && (
        <p>
          <Say
            k="problem.reference"
            gaps={{ reference: <code className="nowrap">{problem.reference}</code> }}
          />
        </p>
      )}
    </Notice>
  );
}
