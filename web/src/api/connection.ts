import { useSyncExternalStore } from 'react';

// Whether the server can be reached, as the last call or the event stream found.
let since: number | null = null;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

export function lost() {
  if (since !== null) return;
  since = Date.now();
  tell();
}

export function seen() {
  if (since === null) return;
  since = null;
  tell();
}

window.addEventListener('offline', lost);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The moment since when there is no connection; null while there is one. */
export const useOfflineSince = () => useSyncExternalStore(subscribe, () => since);
