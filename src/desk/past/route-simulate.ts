// Plays the desk's own past through its routing, before and after a change of its people.
import type { Desk } from '#desk/desk.ts'
import { pacesBy, roster, USUAL_WORK_MS } from '#desk/past/roster.ts'
import { sceneFor } from '#desk/routing/enter.ts'
import { ALWAYS } from '#hours/calendar.ts'
import { afterWorkingTime } from '#hours/working-time.ts'
import { plus } from '#kit/time.ts'
import { askedBy, queueOf } from '#routing/ask.ts'
import { readyQueue } from '#routing/book.ts'
import { pacesOfAnswers, pastTickets } from '#routing/history-store.ts'
import { unitsOf } from '#routing/load.ts'
import type { Agent } from '#routing/model.ts'
import type { Arrival, Scenario } from '#routing/simulate.ts'
import { readStaff } from '#routing/staff-store.ts'
import { changed, redrawn, tell, type Change, type Told } from '#routing/what-if.ts'

const MOST_TICKETS = 2_000

export type Simulated = {
  readonly since: string
  readonly tickets: number
  readonly runs: number
  /** How many answers the pace of work was learnt from. */
  readonly answers: number
  /** Tickets that no queue takes, left out. */
  readonly withoutQueue: number
  readonly before: Told
  readonly after: Told
  /** The same past given out blindly, for comparison. */
  readonly inTurn: Told
  readonly leastLoaded: Told
}

/** Refuses nothing: a desk without queues or without a past plays nothing. */
export async function simulateDesk(
  desk: Desk,
  { days, change, runs, seed }: { days: number; change: Change; runs: number; seed: number },
): Promise<Simulated> {
  const setup = await desk.setup.now()
  const { routing, sla } = setup
  const now = desk.clock.now()
  const since = plus(now, -days * 86_400)
  const paces = await pacesOfAnswers(desk.database, plus(now, -180 * 86_400), now)
  const past = await pastTickets(desk.database, since, MOST_TICKETS)
  const paceOf = pacesBy(paces)
  const arrivals: Arrival[] = []
  for (const { ticket, promise } of past) {
    const scene = await sceneFor(desk.database, ticket, setup, now)
    const queue = queueOf(routing, scene)
    if (queue === null) continue
    const at = Date.parse(ticket.openedAt)
    const calendar = sla.calendars.get(promise?.calendarId ?? 'always') ?? ALWAYS
    arrivals.push({
      id: ticket.id,
      queueId: queue.id,
      at,
      priority: ticket.priority,
      channel: ticket.channel,
      handleSeconds: paces.length === 0 ? null : paceOf(ticket.categoryId, 0.5) / 1000,
      units: unitsOf(routing.units, ticket.channel, ticket.categoryId, 1),
      needs: askedBy(routing, queue, scene),
      workMs: USUAL_WORK_MS * Math.max(1, ticket.replyCount),
      dueAt: promise === null ? null : afterWorkingTime(calendar, at, promise.targetSeconds * 1000),
    })
  }
  const byId = new Map(past.map(({ ticket }) => [ticket.id as number, ticket]))
  const work = (arrival: Arrival, draw: number) => {
    const ticket = byId.get(arrival.id)
    return paceOf(ticket?.categoryId ?? null, draw) * Math.max(1, ticket?.replyCount ?? 1)
  }
  const people = await roster(desk, await readStaff(desk.database))
  const queues = routing.queues.map((row) => readyQueue(row, sla.calendars))
  const scenarios = (agents: readonly Agent[], scale: number): Scenario[] =>
    Array.from({ length: runs }, (_, run) => ({
      queues,
      agents,
      arrivals: redrawn(arrivals, { scale, seed: seed + run, work }),
    }))
  const asItWas = scenarios(people, 1)
  return {
    since,
    tickets: arrivals.length,
    runs,
    answers: paces.length,
    withoutQueue: past.length - arrivals.length,
    before: tell(asItWas, 'docket'),
    after: tell(scenarios(changed(people, change), change.scale), 'docket'),
    inTurn: tell(asItWas, 'given_out_in_turn'),
    leastLoaded: tell(asItWas, 'given_out_to_least_loaded'),
  }
}
