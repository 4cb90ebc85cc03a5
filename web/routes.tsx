// Every address of the app. The list and its tickets come at once, everything else when somebody goes there.
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { loadAccount } from './account/lazy.ts'
import { admin } from './admin-routes.tsx'
import { root, shell } from './frame-routes.tsx'
import { Inbox } from './inbox/Inbox.tsx'
import type { InboxSearch } from './inbox/search.ts'
import { NoTicket } from './inbox/NoTicket.tsx'
import { groups, sorts, tabs } from './state/views.ts'
import { loadReports } from './reports/lazy.ts'
import type { ReportSearch } from './reports/search.ts'
import { loadRouting } from './routing/lazy.ts'
import { TicketScreen } from './ticket/TicketScreen.tsx'
import { client } from './wire/client.ts'
import { meQuery } from './wire/session.ts'

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string; problem?: string; factor?: string } =>
    Object.fromEntries(
      ['next', 'problem', 'factor'].flatMap((name) =>
        typeof search[name] === 'string' ? [[name, search[name]]] : [],
      ),
    ),
  component: lazyRouteComponent(() => import('./sign-in/SignIn.tsx'), 'SignIn'),
})

const proved = createRoute({
  getParentRoute: () => root,
  path: '/proved',
  component: lazyRouteComponent(() => import('./sign-in/Proved.tsx'), 'Proved'),
})

const choosePassword = createRoute({
  getParentRoute: () => root,
  path: '/choose-password',
  component: lazyRouteComponent(() => import('./sign-in/ChoosePassword.tsx'), 'ChoosePassword'),
})

const addFactor = createRoute({
  getParentRoute: () => root,
  path: '/add-factor',
  beforeLoad: async () => {
    if (!(await client.ensureQueryData(meQuery))) throw redirect({ to: '/sign-in' })
  },
  component: lazyRouteComponent(loadAccount, 'AddFactor'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string } =>
    typeof search['token'] === 'string' || typeof search['token'] === 'number'
      ? { token: String(search['token']) }
      : {},
  component: lazyRouteComponent(() => import('./first-run/FirstRun.tsx'), 'FirstRun'),
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'mine' } })
  },
})

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox/$view',
  validateSearch: (search): InboxSearch => {
    const tab = tabs.find((name) => name === search['tab'])
    const sort = sorts.find((name) => name === search['sort'])
    const group = ([...groups, 'none'] as const).find((name) => name === search['group'])
    const q = search['q']
    return {
      ...(tab ? { tab } : {}),
      ...(sort ? { sort } : {}),
      ...(group ? { group } : {}),
      ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    }
  },
  component: Inbox,
})
const noTicket = createRoute({ getParentRoute: () => inbox, path: '/', component: NoTicket })
const ticket = createRoute({ getParentRoute: () => inbox, path: '/$ticketId', component: TicketScreen })

/** The address in mails and messages: says nothing about a view. */
const shortTicket = createRoute({
  getParentRoute: () => shell,
  path: '/tickets/$ticketId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: params.ticketId } })
  },
})

const me = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: lazyRouteComponent(() => import('./me/Me.tsx'), 'Me'),
})

const queues = createRoute({
  getParentRoute: () => shell,
  path: '/queues',
  component: lazyRouteComponent(loadRouting, 'Board'),
})

const handover = createRoute({
  getParentRoute: () => shell,
  path: '/queues/handover',
  validateSearch: (search): { agent?: number } => {
    const agent = Number(search['agent'])
    return Number.isInteger(agent) && agent > 0 ? { agent } : {}
  },
  component: lazyRouteComponent(loadRouting, 'Handover'),
})

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports/$board',
  // Read where the reports are, which the rest of the app need not load.
  validateSearch: (search: ReportSearch): ReportSearch => search,
  component: lazyRouteComponent(loadReports, 'Reports'),
})
const reportsHome = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  beforeLoad: () => {
    throw redirect({ to: '/reports/$board', params: { board: 'flow' } })
  },
})

const gallery = createRoute({
  getParentRoute: () => shell,
  path: '/dev/gallery',
  component: lazyRouteComponent(() => import('./dev/Gallery.tsx'), 'Gallery'),
})

const tree = root.addChildren([
  signIn,
  setup,
  choosePassword,
  proved,
  addFactor,
  shell.addChildren([
    home,
    inbox.addChildren([noTicket, ticket]),
    shortTicket,
    me,
    queues,
    handover,
    reportsHome,
    reports,
    gallery,
    admin,
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', defaultPreloadDelay: 60 })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
