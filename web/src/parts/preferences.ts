import { useSyncExternalStore } from 'react';

// Kept in this browser. Never anything about a person.
const listeners = new Set<() => void>();

export const singleKeys = {
  on: () => localStorage.getItem('quittance.single-keys') !== 'off',
  set(on: boolean) {
    localStorage.setItem('quittance.single-keys', on ? 'on' : 'off');
    listeners.forEach((listener) => listener());
  },
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const useSingleKeys = () => useSyncExternalStore(subscribe, singleKeys.on);
