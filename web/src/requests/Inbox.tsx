import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { canWork, useSession } from '../api/session';
import { Key, modKey } from '../parts/Key';
import { useKeys } from '../parts/keyboard';
import { Offline } from '../parts/Offline';
import { useTitle } from '../parts/title';
import { paths } from '../paths';
import { time } from '../words/format';
import { t } from '../words/words';
import { atHand } from './atHand';
import { FilterBar } from './FilterBar';
import { isNarrowed } from './filters';
import { List, neighbour, reach } from './List';
import { Empty, Failed, Loading } from './ListStates';
import { search } from './search';
import { SearchBox } from './SearchBox';
import { StageMenu } from './StageMenu';
import { useLines } from './useLines';

const IntakeDialog = lazy(() => import('./IntakeDialog'));
const AssignDialog = lazy(() => import('./AssignDialog'));

/** The requests page: the list, sorted by worry. */
export function Inbox() {
  const filters = useSearch({ from: '/shell/requests' });
  const navigate = useNavigate();
  const works = canWork(useSession().agent.role);
  const shown = useLines(filters);
  const [layer, setLayer] = useState<'intake' | 'assign' | null>(null);
  useTitle(t('list.title'));
  useComeBack(shown.loaded);
  const { lines } = shown;
  const chosen = () => lines.find(({ id }) => id === atHand.get()) ?? lines[0];
  const move = (way: 1 | -1) => reach(neighbour(lines, atHand.get(), way)?.id);
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => {
      const id = chosen()?.id;
      if (id) void navigate({ to: paths.request, params: { id }, search: filters });
    },
    Escape: () => search.clear(),
    a: () => works && chosen() && setLayer('assign'),
    n: () => works && setLayer('intake'),
  });
  return (
    <main className="fill inbox" id="main" tabIndex={-1}>
      <h1 className="vh">{t('list.title')}</h1>
      <header className="bar">
        <StageMenu filters={filters} />
        <FilterBar filters={filters} />
        <SearchBox onDown={() => reach(lines[0]?.id)} />
        {works && (
          <Button
            className="new"
            leftSection={<IconPlus size={15} stroke={2} aria-hidden />}
            onClick={() => setLayer('intake')}
          >
            <span>{t('list.new')}</span>
          </Button>
        )}
      </header>
      <Offline />
      <Body filters={filters} shown={shown} onNew={works ? () => setLayer('intake') : undefined} />
      <Hints shown={shown} narrowed={isNarrowed(filters)} closed={filters.stage === 'closed'} />
      <Suspense>
        {layer === 'intake' && <IntakeDialog onClose={() => setLayer(null)} />}
        {layer === 'assign' && chosen() && (
          <AssignDialog request={chosen()!} onClose={() => setLayer(null)} />
        )}
      </Suspense>
    </main>
  );
}

/** Back from a request, the row that was left is found again, with the focus on it. */
function useComeBack(loaded: boolean) {
  useEffect(() => {
    const id = atHand.get();
    if (!loaded || !id || document.activeElement !== document.body) return;
    document.getElementById(`req-${id}`)?.focus();
  }, [loaded]);
}

interface BodyProps {
  filters: Parameters<typeof useLines>[0];
  shown: ReturnType<typeof useLines>;
  onNew?: () => void;
}

function Body({ filters, shown, onNew }: BodyProps) {
  if (!shown.loaded) {
    return shown.isError ? (
      <Failed error={shown.error} again={() => void shown.refetch()} />
    ) : (
      <Loading />
    );
  }
  if (shown.lines.length === 0) return <Empty filters={filters} shown={shown} onNew={onNew} />;
  return (
    <div className="scroll" tabIndex={-1} aria-busy={shown.isPlaceholderData}>
      <List filters={filters} shown={shown} />
    </div>
  );
}

interface HintsProps {
  shown: ReturnType<typeof useLines>;
  narrowed: boolean;
  closed: boolean;
}

function Hints({ shown, narrowed, closed }: HintsProps) {
  return (
    <footer className="hints" aria-label={t('list.hints')}>
      <span>
        <Key>J</Key>
        <Key>K</Key> {t('list.hint_move')}
      </span>
      <span>
        <Key>↵</Key> {t('list.hint_open')}
      </span>
      <span>
        <Key>A</Key> {t('list.hint_assign')}
      </span>
      <span>
        <Key>/</Key> {t('list.hint_search')}
      </span>
      <span>
        <Key>{modKey}</Key>
        <Key>K</Key> {t('list.hint_commands')}
      </span>
      <span className="end" role="status">
        {stateOf(shown, narrowed, closed)}
      </span>
    </footer>
  );
}

function stateOf(
  { loaded, isError, errorUpdatedAt, lines, ...shown }: HintsProps['shown'],
  narrowed: boolean,
  closed: boolean,
) {
  if (isError) return t('list.last_tried', { time: time(errorUpdatedAt, true) });
  if (!loaded) return t('list.state_loading');
  if (lines.length === 0) return t('list.live');
  if (closed || shown.searching) return t('list.shown_closed', { count: lines.length });
  if (shown.complete && !narrowed) {
    return t('list.shown', { shown: lines.length, all: lines.length });
  }
  return t('list.shown_some', { count: lines.length });
}
