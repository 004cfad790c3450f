import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../api/client';
import { keys } from '../api/keys';

export const allAgentsQuery = queryOptions({
  queryKey: [...keys.agents, 'all'],
  queryFn: async () =>
    (await body(api.GET('/api/v1/agents', { params: { query: { archived: true } } }))).agents,
});

export const invitationsQuery = queryOptions({
  queryKey: keys.invitations,
  queryFn: async () => (await body(api.GET('/api/v1/invitations'))).invitations,
});

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: async () =>
    (await body(api.GET('/api/v1/api-keys', { params: { query: { archived: true } } }))).api_keys,
});

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: async () => (await body(api.GET('/api/v1/sessions'))).sessions,
});
