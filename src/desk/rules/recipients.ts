// Gathers who a rule's mail may mean; `rules/recipients.ts` says whom it goes to.
import type { Decided } from '#desk/update.ts'
import { peopleById } from '#people/person-store.ts'
import { outsidersOf, recipientsOf, teamsOf, type Addressed, type Mailing } from '#rules/recipients.ts'
import type { Rule } from '#rules/rule.ts'
import { membersOfTeams } from '#rules/scene-store.ts'
import type { Db } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The people of an effect, each once; nobody who has left the desk. */
export async function addresseesOf(
  db: Db,
  { setup }: Decided,
  ticket: Ticket,
  effect: Mailing,
  rule: Rule,
): Promise<readonly Addressed[]> {
  const members = await membersOfTeams(db, teamsOf(effect))
  const people = await peopleById(db, outsidersOf(effect, ticket))
  const { directory } = setup
  return recipientsOf(effect, ticket, rule, {
    directory,
    members,
    people: new Map(people.map((each) => [each.id, each])),
  })
}
