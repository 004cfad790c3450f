import { useSyncExternalStore } from 'react';

interface Message {
  id: number;
  words: string;
  action?: { word: string; run: () => void };
}

let message: Message | null = null;
let timer = 0;
let next = 1;
const listeners = new Set<() => void>();

function set(to: Message | null) {
  message = to;
  listeners.forEach((listener) => listener());
}

/** Says something once, at the foot of the window; screen readers hear it. */
export function say(words: string, action?: Message['action']) {
  window.clearTimeout(timer);
  set({ id: next++, words, action });
  timer = window.setTimeout(() => set(null), action ? 10_000 : 7_000);
}

/** "undo" of the last message, for Control or Command and Z. */
export function undoLast() {
  message?.action?.run();
  set(null);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function Toast() {
  const at = useSyncExternalStore(subscribe, () => message);
  return (
    <div role="status" aria-live="polite">
      {at && (
        <div className="toast" key={at.id}>
          <span>{at.words}</span>
          {at.action && (
            <button
              type="button"
              onClick={() => {
                at.action!.run();
                set(null);
              }}
            >
              {at.action.word}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
