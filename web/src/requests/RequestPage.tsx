import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, type ComponentProps } from 'react';
import '../styles/history.css';
import '../styles/letter.css';
import '../styles/request.css';
import { isProblem } from '../api/problem';
import { canWork, useSession } from '../api/session';
import { Missing } from '../parts/Broken';
import { useToday } from '../parts/Due';
import { useKeys } from '../parts/keyboard';
import { Offline } from '../parts/Offline';
import { useTitle } from '../parts/title';
import { paths } from '../paths';
import { t } from '../words/words';
import { atHand } from './atHand';
import { ClosedStage } from './ClosedStage';
import { HistoryPane } from './History';
import { List, neighbour } from './List';
import { Failed } from './ListStates';
import { ProcessStage } from './ProcessStage';
import { requestQuery, type Request } from './queries';
import { ReplyStage } from './ReplyStage';
import { RequestBar } from './RequestBar';
import { ReviewStage } from './ReviewStage';
import { Stairs } from './Stairs';
import { StageMenu } from './StageMenu';
import { useLines } from './useLines';
import { nameOf, Who } from './Who';

const IntakeDialog = lazy(() => import('./IntakeDialog'));

type Tab = 'request' | 'history';

/** One request between the list and its history. */
export default function RequestPage() {
  const { id } = useParams({ from: '/shell/requests/$id' });
  const filters = useSearch({ from: '/shell/requests/$id' });
  const { data: request, error, refetch } = useQuery(requestQuery(id));
  const navigate = useNavigate();
  const works = canWork(useSession().agent.role);
  const shown = useLines(filters);
  const [tab, setTab] = useState<Tab>('request');
  const [entering, setEntering] = useState(false);
  const { lines } = shown;
  useArrive(request?.id, request?.stage);
  usePrefetch(lines, id);
  useEffect(() => {
    atHand.set(id);
    setTab('request');
  }, [id]);
  const move = (way: 1 | -1) => {
    const to = neighbour(lines, id, way);
    if (to) void navigate({ to: paths.request, params: { id: to.id }, search: filters });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Escape: () => void navigate({ to: paths.requests, search: filters }),
    n: () => works && setEntering(true),
    '/': () =>
      void navigate({ to: paths.requests, search: filters }).then(() =>
        document.querySelector<HTMLInputElement>('.search input')?.focus(),
      ),
    h: () => {
      setTab('history');
      window.setTimeout(() => document.getElementById('history')?.focus(), 0);
    },
  });
  if (isProblem(error) && error.status === 404) return <Missing />;
  return (
    <div className="panes" data-stage={request?.stage} data-tab={tab}>
      <ListPane filters={filters} shown={shown} current={id} />
      <main className="pane-main" id="main" tabIndex={-1}>
        {request ? (
          <Body key={id} request={request} works={works} tab={tab} setTab={setTab} />
        ) : error ? (
          <Failed error={error} again={() => void refetch()} />
        ) : (
          <div className="scroll" aria-busy="true" />
        )}
      </main>
      <aside className="pane-side" aria-label={t('history.title')}>
        {request && <HistoryPane request={request} />}
      </aside>
      <Suspense>{entering && <IntakeDialog onClose={() => setEntering(false)} />}</Suspense>
    </div>
  );
}

function ListPane(props: ComponentProps<typeof List>) {
  return (
    <aside className="pane-list" aria-label={t('request.list')}>
      <header className="bar">
        <StageMenu filters={props.filters} here />
      </header>
      <div className="scroll" tabIndex={-1}>
        <List {...props} />
      </div>
    </aside>
  );
}

/** The list, or the stage with its buttons, is gone from under the focus: it goes to the name. */
function useArrive(id: string | undefined, stage: string | undefined) {
  useEffect(() => {
    if (!id || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('#main h1')?.focus();
  }, [id, stage]);
}

/** The next and the one before are there before somebody asks for them. */
function usePrefetch(lines: { id: string }[], id: string) {
  const queries = useQueryClient();
  const at = lines.findIndex((line) => line.id === id);
  const near = at < 0 ? [] : [lines[at + 1]?.id, lines[at - 1]?.id];
  const key = near.join();
  useEffect(() => {
    for (const other of key.split(',')) {
      if (other) void queries.prefetchQuery(requestQuery(other));
    }
  }, [queries, key]);
}

interface BodyProps {
  request: Request;
  works: boolean;
  tab: Tab;
  setTab: (tab: Tab) => void;
}

const stageViews = {
  review: ReviewStage,
  process: ProcessStage,
  reply: ReplyStage,
  closed: ClosedStage,
};

function Body({ request, works, tab, setTab }: BodyProps) {
  const today = useToday();
  const Stage = stageViews[request.stage];
  useTitle(t('request.title', { name: nameOf(request), stage: t(`stage.${request.stage}`) }), true);
  return (
    <>
      <RequestBar request={request} works={works} />
      <Offline />
      <div className="tabs" role="tablist" aria-label={t('request.parts')}>
        {(['request', 'history'] as const).map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={tab === name}
            onClick={() => setTab(name)}
          >
            {t(`request.tab_${name}`)}
          </button>
        ))}
      </div>
      {tab === 'history' && (
        <div className="tab-title">
          <h1 className="vh">
            <bdi>{nameOf(request)}</bdi>
          </h1>
        </div>
      )}
      <Stage key={request.stage} request={request} works={works}>
        <Who request={request} today={today} />
        <Stairs request={request} />
      </Stage>
    </>
  );
}
