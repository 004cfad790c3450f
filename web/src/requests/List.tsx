import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { t } from '../words/words';
import { atHand, useAtHand } from './atHand';
import type { Filters } from './filters';
import type { Line } from './queries';
import { Row } from './Row';
import type { useLines } from './useLines';

interface Props {
  filters: Filters;
  shown: ReturnType<typeof useLines>;
  /** The request that is open beside the list. */
  current?: string;
}

/** The neighbour of the row at hand; the first row when none is. */
export function neighbour(lines: Line[], from: string | null, way: 1 | -1): Line | undefined {
  const at = lines.findIndex(({ id }) => id === from);
  if (at < 0) return lines[0];
  return lines[Math.max(0, Math.min(lines.length - 1, at + way))];
}

export function reach(id: string | undefined) {
  if (!id) return;
  atHand.set(id);
  document.getElementById(`req-${id}`)?.focus();
}

export function List({ filters, shown, current }: Props) {
  const { groups, lines, today } = shown;
  const chosen = useAtHand();
  const at = lines.some(({ id }) => id === chosen) ? chosen : (current ?? lines[0]?.id);
  const before = useRef(current);
  useEffect(() => {
    if (current && current !== before.current) {
      document.getElementById(`req-${current}`)?.scrollIntoView({ block: 'nearest' });
    }
    before.current = current;
  }, [current]);
  return (
    <div className="list">
      {groups.map(({ key, lines: rows, count }) => (
        <section key={key} aria-label={t(`list.${key}`)}>
          {key !== 'closed' && (
            <h2 className="group">
              <span>{t(`list.${key}`)}</span>
              {count !== undefined && <span className="count">{count}</span>}
            </h2>
          )}
          <ul>
            {rows.map((line) => (
              <li key={line.id}>
                <Row
                  line={line}
                  filters={filters}
                  today={today}
                  at={line.id === at}
                  current={line.id === current}
                  onReach={() => atHand.set(line.id)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!shown.complete && <More shown={shown} />}
    </div>
  );
}

/** The next page comes when its place comes near; the button is for those who do not scroll. */
function More({ shown }: { shown: Props['shown'] }) {
  const { fetchNextPage, isFetchingNextPage } = shown;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && !isFetchingNextPage && void fetchNextPage(),
      { rootMargin: '400px' },
    );
    watcher.observe(place.current!);
    return () => watcher.disconnect();
  }, [fetchNextPage, isFetchingNextPage]);
  return (
    <div className="more" ref={place}>
      <Button variant="quiet" onClick={() => void fetchNextPage()}>
        {isFetchingNextPage ? t('list.loading_more') : t('list.more')}
      </Button>
    </div>
  );
}
