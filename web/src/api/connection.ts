import { useSyncExternalStore } from 'react';

// Whether the server can be reached, as the last call, the browser or the event stream found. While
// it cannot, we knock every few seconds.
const pause = 3000;

let since: number | null = null;
let timer = 0;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

async function knock() {
  window.clearTimeout(timer);
  try {
    const { ok } = await fetch('/ready', { cache: 'no-store' });
    if (ok) return seen();
  } catch {
    // Still nobody there.
  }
  if (since !== null) timer = window.setTimeout(() => void knock(), pause);
}

export function lost() {
  if (since !== null) return;
  since = Date.now();
  timer = window.setTimeout(() => void knock(), pause);
  tell();
}

export function seen() {
  if (since === null) return;
  since = null;
  window.clearTimeout(timer);
  tell();
}

window.addEventListener('offline', lost);
window.addEventListener('online', () => void knock());

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The moment since when there is no connection; null while there is one. */
export const useOfflineSince = () => useSyncExternalStore(subscribe, () => since);
