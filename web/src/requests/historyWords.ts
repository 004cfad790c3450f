import { said } from '../words/said';
import { t } from '../words/words';
import { day, listed } from '../words/format';
import type { Schemas } from '../api/client';

type Entry = Schemas['Entry'];
type Detail = Record<string, unknown>;
export type Kind = 'step' | 'proof' | 'said' | 'mail' | 'bad' | 'in' | 'other';

/** Names that the details of entries only have as ids. */
export interface Names {
  agent: (id: string) => string | undefined;
  ground: (id: string) => string | undefined;
}

const kinds: Record<string, Kind> = {
  received: 'in',
  verified: 'proof',
  verification_mailed: 'mail',
  code_mailed: 'mail',
  approved: 'step',
  rejected: 'step',
  completed: 'step',
  closed: 'step',
  ended: 'step',
  attested: 'said',
  replied: 'mail',
  reply_resent: 'mail',
  letter_sent: 'mail',
  letter_failed: 'bad',
};
export const kindOf = ({ event }: Entry): Kind => kinds[event] ?? 'other';

const words = t as unknown as (key: string, gaps?: object) => string;
const exists = (key: string) => words(key) !== key;

/** "history.event.approved" and the like; the server's words for what this UI does not know. */
export const titleOf = ({ event, words: said }: Entry) => {
  const key = `history.event.${event}`;
  return exists(key) ? words(key) : said;
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const known = (group: string, value: unknown) => {
  const key = `${group}.${text(value)}`;
  return value && exists(key) ? words(key) : text(value);
};

interface Kept {
  system: string;
  ground: string;
  until?: string | null;
}

function attested(detail: Detail, names: Names): string[] {
  const systems = (detail['systems'] as string[] | undefined) ?? [];
  const kept = (detail['exceptions'] as Kept[] | undefined) ?? [];
  return [
    t('history.detail.attested', { statement: text(detail['statement']) }),
    ...(systems.length ? [t('history.detail.systems', { systems: listed(systems) })] : []),
    ...kept.map(({ system, ground, until }) => {
      const gaps = { system, ground: names.ground(ground) ?? ground };
      return until
        ? t('history.detail.kept_until', { ...gaps, until })
        : t('history.detail.kept', gaps);
    }),
  ];
}

function rejected(detail: Detail, names: Names): string[] {
  const ground = text(detail['ground']);
  const confirmed = (detail['confirmed'] as string[] | undefined) ?? [];
  return [
    t('history.detail.rejected', { ground: names.ground(ground) ?? ground }),
    ...(confirmed.length ? [t('history.detail.confirmed', { count: confirmed.length })] : []),
    text(detail['note']),
  ];
}

function replied(detail: Detail): string[] {
  const by = text(detail['sent_by']);
  return by === 'email'
    ? [t('history.detail.by_email', { subject: text(detail['subject']) })]
    : [t('history.detail.by_other', { means: known('reply.other', by) }), text(detail['note'])];
}

type Says = (detail: Detail, names: Names) => string[];

const method = (detail: Detail) => known('method', detail['method']);
const purpose = (detail: Detail) => known('history.purpose', detail['purpose']);
const decision = (detail: Detail) => known('decision', detail['decision']);

const says: Record<string, Says> = {
  received: (detail) => {
    const due = text(detail['due_on']);
    const type = known('type', detail['type']);
    const channel = known('channel', detail['channel']);
    return [t('history.detail.received', { type, channel, day: due ? day(due) : '–' })];
  },
  verified: (detail) => {
    const reason = text(detail['reason']);
    if (!reason) return [method(detail)];
    return [t('history.detail.method_reason', { method: method(detail), reason })];
  },
  identifier_attested: (detail) => {
    const kind = known('request.identifiers.kinds', detail['kind']);
    const how = { method: method(detail), reason: text(detail['reason']) };
    return [`${kind}: ${text(detail['value'])}`, t('history.detail.method_reason', how)];
  },
  assigned: (detail, names) => {
    const id = text(detail['to']);
    if (!id) return [t('history.detail.unassigned')];
    return [t('history.detail.assigned', { name: names.agent(id) ?? t('somebody') })];
  },
  approved: () => [t('history.detail.approved')],
  completed: () => [t('history.detail.completed')],
  rejected,
  attested,
  replied,
  reply_resent: (detail) => (detail['other_address'] ? [t('history.detail.other_address')] : []),
  letter_sent: (detail) => [purpose(detail)],
  letter_failed: (detail) => [
    t('history.detail.letter_failed', {
      purpose: purpose(detail),
      words: said(text(detail['words'])),
    }),
  ],
  closed: (detail) => [t('history.detail.closed', { decision: decision(detail) })],
  ended: (detail) => {
    if (detail['by'] === 'requester') return [t('history.detail.ended_by_requester')];
    const gaps = { decision: decision(detail), note: text(detail['note']) };
    return [t('history.detail.ended', gaps)];
  },
};

/** What a line of the history says below its title. */
export function linesOf({ event, detail }: Entry, names: Names): string[] {
  if (!detail) return [t('history.erased')];
  return (says[event]?.(detail as Detail, names) ?? []).filter((line) => line !== '');
}

/** The text of a letter, to be read on demand. */
export function letterIn({ event, detail }: Entry): string | undefined {
  const body = event === 'replied' ? (detail as Detail | null)?.['body'] : undefined;
  return typeof body === 'string' && body !== '' ? body : undefined;
}
