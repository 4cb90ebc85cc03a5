// Every address of the administration; its pages come when somebody goes there.
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { shell } from './frame-routes.tsx'
import { loadRouting } from './routing/lazy.ts'
import { learnAdmin, learnRules } from './words/say.ts'

/** Pages and their words come together. */
const withWords =
  <Pages,>(load: () => Promise<Pages>) =>
  () =>
    Promise.all([load(), learnAdmin(), learnRules(), loadRouting()]).then(([pages]) => pages)
/** The numbers that an address gives. */
function numbered<Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const given = names.map((name) => [name, Number(search[name])] as const)
  return Object.fromEntries(given.filter(([, number]) => Number.isInteger(number) && number > 0)) as Partial<
    Record<Name, number>
  >
}

/** A text that an address gives, when it is spelled so. */
function spelled<Name extends string>(
  search: Record<string, unknown>,
  name: Name,
  spelling: RegExp,
): Partial<Record<Name, string>> {
  const given = String(search[name] ?? '')
  return spelling.test(given) ? ({ [name]: given } as Partial<Record<Name, string>>) : {}
}

const adminPages = withWords(() => import('./admin/pages.ts'))
const customerPages = withWords(() => import('./admin/customers.ts'))
const automationPages = withWords(() => import('./admin/automation.ts'))
const assistancePages = withWords(() => import('./admin/assistance.ts'))
const assistantSystems = withWords(() => import('./admin/assistant-systems.ts'))
const frame = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: lazyRouteComponent(adminPages, 'AdminFrame'),
})
const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    // A narrow window has room for the menu alone.
    if (!window.matchMedia('(max-width: 999px)').matches) throw redirect({ to: '/admin/agents' })
  },
  component: lazyRouteComponent(adminPages, 'AdminMenu'),
})

const pages = [
  createRoute({
    getParentRoute: () => frame,
    path: '/agents',
    component: lazyRouteComponent(adminPages, 'Agents'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/roles',
    component: lazyRouteComponent(adminPages, 'Roles'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/sign-in-policy',
    component: lazyRouteComponent(adminPages, 'SignInPolicy'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/providers',
    component: lazyRouteComponent(adminPages, 'Providers'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/providers/$providerId',
    component: lazyRouteComponent(adminPages, 'Provider'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/teams',
    component: lazyRouteComponent(adminPages, 'Teams'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/people',
    validateSearch: (search): { person?: number } => {
      const person = Number(search['person'])
      return Number.isInteger(person) && person > 0 ? { person } : {}
    },
    component: lazyRouteComponent(adminPages, 'People'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/people/$personId',
    component: lazyRouteComponent(adminPages, 'Person'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/macros',
    component: lazyRouteComponent(adminPages, 'Macros'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/articles',
    validateSearch: (search): { section?: number } => numbered(search, ['section']),
    component: lazyRouteComponent(customerPages, 'Articles'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/sections',
    component: lazyRouteComponent(customerPages, 'Sections'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/gaps',
    component: lazyRouteComponent(customerPages, 'Gaps'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/articles/$articleId',
    validateSearch: (
      search,
    ): { translationOf?: number; language?: string; title?: string; tickets?: string } => ({
      ...numbered(search, ['translationOf']),
      ...spelled(search, 'language', /^[a-z]{2,3}(-\w+)?$/),
      ...spelled(search, 'title', /^.{1,200}$/),
      ...spelled(search, 'tickets', /^\d+(\.\d+)*$/),
    }),
    component: lazyRouteComponent(customerPages, 'Article'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/views',
    component: lazyRouteComponent(adminPages, 'Views'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/categories',
    component: lazyRouteComponent(adminPages, 'Categories'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/brands',
    component: lazyRouteComponent(customerPages, 'Brands'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/brands/$brandId',
    component: lazyRouteComponent(customerPages, 'Brand'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/surveys',
    component: lazyRouteComponent(adminPages, 'Surveys'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/forms',
    component: lazyRouteComponent(adminPages, 'Forms'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/forms/$formId',
    component: lazyRouteComponent(adminPages, 'FormEditor'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/widgets',
    component: lazyRouteComponent(adminPages, 'Widgets'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/widgets/$widgetId',
    component: lazyRouteComponent(adminPages, 'WidgetEditor'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/fields',
    component: lazyRouteComponent(adminPages, 'Fields'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/tags',
    component: lazyRouteComponent(adminPages, 'Tags'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/queues',
    component: lazyRouteComponent(automationPages, 'Queues'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/skills',
    component: lazyRouteComponent(automationPages, 'Skills'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/conflicts',
    component: lazyRouteComponent(automationPages, 'Conflicts'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/staffing',
    component: lazyRouteComponent(automationPages, 'Staffing'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/routing-map',
    component: lazyRouteComponent(automationPages, 'RoutingMap'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/shared-work',
    component: lazyRouteComponent(automationPages, 'Shared'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/policies',
    component: lazyRouteComponent(automationPages, 'Policies'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/calendars',
    component: lazyRouteComponent(automationPages, 'Calendars'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/tokens',
    component: lazyRouteComponent(adminPages, 'Tokens'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/rules',
    component: lazyRouteComponent(automationPages, 'Rules'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/rules/$ruleId',
    component: lazyRouteComponent(automationPages, 'RuleEditor'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/backtests',
    component: lazyRouteComponent(automationPages, 'Backtests'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/backtests/$backtestId',
    component: lazyRouteComponent(automationPages, 'Backtest'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/moving',
    component: lazyRouteComponent(adminPages, 'Moving'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant',
    component: lazyRouteComponent(assistancePages, 'Assistant'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-ladder',
    component: lazyRouteComponent(assistancePages, 'AssistantLadder'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-look-ups',
    component: lazyRouteComponent(assistantSystems, 'AssistantLookUps'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-models',
    component: lazyRouteComponent(assistantSystems, 'AssistantModels'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-procedures',
    component: lazyRouteComponent(assistancePages, 'AssistantProcedures'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-review',
    component: lazyRouteComponent(assistancePages, 'AssistantReview'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-scenarios',
    component: lazyRouteComponent(assistancePages, 'AssistantScenarios'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-runs',
    component: lazyRouteComponent(assistancePages, 'AssistantRuns'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/assistant-simulations',
    validateSearch: (search): { simulation?: number } => {
      const simulation = Number(search['simulation'])
      return Number.isInteger(simulation) && simulation > 0 ? { simulation } : {}
    },
    component: lazyRouteComponent(assistancePages, 'Simulations'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/hooks',
    component: lazyRouteComponent(adminPages, 'Hooks'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/hooks/$hookId',
    component: lazyRouteComponent(adminPages, 'HookEditor'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/webhooks',
    component: lazyRouteComponent(adminPages, 'Webhooks'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/mailboxes',
    component: lazyRouteComponent(adminPages, 'Mailboxes'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/mailboxes/$mailboxId',
    component: lazyRouteComponent(adminPages, 'Mailbox'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/mail-templates',
    component: lazyRouteComponent(adminPages, 'MailTemplates'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/mail-safety',
    component: lazyRouteComponent(adminPages, 'MailSafety'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/mails',
    component: lazyRouteComponent(adminPages, 'Mails'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/mails/$mailId',
    component: lazyRouteComponent(adminPages, 'UnderstoodMail'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/outbox',
    component: lazyRouteComponent(adminPages, 'Outbox'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/quarantine',
    component: lazyRouteComponent(adminPages, 'Quarantine'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/settings',
    component: lazyRouteComponent(adminPages, 'Settings'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/privacy',
    component: lazyRouteComponent(adminPages, 'Privacy'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/backups',
    component: lazyRouteComponent(adminPages, 'Backups'),
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/audit',
    component: lazyRouteComponent(adminPages, 'Audit'),
  }),
] as const

export const admin = frame.addChildren([home, ...pages])
