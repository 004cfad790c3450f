import type { CSSProperties } from 'react';
import { t } from '../words/words';

// Dark enough for white letters (4.5:1 and more) in both schemes.
const colours = ['#5B3F8C', '#2F5D50', '#8A3B4E', '#2E5A88', '#7A4B12', '#4A5568', '#1F6B75'];

function colourOf(name: string) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return colours[sum % colours.length];
}

function initials(name: string) {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? [...words[words.length - 1]!][0]! : '';
  return (first + last).toLocaleUpperCase();
}

interface Props {
  name?: string | null;
  size?: number;
  /** The name stands beside it already. */
  mute?: boolean;
}

/** The letters come by CSS, so that accessible names stay clean. */
export function Avatar({ name, size = 24, mute = false }: Props) {
  const style = { '--s': `${size}px` } as CSSProperties;
  const named = (label: string) =>
    mute ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  if (!name) {
    return <span className="av av-none" style={style} {...named(t('assignee.none_assigned'))} />;
  }
  return (
    <span
      className="av"
      data-i={initials(name)}
      style={{ ...style, background: colourOf(name) }}
      {...named(name)}
    />
  );
}
