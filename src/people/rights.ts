// The one policy table: which role gives which right, and the scope that a token needs for it. It imports nothing but the list of
// roles, so that the app takes it as it is; whether somebody may do something says `can.ts`. Below it, what a role of the desk's own comes to.
import type { Role } from '#people/role.ts'

/**
 * The least role that may do an action and the token scope it needs. What shows or sends the whole desk, whatever team a ticket
 * belongs to, is for those who see all of it.
 */
export type Needs = { readonly role: Role; readonly scope: string; readonly wholeDesk?: true }

/** Each action with what it needs. */
export const actions = {
  'ticket.read': { role: 'viewer', scope: 'tickets:read' },
  'ticket.create': { role: 'agent', scope: 'tickets:write' },
  'ticket.update': { role: 'agent', scope: 'tickets:write' },
  'ticket.assign': { role: 'agent', scope: 'tickets:write' },
  'ticket.reply': { role: 'agent', scope: 'tickets:write' },
  // Programs that people let work through tools: beside the right to reply, so that drafts are what they write unless it is said.
  'ticket.send_unasked': { role: 'agent', scope: 'tickets:reply' },
  'ticket.note': { role: 'agent', scope: 'tickets:write' },
  'ticket.merge': { role: 'agent', scope: 'tickets:write' },
  'ticket.split': { role: 'agent', scope: 'tickets:write' },
  'ticket.spam': { role: 'agent', scope: 'tickets:write' },
  'ticket.reopen_closed': { role: 'agent', scope: 'tickets:write' },
  'ticket.close': { role: 'lead', scope: 'tickets:write' },
  'ticket.delete': { role: 'lead', scope: 'tickets:write' },
  'ticket.undo_any': { role: 'lead', scope: 'tickets:write' },
  'ticket.review': { role: 'lead', scope: 'tickets:write' },
  'ticket.bulk': { role: 'agent', scope: 'tickets:write' },
  'ticket.import': { role: 'lead', scope: 'tickets:import' },
  'mail.receive': { role: 'lead', scope: 'mail:receive' },
  'people.read': { role: 'viewer', scope: 'people:read' },
  'people.write': { role: 'agent', scope: 'people:write' },
  'people.managers': { role: 'lead', scope: 'people:write', wholeDesk: true },
  'desk.read': { role: 'viewer', scope: 'desk:read' },
  'settings.write': { role: 'admin', scope: 'desk:write' },
  'sla.write': { role: 'admin', scope: 'desk:write' },
  'routing.write': { role: 'admin', scope: 'desk:write' },
  'routing.lead': { role: 'lead', scope: 'desk:write' },
  'agents.write': { role: 'admin', scope: 'agents:write' },
  'roles.write': { role: 'admin', scope: 'agents:write', wholeDesk: true },
  'sign_in.write': { role: 'admin', scope: 'desk:write' },
  'directory.write': { role: 'admin', scope: 'scim', wholeDesk: true },
  'teams.write': { role: 'admin', scope: 'teams:write' },
  'fields.write': { role: 'admin', scope: 'desk:write' },
  'categories.write': { role: 'lead', scope: 'desk:write' },
  'taxonomy.merge': { role: 'lead', scope: 'desk:write', wholeDesk: true },
  'tags.write': { role: 'lead', scope: 'desk:write' },
  'views.write': { role: 'viewer', scope: 'desk:read' },
  'macros.write': { role: 'agent', scope: 'desk:write' },
  'macros.share': { role: 'lead', scope: 'desk:write' },
  'articles.read': { role: 'viewer', scope: 'articles:read' },
  'articles.write': { role: 'lead', scope: 'articles:write' },
  'views.share': { role: 'lead', scope: 'desk:write' },
  'tokens.write': { role: 'admin', scope: 'tokens:write' },
  'mailboxes.read': { role: 'lead', scope: 'mailboxes:read' },
  'mailboxes.write': { role: 'admin', scope: 'mailboxes:write' },
  'outbox.read': { role: 'lead', scope: 'outbox:read' },
  'outbox.retry': { role: 'lead', scope: 'outbox:write' },
  'quarantine.read': { role: 'agent', scope: 'quarantine:read' },
  'quarantine.decide': { role: 'agent', scope: 'quarantine:write' },
  'senders.domains': { role: 'lead', scope: 'quarantine:write' },
  'imports.write': { role: 'admin', scope: 'imports:write', wholeDesk: true },
  'mails.read': { role: 'admin', scope: 'mails:read', wholeDesk: true },
  'mail_policy.write': { role: 'admin', scope: 'desk:write' },
  'rules.read': { role: 'agent', scope: 'rules:read' },
  'rules.write': { role: 'lead', scope: 'rules:write' },
  'rules.publish': { role: 'admin', scope: 'rules:write', wholeDesk: true },
  'config.publish_without_backtest': { role: 'admin', scope: 'rules:untested', wholeDesk: true },
  'webhooks.write': { role: 'admin', scope: 'rules:write', wholeDesk: true },
  'assistant.read': { role: 'lead', scope: 'assistant:read' },
  'assistant.judge': { role: 'lead', scope: 'assistant:write' },
  'assistant.write': { role: 'admin', scope: 'assistant:write', wholeDesk: true },
  'privacy.write': { role: 'admin', scope: 'privacy:write', wholeDesk: true },
  'backups.write': { role: 'admin', scope: 'backups:write', wholeDesk: true },
  'metrics.read': { role: 'admin', scope: 'metrics:read' },
  'audit.read': { role: 'admin', scope: 'audit:read', wholeDesk: true },
} as const satisfies Record<string, Needs>

export type Action = keyof typeof actions

const rank: Record<Role, number> = { viewer: 0, agent: 1, lead: 2, admin: 3 }

/** Whoever holds a role: one of the four, or one of the desk's own. */
export type Holder = {
  readonly role: Role
  readonly customRole: {
    readonly id: number
    readonly name: string
    readonly actions: readonly Action[]
  } | null
}

/** Whether a role gives a right at all, whatever wall or token takes it again. */
export function gives({ role, customRole }: Holder, action: Action): boolean {
  return customRole === null ? rank[role] >= rank[actions[action].role] : customRole.actions.includes(action)
}

/** Every right that a role gives. */
export function rightsOf(holder: Holder): Action[] {
  return (Object.keys(actions) as Action[]).filter((action) => gives(holder, action))
}

/** Rights that are of no use, or refused by the life cycle, without others. */
const needed: Partial<Record<Action, readonly Action[]>> = {
  'ticket.update': ['ticket.note'],
  'ticket.reply': ['ticket.update'],
  'ticket.send_unasked': ['ticket.reply'],
  'ticket.create': ['ticket.update'],
  'ticket.assign': ['ticket.update'],
  'ticket.merge': ['ticket.update'],
  'ticket.split': ['ticket.update'],
  'ticket.spam': ['ticket.update'],
  'ticket.bulk': ['ticket.update'],
  'ticket.reopen_closed': ['ticket.update'],
  'ticket.close': ['ticket.update'],
  'ticket.delete': ['ticket.close'],
  'ticket.undo_any': ['ticket.close'],
  'people.managers': ['people.write'],
  'routing.write': ['routing.lead'],
  'macros.share': ['macros.write'],
  'quarantine.decide': ['quarantine.read'],
  'senders.domains': ['quarantine.decide'],
  'outbox.retry': ['outbox.read'],
  'mailboxes.write': ['mailboxes.read'],
  'rules.write': ['rules.read'],
  'rules.publish': ['rules.write'],
  'config.publish_without_backtest': ['rules.publish'],
  'assistant.judge': ['assistant.read'],
  'assistant.write': ['assistant.read'],
  'roles.write': ['agents.write'],
}

/** The rights that a role with `chosen` gives: those that they need, and what everybody who works here may do. */
export function completed(chosen: readonly Action[]): Action[] {
  const all = new Set<Action>(rightsOf({ role: 'viewer', customRole: null }))
  const add = (action: Action) => {
    if (all.has(action)) return
    all.add(action)
    needed[action]?.forEach(add)
  }
  chosen.forEach(add)
  return knownOf([...all])
}

/** Of what was kept once, the rights that there are still, in the order of the table. */
export function knownOf(kept: readonly string[]): Action[] {
  return (Object.keys(actions) as Action[]).filter((action) => kept.includes(action))
}

/** What a holder is for rules, routing and the life cycle of tickets: never an administrator. */
export function partOf(given: readonly Action[]): Role {
  if (given.includes('ticket.close')) return 'lead'
  return given.includes('ticket.update') ? 'agent' : 'viewer'
}

/** What the notes-only role of colleagues from other departments gives. */
export const lightAgent: readonly Action[] = completed(['ticket.note'])
