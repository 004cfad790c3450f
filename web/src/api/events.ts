import type { QueryClient } from '@tanstack/react-query';
import { lost, seen } from './connection';
import { keys } from './keys';

// One event stream per browser: the tab that holds the lock listens and tells the others. When it
// is closed, the lock and the task go to the next one.

type News = { request: string } | { back: true };

export function listen(queries: QueryClient): () => void {
  const channel = new BroadcastChannel('quittance-events');
  const stop = new AbortController();
  const hear = batched(queries);
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

function stream(tell: (news: News) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    let source: EventSource;
    let timer = 0;
    let broken = false;
    const open = () => {
      source = new EventSource('/api/v1/events');
      source.onopen = () => {
        seen();
        // Whatever happened while nobody listened: look again at everything on the screen.
        if (broken) tell({ back: true });
        broken = false;
      };
      source.addEventListener('request', ({ data }) => {
        tell(JSON.parse(data as string) as { request: string });
      });
      source.onerror = () => {
        broken = true;
        if (!navigator.onLine) lost();
        if (source.readyState !== EventSource.CLOSED) return;
        window.clearTimeout(timer);
        timer = window.setTimeout(open, 5000);
      };
    };
    open();
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      source.close();
      done();
    });
  });
}

/** Many changes at once, as after an import, reload the list once. */
function batched(queries: QueryClient) {
  let timer = 0;
  const changed = new Set<string>();
  const flush = () => {
    timer = 0;
    for (const id of changed) {
      void queries.invalidateQueries({ queryKey: keys.request(id) });
    }
    changed.clear();
    void queries.invalidateQueries({ queryKey: keys.lists });
    void queries.invalidateQueries({ queryKey: keys.counts });
    void queries.invalidateQueries({ queryKey: keys.backlog });
  };
  return (news: News) => {
    if ('back' in news) {
      void queries.invalidateQueries();
      return;
    }
    changed.add(news.request);
    if (timer === 0) timer = window.setTimeout(flush, 150);
  };
}
