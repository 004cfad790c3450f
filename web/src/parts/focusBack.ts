import { useEffect, useRef } from 'react';

/** Back to where the focus came from; if that is gone, to the heading of the page. */
function restore(element: Element | null) {
  // Something else has taken it already, such as the next layer.
  if (document.activeElement && document.activeElement !== document.body) return;
  if (element instanceof HTMLElement && element.isConnected && element !== document.body) {
    element.focus();
  } else {
    document.querySelector<HTMLElement>('#main h1')?.focus();
  }
}

/** For a layer: when it goes, the focus returns to where it was. */
export function useFocusBack() {
  const from = useRef(document.activeElement);
  useEffect(() => {
    const came = from.current;
    return () => restore(came);
  }, []);
}
