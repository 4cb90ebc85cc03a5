// Who may do what, by the one policy table (rights.ts). Every route and every command asks here; what is not listed is denied.
import type { BrandId, EventId, MailboxId, OrganizationId, PersonId, TeamId, TicketId } from '#kit/ids.ts'
import type { Session } from '#people/factor.ts'
import { actions, gives, type Action, type Holder, type Needs } from '#people/rights.ts'
import type { Role } from '#people/role.ts'
import type { VisitorKind } from '#people/visitor-kind.ts'

/** Who asks: an agent at the screen, or a token that acts for one with fewer rights. */
export type Principal = {
  readonly agentId: PersonId
  readonly name: string
  readonly email: string
  readonly role: Role
  /** A role of the desk's own: it alone says what may be done, and `role` is what rules and routing take its holders for. */
  readonly customRole: Holder['customRole']
  /** `some`: those within the limits, whatever their team. */
  readonly sees: 'all' | 'own_teams' | 'some'
  readonly teamIds: readonly TeamId[]
  /** Null: of every brand and mailbox. */
  readonly limits: Limits | null
  readonly sendDelaySeconds: number
  /** Null at the screen; with a token, what the token may do (`*` is everything its agent may). */
  readonly token: {
    readonly id: number
    readonly scopes: readonly string[]
    /** How many requests it may make in a minute; null for any. */
    readonly perMinute: number | null
  } | null
  /** The open session, when one asks. */
  readonly session?: Session
  /** The event that the request answers: what a webhook told it, and it tells back. */
  readonly causeEventId?: EventId
}

/** The brands and mailboxes of which tickets are seen at most; null of one: of all. */
export type Limits = {
  readonly brandIds: readonly BrandId[] | null
  readonly mailboxIds: readonly MailboxId[] | null
}

/** The ticket as far as access goes. */
export type Guarded = {
  readonly teamId: TeamId | null
  readonly assigneeId: PersonId | null
  readonly brandId: BrandId | null
  readonly mailboxId: MailboxId | null
}

/** Whether `principal` may do `action`, and to `ticket` where one is meant. */
export function can(principal: Principal, action: Action, ticket?: Guarded): boolean {
  if (principal.session?.mustEnrol === true) return false
  const { wholeDesk }: Needs = actions[action]
  if (!gives(principal, action)) return false
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
export type Reader = Pick<Principal, 'agentId' | 'sees' | 'teamIds' | 'limits'>

/**
 * Whether the ticket is in sight: all are, or those of one's teams, one's own, and those without a team; but for one's own, within the
 * limits of brand and mailbox.
 */
export function sees(principal: Reader, ticket: Guarded): boolean {
  if (principal.sees === 'all') return true
  if (ticket.assigneeId === principal.agentId) return true
  if (principal.sees === 'own_teams' && ticket.teamId !== null && !principal.teamIds.includes(ticket.teamId))
    return false
  return isWithin(principal, ticket)
}

function isWithin({ sees: what, limits }: Reader, { brandId, mailboxId }: Guarded): boolean {
  // Whoever is limited and came without the limits sees nothing.
  if (limits === null) return what !== 'some'
  const { brandIds, mailboxIds } = limits
  if (brandIds !== null && (brandId === null || !brandIds.includes(brandId))) return false
  return mailboxIds === null || (mailboxId !== null && mailboxIds.includes(mailboxId))
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
