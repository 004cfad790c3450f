import { t } from '../words/words';

// Mustache without logic, as docs/letters.md describes it: enough to warn while somebody types and
// to show a preview. What is saved is checked by the server.

type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'value'; name: string }
  | { kind: 'section' | 'inverted'; name: string; inside: Piece[] };

interface Parsed {
  pieces: Piece[];
  names: string[];
  flaws: string[];
}

// A line that holds nothing but a section tag vanishes with its line break.
const alone = /^[ \t]*(\{\{[#^/][^{}]*\}\})[ \t]*\r?\n?/gm;

export function parse(template: string): Parsed {
  const source = template.replace(alone, '$1');
  const flaws: string[] = [];
  const names: string[] = [];
  const root: Piece[] = [];
  const open: { name: string; tag: string; inside: Piece[] }[] = [];
  let inside = root;
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('{{', at);
    if (start < 0) break;
    if (start > at) inside.push({ kind: 'text', text: source.slice(at, start) });
    const end = source.indexOf('}}', start);
    if (end < 0) {
      flaws.push(t('templates.unclosed', { gap: source.slice(start, start + 24).split('\n')[0] }));
      at = source.length;
      return { pieces: root, names, flaws };
    }
    const tag = source.slice(start, end + 2);
    const inner = source.slice(start + 2, end).trim();
    const sign = /^[#^/{&>!=]/.test(inner) ? inner[0]! : '';
    const name = inner.slice(sign.length).trim();
    if (sign === '#' || sign === '^') {
      names.push(name);
      const within: Piece[] = [];
      inside.push({ kind: sign === '#' ? 'section' : 'inverted', name, inside: within });
      open.push({ name, tag, inside });
      inside = within;
    } else if (sign === '/') {
      const last = open.pop();
      if (!last) flaws.push(t('templates.unopened', { gap: tag }));
      else {
        if (last.name !== name)
          flaws.push(t('templates.wrong_nesting', { gap: tag, open: last.name }));
        inside = last.inside;
      }
    } else if (sign === '') {
      names.push(name);
      inside.push({ kind: 'value', name });
    } else if (sign !== '!') {
      flaws.push(t('templates.unknown', { gap: tag }));
    }
    at = end + 2;
  }
  if (at < source.length) inside.push({ kind: 'text', text: source.slice(at) });
  for (const { tag } of open) flaws.push(t('templates.unclosed', { gap: tag }));
  return { pieces: root, names, flaws };
}

/** Everything that is wrong, in words; empty when it can be saved. */
export function flawsIn(template: string, known: readonly string[]): string[] {
  const { names, flaws } = parse(template);
  const strange = [...new Set(names)].filter((name) => !known.includes(name));
  return [...flaws, ...strange.map((name) => t('templates.unknown', { gap: `{{${name}}}` }))];
}

export interface Filled {
  text: string;
  /** It came from the request, not from the template. */
  value: boolean;
}

const find = (scopes: Record<string, unknown>[], name: string) =>
  scopes.find((scope) => name in scope)?.[name];

const isEmpty = (value: unknown) => !value || (Array.isArray(value) && value.length === 0);

export function fill(pieces: Piece[], ...scopes: Record<string, unknown>[]): Filled[] {
  return pieces.flatMap((piece): Filled[] => {
    if (piece.kind === 'text') return [{ text: piece.text, value: false }];
    const value = find(scopes, piece.name);
    if (piece.kind === 'value') return [{ text: String(value ?? ''), value: true }];
    if (piece.kind === 'inverted') return isEmpty(value) ? fill(piece.inside, ...scopes) : [];
    if (isEmpty(value)) return [];
    if (!Array.isArray(value)) return fill(piece.inside, ...scopes);
    return value.flatMap((item) => fill(piece.inside, item as Record<string, unknown>, ...scopes));
  });
}
