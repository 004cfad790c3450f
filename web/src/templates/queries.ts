import { queryOptions } from '@tanstack/react-query';
import { api, body, tagged, type Schemas } from '../api/client';
import { keys } from '../api/keys';

export type Template = Schemas['Template'];

export const templatesQuery = queryOptions({
  queryKey: keys.templates,
  queryFn: async () => (await body(api.GET('/api/v1/templates'))).templates,
  staleTime: 30_000,
});

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: keys.template(id),
    queryFn: () => tagged(api.GET('/api/v1/templates/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });
