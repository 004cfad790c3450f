import { Button } from '@mantine/core';
import { IconExternalLink, IconPlus, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { centresQuery } from '../api/catalogue';
import { Problem } from '../api/problem';
import { Bad } from '../parts/Bad';
import { BlankReceipt } from '../parts/Mark';
import { say } from '../parts/toast';
import { paths } from '../paths';
import { t } from '../words/words';
import { isNarrowed, type Filters } from './filters';
import { search } from './search';
import type { useLines } from './useLines';

const widths = Array.from({ length: 12 }, (_, n) => [
  70,
  120 + ((n * 37) % 90),
  180 + ((n * 53) % 80),
  100,
  64,
]);

export const Loading = () => (
  <div className="scroll late" role="status" aria-label={t('list.loading')}>
    <div aria-hidden="true">
      {widths.map((row, n) => (
        <div className="skel" key={n} style={{ opacity: 1 - n * 0.07 }}>
          {row.map((width, m) => (
            <i key={m} style={{ inlineSize: width }} />
          ))}
        </div>
      ))}
    </div>
  </div>
);

interface FailedProps {
  error: unknown;
  again: () => void;
}

export function Failed({ error, again }: FailedProps) {
  const reference = error instanceof Problem ? error.reference : undefined;
  const copy = async () => {
    await navigator.clipboard.writeText(reference!);
    say(t('request.menu.copied'));
  };
  return (
    <div className="scroll center">
      <div className="blank">
        <Bad error={error} title={t('problem.load_list')} />
        <div className="row centered">
          <Button variant="primary" leftSection={<IconRefresh size={15} />} onClick={again}>
            {t('try_again')}
          </Button>
          {reference && (
            <Button variant="quiet" onClick={() => void copy()}>
              {t('problem.copy_reference')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

interface EmptyProps {
  filters: Filters;
  shown: ReturnType<typeof useLines>;
  onNew?: () => void;
}

export function Empty({ filters, shown, onNew }: EmptyProps) {
  const { sought, counts } = shown;
  const narrowed = isNarrowed(filters) || Boolean(filters.stage ?? filters.proof);
  if (sought) {
    return (
      <Blank title={t('list.empty_search_title', { text: sought })} says={t('list.empty_search')}>
        <Button onClick={() => search.clear()}>{t('list.clear_search')}</Button>
      </Blank>
    );
  }
  if (narrowed) {
    const says = isNarrowed(filters) ? t('list.empty_filter') : t('list.empty_stage');
    return (
      <Blank title={t('list.empty_stage_title')} says={says}>
        <Button component={Link} to={paths.requests}>
          {t('list.clear')}
        </Button>
      </Blank>
    );
  }
  const never = counts && counts.stages.closed === 0 && counts.unverified === 0;
  return (
    <Blank
      receipt
      title={never ? t('list.first_title') : t('list.empty_title')}
      says={never ? t('list.first') : t('list.empty')}
    >
      {never ? (
        <CentreLink />
      ) : (
        <Button component={Link} to={paths.requests} search={{ stage: 'closed' } as never}>
          {t('list.empty_show_closed')}
        </Button>
      )}
      {onNew && (
        <Button variant="quiet" leftSection={<IconPlus size={15} />} onClick={onNew}>
          {t('list.empty_enter')}
        </Button>
      )}
    </Blank>
  );
}

function CentreLink() {
  const centre = useQuery(centresQuery).data?.[0];
  if (!centre) return null;
  return (
    <Button
      component="a"
      href={centre.url}
      target="_blank"
      rel="noreferrer"
      rightSection={<IconExternalLink size={15} aria-hidden />}
    >
      {t('list.first_open')}
    </Button>
  );
}

interface BlankProps {
  title: string;
  says: string;
  receipt?: boolean;
  children: React.ReactNode;
}

const Blank = ({ title, says, receipt, children }: BlankProps) => (
  <div className="scroll center">
    <div className="blank">
      {receipt && <BlankReceipt />}
      <h2>
        <bdi>{title}</bdi>
      </h2>
      <p>{says}</p>
      <div className="row centered">{children}</div>
    </div>
  </div>
);
