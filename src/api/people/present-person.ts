// A person as the API tells of one, and who may change whom.
import type { z } from 'zod'
import type { person } from '#api/contract/desk.ts'
import { decline } from '#api/http/problem.ts'
import { findAgent } from '#people/agent-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Person } from '#people/people.ts'
import { countTicketsOf, peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'

/** Who is on staff is no customer: what colleagues read of them is not for every agent to write. */
export async function refuseColleague(db: Db, personId: number, principal: Principal): Promise<void> {
  if ((await findAgent(db, personId)) === null || can(principal, 'agents.write')) return
  if (principal.token === null && principal.agentId === personId) return
  decline('forbidden', 'Colleagues are changed by themselves and by administrators.', {
    refusal: 'forbidden',
  })
}

/** One person, with the number of their tickets that the reader sees. */
export async function withCount(
  db: Db,
  personId: number,
  reader: Principal,
): Promise<z.input<typeof person>> {
  const [found] = await peopleById(db, [personId])
  if (found === undefined) return decline('not-found')
  return { ...presentPerson(found), ticketCount: await countTicketsOf(db, found.id, reader) }
}

/** A person of a list; the address that mail goes to is the first of all. */
export function presentPerson({ otherEmails, ...found }: Person): z.input<typeof person> {
  const emails = found.email === null ? [] : [found.email, ...otherEmails]
  return { ...found, email: found.email ?? '', emails }
}
