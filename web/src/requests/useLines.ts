import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSession } from '../api/session';
import { useToday } from '../parts/Due';
import { isNarrowed, type Filters } from './filters';
import { grouped } from './groups';
import { countsQuery, linesOf, listQuery, searchQuery, type Lines } from './queries';
import { useSought } from './search';

/** What is listed now: a stage with its filters, or what was searched for. */
export function useLines(filters: Filters) {
  const me = useSession().agent.id;
  const sought = useSought();
  const today = useToday();
  const searching = sought !== '';
  const list = useInfiniteQuery({ ...listQuery(filters, me), enabled: !searching });
  const found = useInfiniteQuery(searchQuery(sought));
  const counts = useQuery(countsQuery).data;
  const { data, hasNextPage, ...query } = searching ? found : list;
  const lines = linesOf(data as Lines | undefined);
  const plain = !isNarrowed(filters) && !filters.stage && !filters.proof;
  return {
    ...query,
    sought,
    searching,
    today,
    lines,
    counts,
    loaded: data !== undefined,
    complete: !hasNextPage,
    groups: grouped(lines, {
      today,
      searching,
      complete: !hasNextPage,
      counts: plain ? counts : undefined,
    }),
  };
}
