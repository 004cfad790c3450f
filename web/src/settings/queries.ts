import { queryOptions } from '@tanstack/react-query';
import { api, body, tagged } from '../api/client';
import { keys } from '../api/keys';

export const companyForm = queryOptions({
  queryKey: [...keys.company, 'form'],
  queryFn: () => tagged(api.GET('/api/v1/settings/company')),
  staleTime: 0,
});

export const mailQuery = queryOptions({
  queryKey: keys.mail,
  queryFn: () => tagged(api.GET('/api/v1/settings/mail')),
  staleTime: 0,
});

/** What became of a test mail: asked again until it is settled. */
export const mailTestQuery = (id: string) =>
  queryOptions({
    queryKey: keys.mailTest(id),
    queryFn: () =>
      body(api.GET('/api/v1/settings/mail/tests/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (!state.data || state.data.state === 'queued' ? 1000 : false),
    gcTime: 0,
  });
