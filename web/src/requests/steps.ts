import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, body, onceOnly, type Schemas } from '../api/client';
import { isProblem } from '../api/problem';
import { say } from '../parts/toast';
import { time } from '../words/format';
import { t } from '../words/words';
import { requestQuery, useLookAgain, type Request } from './queries';

type Step = Schemas['Step']['step'];

interface How<Order> {
  request: Request;
  send: (order: Order, params: StepParams) => Promise<unknown>;
  /** After the step, or when somebody else was faster. */
  onDone: () => void;
}

interface StepParams {
  path: { id: string };
  header: { 'Idempotency-Key': string; 'If-Match': string };
}

/**
 * A step that goes one way. It waits for the server; when somebody else was there first, it says
 * who and shows the request as it is now.
 */
export function useStep<Order = void>({ request, send, onDone }: How<Order>) {
  const queries = useQueryClient();
  const lookAgain = useLookAgain();
  // One key per dialog: pressed twice over a broken line, the step still happens once.
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: (order: Order) =>
      send(order, {
        path: { id: request.id },
        header: { 'Idempotency-Key': key.current, 'If-Match': request.etag },
      }),
    onSuccess: async () => {
      await lookAgain(request.id);
      onDone();
    },
    onError: async (error) => {
      // Unreachable means we do not know: the next try must be the same call.
      if (!isProblem(error, 'unreachable')) key.current = crypto.randomUUID();
      if (!isProblem(error, 'not_in_stage', 'stale')) return;
      const fresh = await queries.fetchQuery({ ...requestQuery(request.id), staleTime: 0 });
      void lookAgain(request.id);
      say(isProblem(error, 'stale') ? stale(request, fresh) : raced(fresh));
      onDone();
    },
  });
}

const raced = ({ steps }: Request) => {
  const last = steps[steps.length - 1];
  return last?.agent
    ? t('request.race.not_in_stage_by', { name: last.agent.name, time: time(last.at) })
    : t('request.race.not_in_stage');
};

const stale = (before: Request, after: Request) =>
  after.stage === before.stage ? t('request.race.stale') : raced(after);

interface ChangeHow<Answer> {
  request: Request;
  send: (params: {
    path: { id: string };
    header: { 'Idempotency-Key': string };
  }) => Promise<Answer>;
  onDone: () => void;
}

/** A change of a request that is no step; everything that shows it looks again. */
export function useChange<Answer>({ request, send, onDone }: ChangeHow<Answer>) {
  const lookAgain = useLookAgain();
  const [once] = useState(onceOnly);
  return useMutation({
    mutationFn: () => send({ path: { id: request.id }, ...once }),
    onSuccess: async () => {
      await lookAgain(request.id);
      onDone();
    },
  });
}

export const sendApproval = (_: void, params: StepParams) =>
  body(api.POST('/api/v1/requests/{id}/approval', { params }));
export const sendRejection = (order: Schemas['Rejection'], params: StepParams) =>
  body(api.POST('/api/v1/requests/{id}/rejection', { params, body: order }));
export const sendCompletion = (_: void, params: StepParams) =>
  body(api.POST('/api/v1/requests/{id}/completion', { params }));
export const sendClosure = (order: Schemas['ClosureOrder'], params: StepParams) =>
  body(api.POST('/api/v1/requests/{id}/closure', { params, body: order }));
export const sendEnd = (order: Schemas['EndOrder'], params: StepParams) =>
  body(api.POST('/api/v1/requests/{id}/end', { params, body: order }));

export const stepOf = (request: Request, ...names: Step[]) =>
  request.steps.find(({ step }) => names.includes(step));
