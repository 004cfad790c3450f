import { queryOptions } from '@tanstack/react-query';
import { api, body, type Schemas } from './client';
import { keys } from './keys';

export type RequestType = Schemas['Type'];
export type Ground = Schemas['Grounds']['grounds'][number];
export type Country = Schemas['Countries']['countries'][number];

// What the product knows does not change while a page is open.
export const countriesQuery = queryOptions({
  queryKey: keys.countries,
  queryFn: async () => (await body(api.GET('/api/v1/countries'))).countries,
  staleTime: Infinity,
});

export const groundsQuery = (type: RequestType) =>
  queryOptions({
    queryKey: keys.grounds(type),
    queryFn: async () =>
      (await body(api.GET('/api/v1/grounds', { params: { query: { type } } }))).grounds,
    staleTime: Infinity,
  });

export const agentsQuery = queryOptions({
  queryKey: keys.agents,
  queryFn: async () => (await body(api.GET('/api/v1/agents'))).agents,
  staleTime: 60_000,
});

export const companyQuery = queryOptions({
  queryKey: keys.company,
  queryFn: () => body(api.GET('/api/v1/settings/company')),
  staleTime: 60_000,
});

/** Whether letters can go out at all, and how many wait or failed. */
export const backlogQuery = queryOptions({
  queryKey: keys.backlog,
  queryFn: () => body(api.GET('/api/v1/letters/backlog')),
  staleTime: 15_000,
});

export const centresQuery = queryOptions({
  queryKey: keys.centres,
  queryFn: async () => (await body(api.GET('/api/v1/privacy-centres'))).privacy_centres,
  staleTime: 60_000,
});
