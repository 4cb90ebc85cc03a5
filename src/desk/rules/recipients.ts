// Whom a rule's mail goes to: agents and teams by name or by their part on the ticket, or the people it is for.
import type { Decided } from '#desk/update.ts'
import type { PersonId } from '#kit/ids.ts'
import { peopleById } from '#people/person-store.ts'
import type { Effect } from '#rules/effect.ts'
import type { Rule } from '#rules/rule.ts'
import type { Recipient } from '#rules/template.ts'
import { membersOfTeams } from '#rules/scene-store.ts'
import type { Db } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Addressed = {
  readonly personId: PersonId
  readonly name: string
  readonly email: string
  readonly isAgent: boolean
}

/** The people of an effect, each once; nobody who has left the desk. */
export async function recipientsOf(
  db: Db,
  { setup }: Decided,
  ticket: Ticket,
  effect: Effect & { readonly kind: 'reply' | 'notify' },
  rule: Rule,
): Promise<readonly Addressed[]> {
  if (effect.kind === 'reply') {
    const cc = ticket.participants.filter(({ role }) => role === 'cc').map(({ personId }) => personId)
    return peopleOutside(db, effect.to === 'all' ? [ticket.requesterId, ...cc] : [ticket.requesterId])
  }
  const agents = new Map(
    setup.directory.agents.filter(({ archived }) => !archived).map((each) => [each.id, each]),
  )
  const found = new Map<number, Addressed>()
  for (const recipient of effect.to) {
    for (const one of await resolved(db, recipient, ticket, rule)) {
      const agent = agents.get(one)
      if (agent !== undefined)
        found.set(one, { personId: one as PersonId, name: agent.name, email: agent.email, isAgent: true })
      else if (recipient === 'requester')
        for (const each of await peopleOutside(db, [one])) found.set(one, each)
    }
  }
  return [...found.values()]
}

async function resolved(
  db: Db,
  recipient: Recipient,
  ticket: Ticket,
  rule: Rule,
): Promise<readonly number[]> {
  switch (recipient) {
    case 'assignee':
      return ticket.assigneeId === null ? [] : [ticket.assigneeId]
    case 'followers':
      return ticket.participants.filter(({ role }) => role === 'follower').map(({ personId }) => personId)
    case 'owner':
      return [rule.ownerId]
    case 'requester':
      return [ticket.requesterId]
    default: {
      const id = Number(recipient.slice(recipient.indexOf(':') + 1))
      if (recipient.startsWith('agent:')) return [id]
      return (await membersOfTeams(db, [id])).map((member) => member.id)
    }
  }
}

async function peopleOutside(db: Db, ids: readonly number[]): Promise<readonly Addressed[]> {
  const people = await peopleById(db, ids)
  return ids.flatMap((id) => {
    const person = people.find((each) => each.id === id)
    if (person?.email == null) return []
    return [{ personId: person.id, name: person.name, email: person.email, isAgent: false }]
  })
}
