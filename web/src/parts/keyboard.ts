import { useEffect, useRef } from 'react';
import { singleKeys } from './preferences';

type Bindings = Record<string, (event: KeyboardEvent) => void>;

// The page at hand comes last and is asked first.
const layers: { current: Bindings }[] = [];
let prefix = '';
let prefixAt = 0;

const writing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type);

/** Menus and dialogs have their own keys. */
export const layerOpen = () =>
  document.querySelector('[role="dialog"], [role="menu"], [role="alertdialog"]') !== null;

// Whether a layer was open when the key went down: the one that a key closes is gone by the time
// the page hears of the key.
let layered = false;
function look() {
  layered = layerOpen();
}

function nameOf(event: KeyboardEvent) {
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  return mod + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

function find(name: string) {
  for (let n = layers.length - 1; n >= 0; n--) {
    const bound = layers[n]!.current[name];
    if (bound) return bound;
  }
}

function press(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = nameOf(event);
  const single = name.length === 1;
  if (single && (writing(event.target) || !singleKeys.on())) return;
  if (name !== 'mod+k' && layered) return;
  if (name === 'Enter' && event.target !== document.body) return;
  const both = prefix && Date.now() - prefixAt < 1200 ? find(`${prefix} ${name}`) : undefined;
  prefix = '';
  const bound = both ?? find(name);
  if (bound) {
    event.preventDefault();
    bound(event);
  } else if (
    single &&
    layers.some(({ current }) => Object.keys(current).some((k) => k.startsWith(`${name} `)))
  ) {
    prefix = name;
    prefixAt = Date.now();
  }
}

/** A command of the palette presses a key of the page. */
function command({ detail }: Event & { detail?: string }) {
  find(detail ?? '')?.(new KeyboardEvent('keydown', { key: detail }));
}

/** Keys of a page: 'j', '/', 'Escape', 'mod+k', 'g r'. Single ones are off inside fields. */
export function useKeys(bindings: Bindings) {
  const layer = useRef(bindings);
  layer.current = bindings;
  useEffect(() => {
    if (layers.length === 0) {
      window.addEventListener('keydown', look, true);
      window.addEventListener('keydown', press);
      window.addEventListener('quittance-key', command);
    }
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length > 0) return;
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', press);
      window.removeEventListener('quittance-key', command);
    };
  }, []);
}
