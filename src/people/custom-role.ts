// What a role of the desk's own comes to: which rights go with which, and which of the four parts its holders have for rules and routing.
import type { Limits } from '#people/can.ts'
import { actions, rightsOf, type Action } from '#people/rights.ts'
import type { Role } from '#people/role.ts'

export type CustomRole = {
  readonly id: number
  readonly name: string
  readonly actions: readonly Action[]
  readonly limits: Limits | null
  readonly archived: boolean
  /** How many active agents hold it. */
  readonly agents: number
}

/** Rights that are of no use, or refused by the life cycle, without others. */
const with_: Partial<Record<Action, readonly Action[]>> = {
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
  'assistant.write': ['assistant.read'],
  'roles.write': ['agents.write'],
}

/** The rights that a role with `chosen` gives: those that they need, and what everybody who works here may do. */
export function completed(chosen: readonly Action[]): Action[] {
  const all = new Set<Action>(rightsOf({ role: 'viewer', customRole: null }))
  const add = (action: Action) => {
    if (all.has(action)) return
    all.add(action)
    with_[action]?.forEach(add)
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
