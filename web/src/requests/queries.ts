import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { api, body, tagged, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { toQuery, type Filters } from './filters';

export type Line = Schemas['RequestLine'];
export type Request = Schemas['Request'] & { etag: string };
export type Page = Schemas['Requests'];
export type Lines = InfiniteData<Page, string | undefined>;

export const listQuery = (filters: Filters, me: string) =>
  infiniteQueryOptions({
    queryKey: keys.list(toQuery(filters, me)),
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/v1/requests', {
          params: { query: { ...toQuery(filters, me), cursor: pageParam, limit: 50 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });

/** The text goes into the body: it is personal data and must not stand in an address. */
export const searchQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: keys.search(q),
    queryFn: ({ pageParam }) =>
      body(
        api.POST('/api/v1/requests/searches', {
          body: { q, cursor: pageParam ?? null, limit: 50 },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: q !== '',
    gcTime: 60_000,
  });

export const countsQuery = queryOptions({
  queryKey: keys.counts,
  queryFn: () => body(api.GET('/api/v1/requests/counts')),
  staleTime: 15_000,
});

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: keys.request(id),
    queryFn: (): Promise<Request> =>
      tagged(api.GET('/api/v1/requests/{id}', { params: { path: { id } } })),
    staleTime: 5_000,
  });

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.history(id),
    queryFn: async ({ pageParam }) => {
      const page = await body(
        api.GET('/api/v1/requests/{id}/history', {
          params: { path: { id }, query: { cursor: pageParam, limit: 200 } },
        }),
      );
      return page as Schemas['History'];
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 5_000,
  });

export const linesOf = (data: Lines | undefined): Line[] =>
  data?.pages.flatMap(({ requests }) => requests) ?? [];

/** Changes a request in every list that shows it. */
export function patchLines(queries: QueryClient, id: string, patch: Partial<Line>) {
  queries.setQueriesData<Lines>({ queryKey: keys.lists }, (lines) =>
    lines?.pages
      ? {
          ...lines,
          pages: lines.pages.map((page) => ({
            ...page,
            requests: page.requests.map((line) => (line.id === id ? { ...line, ...patch } : line)),
          })),
        }
      : lines,
  );
}

/** Everything that shows this request looks again. */
export function useLookAgain() {
  const queries = useQueryClient();
  return (id: string) =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.request(id) }),
      queries.invalidateQueries({ queryKey: keys.lists }),
      queries.invalidateQueries({ queryKey: keys.counts }),
    ]);
}
