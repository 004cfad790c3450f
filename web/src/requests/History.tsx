import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconChevronDown,
  IconCircleCheck,
  IconDownload,
  IconFileTypeCsv,
  IconInbox,
  IconJson,
  IconMail,
  IconPointFilled,
  IconPrinter,
  IconSignature,
  IconStairsDown,
} from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agentsQuery, groundsQuery } from '../api/catalogue';
import type { Schemas } from '../api/client';
import { Bad } from '../parts/Bad';
import { Dropdown, type Entry as MenuEntry } from '../parts/Dropdown';
import { moment } from '../words/format';
import { t } from '../words/words';
import { kindOf, letterIn, linesOf, titleOf, type Kind, type Names } from './historyWords';
import { historyQuery, type Request } from './queries';

type Entry = Schemas['Entry'];

const icons: Record<Kind, typeof IconInbox> = {
  in: IconInbox,
  step: IconStairsDown,
  proof: IconCircleCheck,
  said: IconSignature,
  mail: IconMail,
  bad: IconAlertTriangle,
  other: IconPointFilled,
};

const filters = {
  everything: () => true,
  steps: (kind: Kind) => kind === 'step' || kind === 'in',
  letters: (kind: Kind) => kind === 'mail' || kind === 'bad',
} as const;
type Filter = keyof typeof filters;

/** Every entry of a request: what, who, when, through which door. */
export function HistoryPane({ request }: { request: Request }) {
  const { data, error, hasNextPage, fetchNextPage, isPending } = useInfiniteQuery(
    historyQuery(request.id),
  );
  const [filter, setFilter] = useState<Filter>('everything');
  const names = useNames(request);
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const shown = entries.filter((entry) => filters[filter](kindOf(entry)));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <header className="bar thin">
        <h2 id="history" tabIndex={-1}>
          {t('history.title')}
        </h2>
        <Export request={request} />
      </header>
      <div className="scroll history" tabIndex={0} role="region" aria-labelledby="history">
        <div className="seg" role="group" aria-label={t('history.show')}>
          {(Object.keys(filters) as Filter[]).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === filter}
              onClick={() => setFilter(name)}
            >
              {t(`history.${name}`)}
            </button>
          ))}
        </div>
        <Bad error={error} title={t('problem.load_title')} />
        {isPending && (
          <p className="dim late" role="status">
            {t('history.loading')}
          </p>
        )}
        <ol className="timeline">
          {shown.map((entry) => (
            <Line key={entry.id} entry={entry} names={names} />
          ))}
        </ol>
        {hasNextPage && (
          <Button size="xs" variant="quiet" onClick={() => void fetchNextPage()}>
            {t('history.more')}
          </Button>
        )}
        {zone !== 'UTC' && <p className="foot-note">{t('history.zone', { zone })}</p>}
      </div>
    </>
  );
}

function useNames({ type }: Request): Names {
  const agents = useQuery(agentsQuery).data ?? [];
  const grounds = useQuery(groundsQuery(type)).data ?? [];
  return {
    agent: (id) => agents.find((at) => at.id === id)?.name,
    ground: (id) => grounds.find((at) => at.id === id)?.name,
  };
}

const who = ({ agent, key, door }: Entry) =>
  agent?.name ??
  (key
    ? t('history.key')
    : door === 'site' || door === 'mail'
      ? t('history.requester')
      : t('history.quittance'));

const by = (entry: Entry) =>
  entry.door === 'round'
    ? t('history.quittance')
    : t('history.who_door', { name: who(entry), door: t(`door.${entry.door}`) });

function Line({ entry, names }: { entry: Entry; names: Names }) {
  const kind = kindOf(entry);
  const Icon = icons[kind];
  const letter = letterIn(entry);
  const [before, after] = titleOf(entry).split(' → ');
  return (
    <li data-kind={kind} data-event={entry.event}>
      <span className="tl-icon">
        <Icon size={15} stroke={1.9} aria-hidden />
      </span>
      <div className="tl-main">
        <div className="tl-what">
          <b>
            {before}
            {after && (
              <>
                {' '}
                <IconArrowRight
                  size={13}
                  stroke={2.2}
                  className="flip"
                  role="img"
                  aria-label={t('history.to')}
                />{' '}
                {after}
              </>
            )}
          </b>
          <span>
            <bdi>{by(entry)}</bdi>
          </span>
        </div>
        {linesOf(entry, names).map((line) => (
          <p key={line} dir="auto" className="pre">
            {line}
          </p>
        ))}
        {letter && (
          <details>
            <summary>{t('history.read')}</summary>
            <blockquote dir="auto">{letter}</blockquote>
          </details>
        )}
      </div>
      <div className="tl-end">
        <time dateTime={entry.at} title={entry.at}>
          <bdi>{moment(entry.at)}</bdi>
        </time>
      </div>
    </li>
  );
}

function Export({ request }: { request: Request }) {
  const to = (format: string) => `/api/v1/requests/${request.id}/history?format=${format}`;
  const open = (format: string) => () => void window.open(to(format), '_blank', 'noopener');
  const save = (format: string) => () => {
    const link = document.createElement('a');
    link.href = to(format);
    link.download = `${request.reference}.${format}`;
    link.click();
  };
  const icon = { size: 16, stroke: 1.8, 'aria-hidden': true } as const;
  const entries: MenuEntry[] = [
    { key: 'html', word: t('history.print'), icon: <IconPrinter {...icon} />, run: open('html') },
    { key: 'json', word: t('history.json'), icon: <IconJson {...icon} />, run: save('json') },
    { key: 'csv', word: t('history.csv'), icon: <IconFileTypeCsv {...icon} />, run: save('csv') },
  ];
  return (
    <Dropdown
      className="export end"
      position="bottom-end"
      sections={[{ label: t('history.this_request'), entries }]}
    >
      <IconDownload size={14} aria-hidden />
      {t('history.export')}
      <IconChevronDown size={13} aria-hidden />
    </Dropdown>
  );
}
