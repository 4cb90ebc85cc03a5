// The one policy table: who may do what. Every route and every command asks here; what is not listed is denied.
import type { BrandId, EventId, OrganizationId, PersonId, TeamId, TicketId } from '#kit/ids.ts'
import type { Session } from '#people/factor.ts'
import type { Role } from '#people/role.ts'
import type { VisitorKind } from '#people/visitor-kind.ts'

/** Who asks: an agent at the screen, or a token that acts for one with fewer rights. */
export type Principal = {
  readonly agentId: PersonId
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly sees: 'all' | 'own_teams'
  readonly teamIds: readonly TeamId[]
  readonly sendDelaySeconds: number
  /** Null at the screen; with a token, what the token may do (`*` is everything its agent may). */
  readonly token: { readonly id: number; readonly scopes: readonly string[] } | null
  /** The open session, when one asks. */
  readonly session?: Session
  /** The event that the request answers: what a webhook told it, and it tells back. */
  readonly causeEventId?: EventId
}

/**
 * The least role that may do an action and the token scope it needs. What shows or sends the whole desk, whatever team a ticket
 * belongs to, is for those who see all of it.
 */
type Needs = { readonly role: Role; readonly scope: string; readonly wholeDesk?: true }

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
  'metrics.read': { role: 'admin', scope: 'metrics:read' },
  'audit.read': { role: 'admin', scope: 'audit:read', wholeDesk: true },
} as const satisfies Record<string, Needs>

export type Action = keyof typeof actions

const rank: Record<Role, number> = { viewer: 0, agent: 1, lead: 2, admin: 3 }

/** The ticket as far as access goes. */
export type Guarded = { readonly teamId: TeamId | null; readonly assigneeId: PersonId | null }

/** Whether `principal` may do `action`, and to `ticket` where one is meant. */
export function can(principal: Principal, action: Action, ticket?: Guarded): boolean {
  if (principal.session?.mustEnrol === true) return false
  const { role, wholeDesk }: Needs = actions[action]
  if (rank[principal.role] < rank[role]) return false
  if (wholeDesk === true && principal.sees !== 'all') return false
  if (scopeMissing(principal, action) !== null) return false
  return ticket === undefined || sees(principal, ticket)
}

/** The scope that a token would need for `action` and has not; null where that is not what is missing. */
export function scopeMissing({ token }: Principal, action: Action): string | null {
  const { scope } = actions[action]
  return token === null || token.scopes.some((held) => held === '*' || held === scope) ? null : scope
}

/** Who visits through a widget: no agent, and nothing of the desk is theirs but the chats that `isTheirs` says. */
export type Visitor = {
  readonly id: number
  readonly widgetId: number
  readonly kind: VisitorKind
  /** Who they are at the company's site. */
  readonly subject: string | null
  /** Null until they have written. */
  readonly personId: PersonId | null
  readonly name: string
  /** Believed only of a verified one. */
  readonly email: string | null
  readonly language: string | null
  readonly timeZone: string | null
}

/**
 * Whether a visitor may see and continue a chat: one that they began, or, once it is shown who they are, one of their own. A chat that
 * was given to another person is no longer that of the stranger who began it.
 */
export function isTheirs(
  visitor: Pick<Visitor, 'id' | 'kind' | 'personId'>,
  chat: { readonly visitorId: number; readonly requesterId: PersonId; readonly isSameBrand: boolean },
): boolean {
  if (chat.requesterId !== visitor.personId) return false
  return chat.visitorId === visitor.id || (visitor.kind === 'verified' && chat.isSameBrand)
}

/** For whom sight is judged. */
export type Reader = Pick<Principal, 'agentId' | 'sees' | 'teamIds'>

/** Whether the ticket is in sight: all are, or those of one's teams, one's own, and those without a team. */
export function sees(principal: Reader, ticket: Guarded): boolean {
  if (principal.sees === 'all') return true
  if (ticket.assigneeId === principal.agentId) return true
  return ticket.teamId === null || principal.teamIds.includes(ticket.teamId)
}

/** A customer: signed in at a brand's portal, or with a link that opens one ticket. Has none of the rights above. */
export type Requester = {
  readonly kind: 'requester'
  readonly personId: PersonId
  readonly brandId: BrandId
  /** The organisation whose tickets they read as its manager. */
  readonly managesId: OrganizationId | null
  /** All that a link opens; null at the portal. */
  readonly onlyTicketId: TicketId | null
}

/** A ticket as far as a customer's access goes. */
export type Owned = {
  readonly id: TicketId
  readonly brandId: BrandId
  readonly requesterId: PersonId
  readonly participants: readonly { readonly personId: PersonId; readonly role: string }[]
  /** Its own organisation, or its requester's. */
  readonly organizationId: OrganizationId | null
  /** Spam, deleted or merged into another. */
  readonly isHidden: boolean
}

/** Each thing that customers do to a ticket, with those who may. What is not listed is denied. */
const requesterActions = {
  'ticket.read': ['requester', 'cc', 'manager'],
  'ticket.answer': ['requester', 'cc'],
  'ticket.settle': ['requester'],
  'ticket.rate': ['requester'],
} as const satisfies Record<string, readonly ('requester' | 'cc' | 'manager')[]>

export type RequesterAction = keyof typeof requesterActions

/** Whether a customer may do `action` to `ticket`; whoever may not read it is to hear that there is none. */
export function requesterCan(requester: Requester, action: RequesterAction, ticket: Owned): boolean {
  const { personId, brandId, managesId, onlyTicketId } = requester
  if (ticket.isHidden || ticket.brandId !== brandId) return false
  if (onlyTicketId !== null && onlyTicketId !== ticket.id) return false
  const is = {
    requester: ticket.requesterId === personId,
    cc: ticket.participants.some((each) => each.personId === personId && each.role === 'cc'),
    manager: onlyTicketId === null && managesId !== null && ticket.organizationId === managesId,
  }
  return requesterActions[action].some((who) => is[who])
}

/** Every scope a token can be given, apart from `*`. */
export const scopes: readonly string[] = [
  ...new Set(Object.values(actions).map(({ scope }) => scope)),
].toSorted()
