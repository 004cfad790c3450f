import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { keys } from './api/keys';
import { canSeeRequests, sessionQuery, setupQuery } from './api/session';
import { Broken, Missing } from './parts/Broken';
import { Root } from './parts/Root';
import { Shell } from './parts/Shell';
import { below, paths } from './paths';
import { queries } from './queries';
import { Inbox } from './requests/Inbox';
import { readFilters } from './requests/filters';

const root = createRootRoute({ component: Root, notFoundComponent: Missing });

/** Where to go back to after signing in: an address of ours, never one of somebody else's. */
const readReturn = (search: Record<string, unknown>) => {
  const to = search['to'];
  return typeof to === 'string' && /^\/(?!\/)/.test(to) ? { to } : {};
};

async function needsSomebody(to: string) {
  const session = await queries.ensureQueryData(sessionQuery);
  if (session) return session;
  const { needed } = await queries.fetchQuery(setupQuery);
  if (needed) throw redirect({ to: paths.setup, replace: true });
  throw redirect({ to: paths.signIn, search: to === paths.home ? {} : { to }, replace: true });
}

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await needsSomebody(location.href);
    if (!canSeeRequests(session.agent.role) && !location.pathname.startsWith(paths.settings)) {
      throw redirect({ to: paths.me, replace: true });
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: paths.home,
  beforeLoad: () => {
    throw redirect({ to: paths.requests, replace: true });
  },
});

const requests = createRoute({
  getParentRoute: () => shell,
  path: paths.requests,
  validateSearch: readFilters,
  component: Inbox,
});

const request = createRoute({
  getParentRoute: () => shell,
  path: paths.request,
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./requests/RequestPage')),
});

const templates = createRoute({
  getParentRoute: () => shell,
  path: paths.templates,
  component: lazyRouteComponent(() => import('./templates/TemplateList')),
});

const template = createRoute({
  getParentRoute: () => shell,
  path: paths.template,
  component: lazyRouteComponent(() => import('./templates/TemplatePage')),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: paths.settings,
  component: lazyRouteComponent(() => import('./settings/Settings')),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    const session = queries.getQueryData(sessionQuery.queryKey);
    const to = session && canSeeRequests(session.agent.role) ? paths.company : paths.me;
    throw redirect({ to, replace: true });
  },
});

const company = createRoute({
  getParentRoute: () => settings,
  path: below.company,
  component: lazyRouteComponent(() => import('./settings/CompanyPage')),
});
const mail = createRoute({
  getParentRoute: () => settings,
  path: below.mail,
  component: lazyRouteComponent(() => import('./settings/MailPage')),
});
const people = createRoute({
  getParentRoute: () => settings,
  path: below.people,
  component: lazyRouteComponent(() => import('./people/PeoplePage')),
});
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: below.apiKeys,
  component: lazyRouteComponent(() => import('./people/ApiKeysPage')),
});
const me = createRoute({
  getParentRoute: () => settings,
  path: below.me,
  component: lazyRouteComponent(() => import('./people/MePage')),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: paths.setup,
  beforeLoad: async () => {
    const { needed } = await queries.fetchQuery(setupQuery);
    if (!needed) throw redirect({ to: paths.home, replace: true });
  },
  component: lazyRouteComponent(() => import('./sign-in/SetupPage')),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: readReturn,
  beforeLoad: async () => {
    if (await queries.ensureQueryData(sessionQuery)) {
      throw redirect({ to: paths.home, replace: true });
    }
  },
  component: lazyRouteComponent(() => import('./sign-in/SignInPage')),
});
const accounts = createRoute({
  getParentRoute: () => root,
  path: paths.accounts,
  validateSearch: readReturn,
  beforeLoad: ({ location }) => needsSomebody(location.href),
  component: lazyRouteComponent(() => import('./sign-in/AccountsPage')),
});
const forgotten = createRoute({
  getParentRoute: () => root,
  path: paths.forgotten,
  component: lazyRouteComponent(() => import('./sign-in/ForgottenPage')),
});
const newPassword = createRoute({
  getParentRoute: () => root,
  path: paths.newPassword,
  component: lazyRouteComponent(() => import('./sign-in/NewPasswordPage')),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: paths.invitation,
  component: lazyRouteComponent(() => import('./sign-in/InvitationPage')),
});

export const router = createRouter({
  basepath: '/app',
  routeTree: root.addChildren([
    shell.addChildren([
      home,
      requests,
      request,
      templates,
      template,
      settings.addChildren([settingsHome, company, mail, people, apiKeys, me]),
    ]),
    setup,
    signIn,
    accounts,
    forgotten,
    newPassword,
    invitation,
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Missing,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// The session ended, here or in another tab: to the door, and back afterwards.
queries.getQueryCache().subscribe(({ type, query }) => {
  if (type !== 'updated' || query.queryHash !== JSON.stringify(keys.session)) return;
  if (query.state.data !== null) return;
  const inside = router.state.matches.some(({ routeId }) => routeId.startsWith('/shell'));
  if (!inside) return;
  const to = router.state.location.href;
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
  void router.navigate({ to: paths.signIn, search: { to } });
});
