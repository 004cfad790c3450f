import createClient from 'openapi-fetch';
import { seen, lost } from './connection';
import { Problem } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

export const api = createClient<paths>({ baseUrl: '' });

interface Reply<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

async function settled<T>(call: Promise<Reply<T>>): Promise<Reply<T>> {
  let reply: Reply<T>;
  try {
    reply = await call;
  } catch {
    lost();
    throw Problem.unreachable();
  }
  seen();
  if (!reply.response.ok) throw Problem.from(reply.response, reply.error);
  return reply;
}

/** The body of a good answer; anything else is thrown as a Problem. */
export async function body<T>(call: Promise<Reply<T>>): Promise<T> {
  return (await settled(call)).data as T;
}

/** The same with the ETag, for things that are changed with If-Match. */
export async function tagged<T>(call: Promise<Reply<T>>): Promise<T & { etag: string }> {
  const { data, response } = await settled(call);
  return { ...(data as T), etag: response.headers.get('ETag') ?? '' };
}

export const ifMatch = (etag: string) => (etag ? { header: { 'If-Match': etag } } : {});

/** A key that makes a POST happen once, however often the line breaks. */
export const onceOnly = () => ({ header: { 'Idempotency-Key': crypto.randomUUID() } });
