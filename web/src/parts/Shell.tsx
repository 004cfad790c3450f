import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useOfflineSince } from '../api/connection';
import { listen } from '../api/events';
import { canSeeRequests, useSession } from '../api/session';
import { paths } from '../paths';
import { useKeys } from './keyboard';
import { Rail } from './Rail';
import { undoLast } from './toast';

const Palette = lazy(() => import('./Palette'));
const Shortcuts = lazy(() => import('./Shortcuts'));

/** The line is back: look again at everything on the screen. */
function useCatchUp() {
  const queries = useQueryClient();
  const since = useOfflineSince();
  const before = useRef(since);
  useEffect(() => {
    if (before.current !== null && since === null) void queries.invalidateQueries();
    before.current = since;
  }, [queries, since]);
}

/** Everything behind the door: the rail, the page, the palette, and the ear for changes. */
export function Shell() {
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [layer, setLayer] = useState<'palette' | 'shortcuts' | null>(null);
  const sees = canSeeRequests(session.agent.role);
  useEffect(() => (sees ? listen(queries) : undefined), [queries, sees, session.account.id]);
  useCatchUp();
  useKeys({
    'mod+k': () => setLayer((at) => (at === 'palette' ? null : 'palette')),
    'mod+z': () => undoLast(),
    '?': () => setLayer('shortcuts'),
    'g r': () => void navigate({ to: paths.requests }),
    'g t': () => void navigate({ to: paths.templates }),
    'g s': () => void navigate({ to: paths.settings }),
  });
  return (
    <>
      <Rail onPalette={() => setLayer('palette')} />
      <Suspense fallback={<main className="fill" id="main" aria-busy="true" />}>
        <Outlet />
      </Suspense>
      <Suspense>
        {layer === 'palette' && (
          <Palette onClose={() => setLayer(null)} onShortcuts={() => setLayer('shortcuts')} />
        )}
        {layer === 'shortcuts' && <Shortcuts onClose={() => setLayer(null)} />}
      </Suspense>
    </>
  );
}
