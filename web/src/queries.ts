import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { keys } from './api/keys';
import { isProblem } from './api/problem';

/** Nobody is signed in any more: whoever asked finds out, and the router leads to the door. */
function signedOut(error: unknown) {
  if (!isProblem(error) || error.status !== 401 || error.code === 'sign_in_failed') return;
  if (queries.getQueryData(keys.session) !== null) queries.setQueryData(keys.session, null);
}

const worthAnotherTry = (error: unknown) =>
  isProblem(error) && (error.status === 0 || error.status === 429 || error.status >= 502);

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signedOut }),
  mutationCache: new MutationCache({ onError: signedOut }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (tries, error) => tries < 2 && worthAnotherTry(error),
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
