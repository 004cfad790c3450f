import { IconMailExclamation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Avatar } from '../parts/Avatar';
import { Chip } from '../parts/Chip';
import { Due } from '../parts/Due';
import { StageLabel } from '../parts/StageGlyph';
import { Verified } from '../parts/Verified';
import { paths } from '../paths';
import { t } from '../words/words';
import type { Filters } from './filters';
import type { Line } from './queries';

interface Props {
  line: Line;
  filters: Filters;
  today: string;
  at: boolean;
  current: boolean;
  onReach: () => void;
}

export function Row({ line, filters, today, at, current, onReach }: Props) {
  const { name, email } = line.requester;
  return (
    <Link
      className="req"
      id={`req-${line.id}`}
      to={paths.request}
      params={{ id: line.id }}
      search={filters}
      preload="intent"
      tabIndex={at ? 0 : -1}
      data-at={at || undefined}
      aria-current={current ? 'true' : undefined}
      activeProps={{}}
      onFocus={onReach}
    >
      <span className="req-stage">
        <StageLabel stage={line.stage} />
      </span>
      <span className="req-name">
        <bdi className="cut">{name ?? t('list.no_name')}</bdi>
      </span>
      <span className="req-mail">
        {email ? (
          <bdi dir="ltr" className="cut">
            {email}
          </bdi>
        ) : (
          <span className="dim cut">{t('list.no_email')}</span>
        )}
        <Verified proof={line.proof} />
      </span>
      <span className="req-type">
        <span className="cut">{t(`type.${line.type}`)}</span>
        {line.trouble && (
          <Chip tone="bad" icon={<IconMailExclamation size={13} stroke={2} aria-hidden />}>
            {t('list.row_trouble')}
          </Chip>
        )}
      </span>
      <span className="req-ref">
        <bdi dir="ltr">{line.reference}</bdi>
      </span>
      <span className="req-who">
        <Avatar name={line.assignee?.name} />
      </span>
      <span className="req-due">
        <Due of={line} today={today} />
      </span>
    </Link>
  );
}
