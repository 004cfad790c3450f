import { useSyncExternalStore } from 'react';

// The row at hand: kept while a request is open, so that the list is found as it was left.
let id: string | null = null;
const listeners = new Set<() => void>();

export const atHand = {
  get: () => id,
  set(to: string | null) {
    if (id === to) return;
    id = to;
    listeners.forEach((listener) => listener());
  },
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const useAtHand = () => useSyncExternalStore(subscribe, atHand.get);
