import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, type Schemas } from '../api/client';
import { keys } from '../api/keys';
import { wordsFor } from '../parts/Bad';
import { say } from '../parts/toast';
import { t } from '../words/words';
import { patchLines, useLookAgain, type Request } from './queries';

type Name = Schemas['AgentName'];
interface Change {
  request: { id: string; reference: string; assignee: Name };
  to: Name;
  undone?: boolean;
}

/** Hands a request on: shown at once, undone when the server says no, or when the agent does. */
export function useAssign() {
  const queries = useQueryClient();
  const lookAgain = useLookAgain();
  const show = (id: string, assignee: Name) => {
    patchLines(queries, id, { assignee });
    queries.setQueryData<Request>(keys.request(id), (at) => at && { ...at, assignee });
  };
  const { mutate } = useMutation({
    mutationFn: ({ request, to }: Change) =>
      body(
        api.PUT('/api/v1/requests/{id}/assignee', {
          params: { path: { id: request.id } },
          body: { agent: to?.id ?? null },
        }),
      ),
    onMutate: ({ request, to }) => show(request.id, to),
    onError: (error, { request }) => {
      show(request.id, request.assignee);
      say(wordsFor(error));
    },
    onSuccess: (_, { request, to, undone }) => {
      const { reference } = request;
      const words = to
        ? t('list.assigned', { reference, name: to.name })
        : t('list.unassigned', { reference });
      const back = { request: { ...request, assignee: to }, to: request.assignee, undone: true };
      say(words, undone ? undefined : { word: t('undo'), run: () => mutate(back) });
    },
    onSettled: (_, __, { request }) => lookAgain(request.id),
  });
  return (request: Change['request'], to: Name) => mutate({ request, to });
}
