// Every page of the administration, grouped, with the settings that stand on it: the search finds both.
import type { Permission } from '../../src/api/contract.ts'
import type { WordId } from '../words/say.ts'

export type AdminPage = {
  path: string
  word: WordId
  permission: Permission
  /** What can be set there, by its label. */
  holds?: readonly WordId[]
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
        holds: ['agents.role', 'agents.teams', 'field.password'],
      },
      { path: 'teams', word: 'admin.teams', permission: 'teams.write', holds: ['teams.members'] },
      {
        path: 'people',
        word: 'admin.people',
        permission: 'people.write',
        holds: ['people.organization', 'people.language', 'people.notes'],
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
        holds: ['macros.text', 'macros.changes'],
      },
      {
        path: 'articles',
        word: 'admin.articles',
        permission: 'articles.read',
        holds: ['articles.section', 'articles.audience'],
      },
      { path: 'views', word: 'admin.views', permission: 'views.share', holds: ['health.findings'] },
      {
        path: 'categories',
        word: 'admin.categories',
        permission: 'categories.write',
        holds: ['categories.parent'],
      },
      {
        path: 'fields',
        word: 'admin.fields',
        permission: 'fields.write',
        holds: ['fields.requiredLong', 'fields.personalLong', 'fields.options'],
      },
      {
        path: 'forms',
        word: 'admin.forms',
        permission: 'fields.write',
        holds: ['forms.questions', 'forms.thanks'],
      },
      { path: 'tags', word: 'admin.tags', permission: 'tags.write' },
    ],
  },
  {
    word: 'nav.work',
    pages: [
      { path: 'rules', word: 'admin.rules', permission: 'rules.read' },
      { path: 'webhooks', word: 'admin.webhooks', permission: 'webhooks.write' },
      { path: 'queues', word: 'admin.queues', permission: 'routing.write', holds: ['units.title'] },
      { path: 'skills', word: 'admin.skills', permission: 'routing.lead', holds: ['staff.maxUnits'] },
      {
        path: 'conflicts',
        word: 'admin.conflicts',
        permission: 'routing.lead',
        holds: ['conflicts.organization'],
      },
      { path: 'routing-map', word: 'admin.routingMap', permission: 'routing.lead', holds: ['map.trace'] },
      { path: 'shared-work', word: 'admin.sharedWork', permission: 'routing.lead' },
      { path: 'staffing', word: 'admin.staffing', permission: 'routing.lead', holds: ['staffing.promise'] },
      { path: 'policies', word: 'admin.policies', permission: 'sla.write' },
      { path: 'calendars', word: 'admin.calendars', permission: 'sla.write' },
    ],
  },
  {
    word: 'nav.mail',
    pages: [
      { path: 'mailboxes', word: 'admin.mailboxes', permission: 'mailboxes.read' },
      { path: 'mail-templates', word: 'admin.mailTemplates', permission: 'mail_policy.write' },
      { path: 'mail-safety', word: 'admin.mailSafety', permission: 'mail_policy.write' },
      { path: 'mails', word: 'admin.mails', permission: 'mail_policy.write' },
      { path: 'outbox', word: 'admin.outbox', permission: 'outbox.read' },
      {
        path: 'quarantine',
        word: 'admin.quarantine',
        permission: 'quarantine.read',
        holds: ['quarantine.allow'],
      },
    ],
  },
  {
    word: 'nav.desk',
    pages: [
      {
        path: 'brands',
        word: 'admin.brands',
        permission: 'settings.write',
        holds: ['brands.fromName', 'brands.logo', 'brands.color'],
      },
      {
        path: 'settings',
        word: 'admin.settings',
        permission: 'settings.write',
        holds: [
          'settings.deskName',
          'settings.timeZone',
          'settings.mailFrom',
          'settings.signature',
          'settings.sendDelay',
          'settings.acknowledgement',
          'settings.acknowledgementText',
          'settings.autoClose',
          'settings.reopenWindow',
          'settings.onHoldReply',
        ],
      },
      {
        path: 'tokens',
        word: 'admin.tokens',
        permission: 'tokens.write',
        holds: ['tokens.scopes', 'tokens.expires'],
      },
      { path: 'audit', word: 'admin.audit', permission: 'audit.read' },
    ],
  },
]
