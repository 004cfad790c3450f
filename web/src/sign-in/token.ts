import { useState } from 'react';

/**
 * The token of a mailed link stands behind the #, so that it reaches no log. It is taken out of the
 * address as soon as it is read.
 */
export function useToken(): string {
  const [token] = useState(() => {
    const read = decodeURIComponent(window.location.hash.slice(1));
    if (read) window.history.replaceState(window.history.state, '', window.location.pathname);
    return read;
  });
  return token;
}
