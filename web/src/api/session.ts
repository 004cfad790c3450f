import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { api, body, type Schemas } from './client';
import { keys } from './keys';
import { isProblem } from './problem';

export type Session = Schemas['Session'];
export type Role = Schemas['Role'];

/** Who is signed in here; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await body(api.GET('/api/v1/session'));
    } catch (error) {
      if (isProblem(error) && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: () => body(api.GET('/api/v1/setup')),
  staleTime: Infinity,
});

/** The session, inside pages that only somebody signed in can see. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

export const useMaybeSession = () => useQuery(sessionQuery).data ?? null;

/** Owners and agents work on requests; an auditor only looks. */
export const canWork = (role: Role) => role === 'owner' || role === 'agent';
export const canSeeRequests = (role: Role) => role !== 'technician';

export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    await body(api.DELETE('/api/v1/session'));
    // Nothing of the last person stays in the memory of this tab; the others notice with the 401.
    queries.clear();
    window.location.assign('/app/sign-in');
  };
}
