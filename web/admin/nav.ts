// Every page of the administration, grouped; what can be set on each is in holds.ts, and the search finds both.
import type { Permission } from '../../src/api/contract.ts'
import type { WordId } from '../words/say.ts'

export type AdminPage = {
  path: string
  word: WordId
  permission: Permission
  /** The page that leads there: it is found by the search and does not lengthen the menu. */
  from?: string
}
export type AdminGroup = { word: WordId; pages: readonly AdminPage[] }

export const groups: readonly AdminGroup[] = [
  {
    word: 'nav.people',
    pages: [
      {
        path: 'agents',
        word: 'admin.agents',
        permission: 'agents.write',
      },
      {
        path: 'roles',
        word: 'admin.roles',
        permission: 'agents.write',
      },
      {
        path: 'sign-in-policy',
        word: 'admin.signIn',
        permission: 'sign_in.write',
      },
      {
        path: 'providers',
        word: 'admin.providers',
        permission: 'sign_in.write',
      },
      {
        path: 'teams',
        word: 'admin.teams',
        permission: 'teams.write',
      },
      {
        path: 'people',
        word: 'admin.people',
        permission: 'people.write',
      },
    ],
  },
  {
    word: 'nav.customers',
    pages: [
      {
        path: 'brands',
        word: 'admin.brands',
        permission: 'settings.write',
      },
      {
        path: 'forms',
        word: 'admin.forms',
        permission: 'fields.write',
      },
      {
        path: 'widgets',
        word: 'admin.widgets',
        permission: 'settings.write',
      },
      {
        path: 'articles',
        word: 'admin.articles',
        permission: 'articles.read',
      },
      {
        path: 'gaps',
        word: 'admin.gaps',
        permission: 'articles.write',
      },
      {
        path: 'sections',
        word: 'admin.sections',
        permission: 'articles.write',
        from: 'articles',
      },
      {
        path: 'surveys',
        word: 'admin.surveys',
        permission: 'settings.write',
      },
    ],
  },
  {
    word: 'nav.tickets',
    pages: [
      {
        path: 'macros',
        word: 'admin.macros',
        permission: 'macros.write',
      },
      { path: 'views', word: 'admin.views', permission: 'views.share' },
      {
        path: 'categories',
        word: 'admin.categories',
        permission: 'categories.write',
      },
      {
        path: 'fields',
        word: 'admin.fields',
        permission: 'fields.write',
      },
      { path: 'tags', word: 'admin.tags', permission: 'tags.write' },
    ],
  },
  {
    word: 'nav.mail',
    pages: [
      {
        path: 'mailboxes',
        word: 'admin.mailboxes',
        permission: 'mailboxes.read',
      },
      {
        path: 'mail-templates',
        word: 'admin.mailTemplates',
        permission: 'mail_policy.write',
      },
      {
        path: 'mail-safety',
        word: 'admin.mailSafety',
        permission: 'mail_policy.write',
      },
      { path: 'mails', word: 'admin.mails', permission: 'mails.read' },
      { path: 'outbox', word: 'admin.outbox', permission: 'outbox.read' },
      {
        path: 'quarantine',
        word: 'admin.quarantine',
        permission: 'quarantine.read',
      },
    ],
  },
  {
    word: 'nav.work',
    pages: [
      {
        path: 'rules',
        word: 'admin.rules',
        permission: 'rules.read',
      },
      {
        path: 'backtests',
        word: 'admin.backtests',
        permission: 'rules.publish',
      },
      {
        path: 'assistant',
        word: 'admin.assistant',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-ladder',
        from: 'assistant',
        word: 'admin.assistantLadder',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-look-ups',
        from: 'assistant',
        word: 'admin.assistantLookUps',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-models',
        from: 'assistant',
        word: 'admin.assistantModels',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-procedures',
        from: 'assistant',
        word: 'admin.assistantProcedures',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-review',
        from: 'assistant',
        word: 'admin.assistantReview',
        permission: 'assistant.judge',
      },
      {
        path: 'assistant-runs',
        from: 'assistant',
        word: 'admin.assistantRuns',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-scenarios',
        from: 'assistant',
        word: 'admin.assistantScenarios',
        permission: 'assistant.read',
      },
      {
        path: 'assistant-simulations',
        from: 'assistant',
        word: 'admin.assistantSimulations',
        permission: 'assistant.write',
      },
      { path: 'hooks', word: 'admin.hooks', permission: 'webhooks.write' },
      { path: 'webhooks', word: 'admin.webhooks', permission: 'webhooks.write' },
    ],
  },
  {
    word: 'nav.routing',
    pages: [
      {
        path: 'queues',
        word: 'admin.queues',
        permission: 'routing.write',
      },
      {
        path: 'skills',
        word: 'admin.skills',
        permission: 'routing.lead',
      },
      {
        path: 'conflicts',
        word: 'admin.conflicts',
        permission: 'routing.lead',
      },
      {
        path: 'routing-map',
        word: 'admin.routingMap',
        permission: 'routing.lead',
      },
      { path: 'shared-work', word: 'admin.sharedWork', permission: 'routing.lead' },
      {
        path: 'staffing',
        word: 'admin.staffing',
        permission: 'routing.lead',
      },
    ],
  },
  {
    word: 'nav.promises',
    pages: [
      {
        path: 'policies',
        word: 'admin.policies',
        permission: 'sla.write',
      },
      {
        path: 'calendars',
        word: 'admin.calendars',
        permission: 'sla.write',
      },
    ],
  },
  {
    word: 'nav.desk',
    pages: [
      {
        path: 'settings',
        word: 'admin.settings',
        permission: 'settings.write',
      },
      {
        path: 'tokens',
        word: 'admin.tokens',
        permission: 'tokens.write',
      },
      {
        path: 'privacy',
        word: 'admin.privacy',
        permission: 'privacy.write',
      },
      {
        path: 'moving',
        word: 'admin.moving',
        permission: 'imports.write',
      },
      {
        path: 'backups',
        word: 'admin.backups',
        permission: 'backups.write',
      },
      { path: 'audit', word: 'admin.audit', permission: 'audit.read' },
    ],
  },
]
