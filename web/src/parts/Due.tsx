import {
  IconAlertTriangleFilled,
  IconCheck,
  IconClock,
  IconHourglassLow,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { companyQuery } from '../api/catalogue';
import type { Schemas } from '../api/client';
import { day, daysBetween, today } from '../words/format';
import { t } from '../words/words';
import { Chip } from './Chip';

type Line = Pick<
  Schemas['RequestLine'],
  'due' | 'received_on' | 'stage' | 'decision' | 'closed_at'
>;

/** Which day it is in the account's calendar. */
export function useToday(): string {
  return today(useQuery(companyQuery).data?.time_zone);
}

interface Props {
  of: Line;
  today: string;
  /** In full, with the rule on hover and focus: on the page of a request. */
  full?: boolean;
}

export function Due({ of, today: now, full = false }: Props) {
  const why = full ? t('due.why', { reason: of.due.reason, day: day(of.received_on) }) : undefined;
  if (of.stage === 'closed') return <Answered of={of} full={full} why={why} />;
  const left = daysBetween(now, of.due.on);
  if (left < 0) {
    return (
      <Chip tone="bad" icon={<IconAlertTriangleFilled size={13} aria-hidden />} why={why}>
        {t('due.overdue', { count: -left })}
      </Chip>
    );
  }
  if (left <= 3) {
    const words =
      left === 0
        ? t('due.today')
        : left === 1
          ? t('due.tomorrow')
          : t('due.in_days', { count: left });
    return (
      <Chip tone="warn" icon={<IconHourglassLow size={13} stroke={2} aria-hidden />} why={why}>
        {words}
      </Chip>
    );
  }
  if (left <= 7) {
    return (
      <Chip icon={<IconClock size={13} stroke={2} aria-hidden />} why={why}>
        {full ? t('due.in_days', { count: left }) : t('due.days', { count: left })}
      </Chip>
    );
  }
  return (
    <Chip tone="bare" why={why}>
      {full ? t('due.on', { day: day(of.due.on) }) : day(of.due.on)}
    </Chip>
  );
}

const unanswered = ['withdrawn', 'spam', 'expired'];

function Answered({ of, full, why }: { of: Line; full: boolean; why?: string }) {
  const on = of.closed_at?.slice(0, 10) ?? of.due.on;
  if (!full) return <Chip tone="bare">{day(on)}</Chip>;
  if (of.decision && unanswered.includes(of.decision)) {
    return <Chip why={why}>{t(`decision.${of.decision}`)}</Chip>;
  }
  const late = daysBetween(of.due.on, on);
  return late > 0 ? (
    <Chip tone="bad" icon={<IconAlertTriangleFilled size={13} aria-hidden />} why={why}>
      {t('due.late', { count: late })}
    </Chip>
  ) : (
    <Chip tone="ok" icon={<IconCheck size={13} stroke={2.4} aria-hidden />} why={why}>
      {t('due.in_time')}
    </Chip>
  );
}
