import { useRef } from 'react';

/**
 * The key of a form over something with a version: it changes, and the form begins anew, when
 * somebody else changed that thing. After one's own save the form stays, with the focus in it.
 */
export function useFormKey(etag: string | undefined) {
  const key = useRef(etag);
  const own = useRef(new Set<string>());
  if (etag && !own.current.has(etag)) key.current = etag;
  return { key: key.current, saved: (to: { etag: string }) => void own.current.add(to.etag) };
}
