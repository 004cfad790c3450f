import type { Schemas } from '../api/client';
import { daysBetween } from '../words/format';
import type { Line } from './queries';

export interface Group {
  key: 'overdue' | 'due_week' | 'due_later' | 'closed' | 'found';
  lines: Line[];
  /** How many there are in all; undefined while more may follow. */
  count?: number;
}

const groupOf = (line: Line, today: string): Group['key'] => {
  if (line.stage === 'closed') return 'closed';
  const left = daysBetween(today, line.due.on);
  return left < 0 ? 'overdue' : left <= 6 ? 'due_week' : 'due_later';
};

interface How {
  today: string;
  searching: boolean;
  /** All pages are here. */
  complete: boolean;
  /** The account's own counts, where they fit what is listed. */
  counts?: Schemas['Counts'];
}

/** The list is sorted by worry: the server sends it so, the groups only say it. */
export function grouped(lines: Line[], { today, searching, complete, counts }: How): Group[] {
  if (searching)
    return lines.length
      ? [{ key: 'found', lines, count: complete ? lines.length : undefined }]
      : [];
  const groups: Group[] = [];
  for (const line of lines) {
    const key = groupOf(line, today);
    const last = groups[groups.length - 1];
    if (last?.key === key) last.lines.push(line);
    else groups.push({ key, lines: [line] });
  }
  for (const [n, group] of groups.entries()) {
    if (complete || n < groups.length - 1) group.count = group.lines.length;
    else if (counts && group.key === 'overdue') group.count = counts.overdue;
    else if (counts && group.key === 'due_week') group.count = counts.due_week;
  }
  return groups;
}
