// A change of routing as it is asked to be tried, read into what would be kept; declined where a part of the tickets or of the time would
// say nothing, or it names what is not there.
import type { z } from 'zod'
import type { newBacktest, triedRouting } from '#api/contract/backtests.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { declineInput } from '#api/http/problem.ts'
import { definitionFrom, needsFrom, unitsOf } from '#api/routing/queue-input.ts'
import { triedAgent } from '#api/routing/staff-input.ts'
import type { AskedRouting } from '#backtest/backtest-store.ts'
import type { Desk } from '#desk/desk.ts'
import { findTeam } from '#people/agent-store.ts'
import { keptBook } from '#routing/book.ts'
import { namedBy, type TriedQueue, type TriedRouting, type TriedSkill } from '#routing/draft-book.ts'
import { findQueue, findSkill } from '#routing/queue-store.ts'
import { readStaff, type StaffRow } from '#routing/staff-store.ts'
import type { Db } from '#store/database.ts'

type Asked = z.output<typeof triedRouting>

/** How routing is to be played, beside the routing and the staff that are live now. */
export async function routingOf(
  desk: Desk,
  db: Db,
  { shadow, filter, sample }: z.output<typeof newBacktest>,
  { presence, ...changes }: NonNullable<z.output<typeof newBacktest>['routing']>,
): Promise<AskedRouting> {
  if (shadow !== undefined) declineInput('shadow', 'routing is played over the past only')
  if (filter !== undefined) declineInput('filter', 'who gets what hangs on all tickets: leave it out')
  if (sample !== undefined) declineInput('sample', 'who gets what hangs on all tickets: leave it out')
  const { routing } = await desk.setup.now()
  const staff = await readStaff(db)
  const tried = await triedOf(desk, db, changes, staff)
  if (!tried.queue && routing.queues.length === 0) declineInput('routing', 'this desk has no queues')
  return { presence, book: keptBook(routing), staffThen: staff, ...tried }
}

/** What would be kept of the changes. */
export async function triedOf(
  desk: Desk,
  db: Db,
  { queue, skill, units, staff: agents, team }: Asked,
  staff: readonly StaffRow[],
): Promise<TriedRouting> {
  const tried: TriedRouting = {
    ...(queue === undefined ? {} : { queue: await queueOf(desk, db, queue) }),
    ...(skill === undefined ? {} : { skill: await skillOf(desk, db, skill) }),
    ...(units === undefined ? {} : { units: unitsOf(units) }),
    ...(agents === undefined
      ? {}
      : {
          staff: await Promise.all(
            agents.map((each, index) => triedAgent(desk, staff, each, `routing.staff.${index}`)),
          ),
        }),
    ...(team === undefined ? {} : { team: await teamOf(db, team, staff) }),
  }
  return namedBy(tried) === null ? {} : tried
}

async function queueOf(desk: Desk, db: Db, queue: NonNullable<Asked['queue']>): Promise<TriedQueue> {
  const { id = null, position, archived, ...body } = queue
  const from = id === null ? null : await findQueue(db, id)
  if (id !== null && from === null) declineInput('routing.queue.id', 'is no queue')
  if (archived === true && id !== null)
    await refuseInUse(db, { kind: 'queue', id }, `The queue “${body.title}”`)
  return {
    id,
    title: body.title,
    definition: await definitionFrom(desk, body, from),
    ...(position === undefined ? {} : { position }),
    ...(archived === undefined ? {} : { archived }),
  }
}

async function skillOf(desk: Desk, db: Db, skill: NonNullable<Asked['skill']>): Promise<TriedSkill> {
  const { id = null, name, needs, archived } = skill
  const from = id === null ? null : await findSkill(db, id)
  if (id !== null && from === null) declineInput('routing.skill.id', 'is no skill')
  return {
    id,
    name,
    needs: needs === undefined ? (from?.needs ?? []) : await needsFrom(desk, needs),
    ...(archived === undefined ? {} : { archived }),
  }
}

async function teamOf(
  db: Db,
  { id, members }: NonNullable<Asked['team']>,
  staff: readonly StaffRow[],
): Promise<NonNullable<TriedRouting['team']>> {
  const found = await findTeam(db, id)
  if (found === null || found.archived) return declineInput('routing.team.id', 'is no team')
  const strange = members.find((each) => !staff.some((row) => row.id === each))
  if (strange !== undefined) declineInput('routing.team.members', `${strange} is no agent who takes tickets`)
  return { id, name: found.name, members: [...new Set(members)].toSorted((a, b) => a - b) }
}
