// Whom a rule's mail goes to: agents and teams by name or by their part on the ticket, or the people it is for. Pure.
import type { PersonId } from '#kit/ids.ts'
import type { Directory } from '#rules/directory.ts'
import type { Effect } from '#rules/effect.ts'
import type { Rule } from '#rules/rule.ts'
import type { Recipient } from '#rules/template.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Addressed = {
  readonly personId: PersonId
  readonly name: string
  readonly email: string
  readonly isAgent: boolean
}

/** Who is known by id: agents by the directory, agents of teams, and the people of the ticket. */
export type KnownPeople = {
  readonly directory: Pick<Directory, 'agents'>
  /** Active agents by team. */
  readonly members: ReadonlyMap<number, readonly number[]>
  readonly people: ReadonlyMap<number, { readonly name: string; readonly email: string | null }>
}

export type Mailing = Effect & { readonly kind: 'reply' | 'notify' }

/** The people of an effect, each once; nobody who has left the desk, and nobody without an address. */
export function recipientsOf(
  effect: Mailing,
  ticket: Ticket,
  rule: Pick<Rule, 'ownerId'>,
  known: KnownPeople,
): readonly Addressed[] {
  if (effect.kind === 'reply') return outsidersOf(effect, ticket).flatMap((id) => outside(id, known))
  const agents = new Map(
    known.directory.agents.filter(({ archived }) => !archived).map((each) => [each.id, each]),
  )
  const found = new Map<number, Addressed>()
  for (const recipient of effect.to)
    for (const id of meant(recipient, ticket, rule, known.members)) {
      const agent = agents.get(id)
      if (agent !== undefined)
        found.set(id, { personId: id as PersonId, name: agent.name, email: agent.email, isAgent: true })
      else if (recipient === 'requester') for (const each of outside(id, known)) found.set(id, each)
    }
  return [...found.values()]
}

/** The people of the ticket whom an effect may mean. */
export function outsidersOf(effect: Mailing, { requesterId, participants }: Ticket): readonly PersonId[] {
  if (effect.kind !== 'reply' || effect.to !== 'all') return [requesterId]
  return [requesterId, ...participants.filter(({ role }) => role === 'cc').map(({ personId }) => personId)]
}

/** The teams that an effect names. */
export function teamsOf(effect: Mailing): readonly number[] {
  if (effect.kind === 'reply') return []
  return effect.to.flatMap((each) => (each.startsWith('team:') ? [idIn(each)] : []))
}

function meant(
  recipient: Recipient,
  ticket: Ticket,
  { ownerId }: Pick<Rule, 'ownerId'>,
  members: KnownPeople['members'],
): readonly number[] {
  switch (recipient) {
    case 'assignee':
      return ticket.assigneeId === null ? [] : [ticket.assigneeId]
    case 'followers':
      return ticket.participants.filter(({ role }) => role === 'follower').map(({ personId }) => personId)
    case 'owner':
      return [ownerId]
    case 'requester':
      return [ticket.requesterId]
    default:
      return recipient.startsWith('agent:') ? [idIn(recipient)] : (members.get(idIn(recipient)) ?? [])
  }
}

function idIn(recipient: string): number {
  return Number(recipient.slice(recipient.indexOf(':') + 1))
}

function outside(id: number, { people }: KnownPeople): readonly Addressed[] {
  const person = people.get(id)
  if (person?.email == null) return []
  return [{ personId: id as PersonId, name: person.name, email: person.email, isAgent: false }]
}
