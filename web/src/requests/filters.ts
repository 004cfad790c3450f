import type { Schemas } from '../api/client';
import { stages, type Stage } from '../parts/StageGlyph';

/** What the address bar holds. No text of a search and nothing about a person ever stands there. */
export interface Filters {
  stage?: Stage;
  proof?: 'awaited';
  /** `me`, `nobody` or the id of an agent. */
  assignee?: string;
  type?: Schemas['Type'];
  due?: 'overdue' | 'today' | 'week';
}

export const types: Schemas['Type'][] = ['erase', 'rectify', 'unsubscribe', 'opt_out_sale'];
const dues = ['overdue', 'today', 'week'] as const;

const one = <T extends string>(value: unknown, of: readonly T[]): T | undefined =>
  of.find((known) => known === value);

export function readFilters(search: Record<string, unknown>): Filters {
  const assignee = search['assignee'];
  const filters: Filters = {
    stage: one(search['stage'], stages),
    proof: one(search['proof'], ['awaited'] as const),
    assignee:
      typeof assignee === 'string' && /^[0-9a-z-]{2,36}$/.test(assignee) ? assignee : undefined,
    type: one(search['type'], types),
    due: one(search['due'], dues),
  };
  return JSON.parse(JSON.stringify(filters)) as Filters;
}

/** The filters besides the stage. */
export const isNarrowed = ({ assignee, type, due }: Filters) => Boolean(assignee ?? type ?? due);

export function toQuery(filters: Filters, me: string) {
  const { assignee, stage } = filters;
  return {
    ...filters,
    assignee: assignee === 'me' ? me : assignee,
    sort: stage === 'closed' ? ('updated' as const) : ('due' as const),
  };
}
