import { useSyncExternalStore } from 'react';

// What is searched for stays in the memory of this tab: it is not in the address and not stored.
let text = '';
let sought = '';
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Only whole addresses and references are found, so only they are sought while typing. */
const whole = (typed: string) =>
  /^\S+@\S+\.\S{2,}$/.test(typed) || /^Q-?\w{4}-?\w{4}$/i.test(typed);

let timer = 0;
export const search = {
  type(typed: string) {
    text = typed;
    window.clearTimeout(timer);
    const trimmed = typed.trim();
    if (trimmed === '') sought = '';
    else if (whole(trimmed)) timer = window.setTimeout(search.now, 300);
    tell();
  },
  now() {
    window.clearTimeout(timer);
    sought = text.trim();
    tell();
  },
  clear() {
    search.type('');
  },
};

export const useSearchText = () => useSyncExternalStore(subscribe, () => text);
export const useSought = () => useSyncExternalStore(subscribe, () => sought);
