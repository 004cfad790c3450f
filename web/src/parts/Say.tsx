import { Fragment, type ReactNode } from 'react';
import { t } from '../words/words';

type Sentence = Parameters<typeof t>[0];

// Stands where a gap is until the sentence is cut there. No translation holds this character.
const mark = (name: string) => `\u0001${name}\u0001`;

/** A sentence whose gaps hold elements: <Say k="request.received" gaps={{ day: <b>…</b> }} />. */
export function Say({ k, gaps }: { k: Sentence; gaps: Record<string, ReactNode> }) {
  const marks = Object.fromEntries(Object.keys(gaps).map((name) => [name, mark(name)]));
  const pieces = String(t(k as never, marks as never)).split('\u0001');
  return pieces.map((piece, n) => <Fragment key={n}>{n % 2 ? gaps[piece] : piece}</Fragment>);
}

interface BProps {
  /** Addresses and codes. */
  ltr?: boolean;
  children: ReactNode;
}

/** What a sentence is about: a name, an address. It keeps its own direction. */
export const B = ({ ltr, children }: BProps) => (
  <b>
    <bdi dir={ltr ? 'ltr' : undefined}>{children}</bdi>
  </b>
);
