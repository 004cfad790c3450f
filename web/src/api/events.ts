import type { QueryClient } from '@tanstack/react-query';
import { lost, seen } from './connection';
import { keys } from './keys';

// One event stream per browser: the tab that holds the lock listens and tells the others. When it
// is closed, the lock and the task go to the next one.

type News =
  | { request: string }
  // The line is back: whatever happened meanwhile, look again at everything on the screen.
  | { line: 'back' }
  | { line: 'lost' }
  // The server does not talk to us any more: is anybody signed in?
  | { line: 'refused' };

const patience = 4000;

export function listen(queries: QueryClient): () => void {
  const channel = new BroadcastChannel('quittance-events');
  const stop = new AbortController();
  const hear = hearing(queries);
  channel.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  const tell = (news: News) => {
    hear(news);
    channel.postMessage(news);
  };
  const lead = () => stream(tell, stop.signal);
  if (navigator.locks) {
    navigator.locks.request('quittance-events', { signal: stop.signal }, lead).catch(() => {});
  } else {
    void lead();
  }
  return () => {
    stop.abort();
    channel.close();
  };
}

/** Listens until `signal`; a broken line is said only when it stays broken. */
function stream(tell: (news: News) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    let source: EventSource;
    let again = 0;
    let worry = 0;
    const open = () => {
      source = new EventSource('/api/v1/events');
      source.onopen = () => {
        if (worry !== 0) tell({ line: 'back' });
        window.clearTimeout(worry);
        worry = 0;
      };
      source.addEventListener('request', ({ data }) => {
        tell(JSON.parse(data as string) as { request: string });
      });
      source.onerror = () => {
        worry ||= window.setTimeout(() => tell({ line: 'lost' }), patience);
        if (source.readyState !== EventSource.CLOSED) return;
        tell({ line: 'refused' });
        window.clearTimeout(again);
        again = window.setTimeout(open, patience);
      };
    };
    open();
    signal.addEventListener('abort', () => {
      window.clearTimeout(again);
      window.clearTimeout(worry);
      source.close();
      done();
    });
  });
}

function hearing(queries: QueryClient) {
  let timer = 0;
  const changed = new Set<string>();
  // Many changes at once, as after an import, reload the list once.
  const flush = () => {
    timer = 0;
    for (const id of changed) void queries.invalidateQueries({ queryKey: keys.request(id) });
    changed.clear();
    for (const queryKey of [keys.lists, keys.counts, keys.backlog]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
  return (news: News) => {
    if ('request' in news) {
      changed.add(news.request);
      timer ||= window.setTimeout(flush, 150);
    } else if (news.line === 'lost') {
      lost();
    } else if (news.line === 'back') {
      seen();
      void queries.invalidateQueries();
    } else {
      void queries.invalidateQueries({ queryKey: keys.session });
    }
  };
}
