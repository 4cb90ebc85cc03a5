// Every address of the app. The list and its tickets come at once, everything else when somebody goes there.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'

import { loadAccount } from './account/lazy.ts'
import { Inbox } from './inbox/Inbox.tsx'
import type { InboxSearch } from './inbox/search.ts'
import { NoTicket } from './inbox/NoTicket.tsx'
import { groups, sorts, tabs } from './state/views.ts'
import { loadReports } from './reports/lazy.ts'
import { readSearch } from './reports/search.ts'
import { loadRouting } from './routing/lazy.ts'
import { Broken, NotFound } from './shell/Lost.tsx'
import { Shell } from './shell/Shell.tsx'
import { TicketScreen } from './ticket/TicketScreen.tsx'
import { client } from './wire/client.ts'
import { meQuery } from './wire/session.ts'
import { learnAdmin, learnRules } from './words/say.ts'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } =>
    typeof search['next'] === 'string' ? { next: search['next'] } : {},
  component: lazyRouteComponent(() => import('./sign-in/SignIn.tsx'), 'SignIn'),
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

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const me = await client.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } })
    if (me.mustAddFactor) throw redirect({ to: '/add-factor' })
  },
  component: Shell,
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
  validateSearch: readSearch,
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

/** Pages and their words come together. */
const withWords =
  <Pages,>(load: () => Promise<Pages>) =>
  () =>
    Promise.all([load(), learnAdmin(), learnRules(), loadRouting()]).then(([pages]) => pages)
const adminPages = withWords(() => import('./admin/pages.ts'))
const automationPages = withWords(() => import('./admin/automation.ts'))
const assistancePages = withWords(() => import('./admin/assistance.ts'))
const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: lazyRouteComponent(adminPages, 'AdminFrame'),
})
const adminHome = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/admin/agents' })
  },
})

const adminRoutes = [
  createRoute({
    getParentRoute: () => admin,
    path: '/agents',
    component: lazyRouteComponent(adminPages, 'Agents'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/sign-in-policy',
    component: lazyRouteComponent(adminPages, 'SignInPolicy'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/teams',
    component: lazyRouteComponent(adminPages, 'Teams'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/people',
    validateSearch: (search): { person?: number } => {
      const person = Number(search['person'])
      return Number.isInteger(person) && person > 0 ? { person } : {}
    },
    component: lazyRouteComponent(adminPages, 'People'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/macros',
    component: lazyRouteComponent(adminPages, 'Macros'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/articles',
    component: lazyRouteComponent(adminPages, 'Articles'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/articles/$articleId',
    component: lazyRouteComponent(adminPages, 'Article'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/views',
    component: lazyRouteComponent(adminPages, 'Views'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/categories',
    component: lazyRouteComponent(adminPages, 'Categories'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/brands',
    component: lazyRouteComponent(adminPages, 'Brands'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/forms',
    component: lazyRouteComponent(adminPages, 'Forms'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/forms/$formId',
    component: lazyRouteComponent(adminPages, 'FormEditor'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/fields',
    component: lazyRouteComponent(adminPages, 'Fields'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/tags',
    component: lazyRouteComponent(adminPages, 'Tags'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/queues',
    component: lazyRouteComponent(automationPages, 'Queues'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/skills',
    component: lazyRouteComponent(automationPages, 'Skills'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/conflicts',
    component: lazyRouteComponent(automationPages, 'Conflicts'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/staffing',
    component: lazyRouteComponent(automationPages, 'Staffing'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/routing-map',
    component: lazyRouteComponent(automationPages, 'RoutingMap'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/shared-work',
    component: lazyRouteComponent(automationPages, 'Shared'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/policies',
    component: lazyRouteComponent(automationPages, 'Policies'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/calendars',
    component: lazyRouteComponent(automationPages, 'Calendars'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/tokens',
    component: lazyRouteComponent(adminPages, 'Tokens'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/rules',
    component: lazyRouteComponent(automationPages, 'Rules'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/rules/$ruleId',
    component: lazyRouteComponent(automationPages, 'RuleEditor'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/backtests',
    component: lazyRouteComponent(automationPages, 'Backtests'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/backtests/$backtestId',
    component: lazyRouteComponent(automationPages, 'Backtest'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/moving',
    component: lazyRouteComponent(adminPages, 'Moving'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/assistant',
    component: lazyRouteComponent(assistancePages, 'Assistant'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/assistant-runs',
    component: lazyRouteComponent(assistancePages, 'AssistantRuns'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/assistant-simulations',
    component: lazyRouteComponent(assistancePages, 'Simulations'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/webhooks',
    component: lazyRouteComponent(adminPages, 'Webhooks'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/mailboxes',
    component: lazyRouteComponent(adminPages, 'Mailboxes'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/mailboxes/$mailboxId',
    component: lazyRouteComponent(adminPages, 'Mailbox'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/mail-templates',
    component: lazyRouteComponent(adminPages, 'MailTemplates'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/mail-safety',
    component: lazyRouteComponent(adminPages, 'MailSafety'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/mails',
    component: lazyRouteComponent(adminPages, 'Mails'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/mails/$mailId',
    component: lazyRouteComponent(adminPages, 'UnderstoodMail'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/outbox',
    component: lazyRouteComponent(adminPages, 'Outbox'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/quarantine',
    component: lazyRouteComponent(adminPages, 'Quarantine'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/settings',
    component: lazyRouteComponent(adminPages, 'Settings'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/audit',
    component: lazyRouteComponent(adminPages, 'Audit'),
  }),
] as const

const tree = root.addChildren([
  signIn,
  setup,
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
    admin.addChildren([adminHome, ...adminRoutes]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', defaultPreloadDelay: 60 })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
