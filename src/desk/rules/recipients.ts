// Gathers who a rule's mail may mean; `rules/recipients.ts` says whom it goes to.
import { whereTo } from '#desk/outbound/where-to.ts'
import type { Decided } from '#desk/update.ts'
import { readersById } from '#people/agent-store.ts'
import { sees } from '#people/can.ts'
import { outsidersOf, recipientsOf, teamsOf, type Addressed, type Mailing } from '#rules/recipients.ts'
import type { Rule } from '#rules/rule.ts'
import { membersOfTeams } from '#rules/scene-store.ts'
import type { Db } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The people of an effect, each once; nobody who has left the desk, and no agent who does not see the ticket. */
export async function addresseesOf(
  db: Db,
  { setup, content }: Decided,
  ticket: Ticket,
  effect: Mailing,
  rule: Rule,
): Promise<readonly Addressed[]> {
  const members = await membersOfTeams(db, teamsOf(effect))
  const people = await whereTo(db, ticket, outsidersOf(effect, ticket), content.messages)
  const { directory } = setup
  const found = recipientsOf(effect, ticket, rule, {
    directory,
    members,
    people,
  })
  return withoutTheBlind(db, ticket, found)
}

/** What the app does not show an agent, no mail tells them either: whoever followed a ticket may have lost sight of it. */
async function withoutTheBlind(
  db: Db,
  ticket: Ticket,
  found: readonly Addressed[],
): Promise<readonly Addressed[]> {
  const agents = found.flatMap(({ isAgent, personId }) => (isAgent ? [personId] : []))
  if (agents.length === 0) return found
  const readers = await readersById(db, agents)
  const seeing = new Set(readers.flatMap((each) => (sees(each, ticket) ? [each.agentId] : [])))
  return found.filter(({ isAgent, personId }) => !isAgent || seeing.has(personId))
}
