// The tickets that are stuck, each with its cause; how many there are of each cause, and how many there were a week ago.
import { standingProposal } from '#assistant/run-store.ts'
import type { Desk } from '#desk/desk.ts'
import { understand } from '#desk/reports/ask.ts'
import { localDate } from '#hours/zone.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { isWhole, type Scope } from '#reporting/scope-store.ts'
import { causesAWeekBefore, isNoted, noteCauses, type CauseCount } from '#reporting/stall-history-store.ts'
import { stuckTickets, type StuckTicket } from '#reporting/stall-store.ts'
import { causeOf } from '#reporting/stalls.ts'
import { stallCauses, type StallCause } from '#reporting/vocabulary.ts'
import { readAgents, readStaff } from '#routing/staff-store.ts'
import type { Db } from '#store/database.ts'
import type { Round } from '#store/lane.ts'

const MOST_LISTED = 500
/** A desk with more has other worries than which cause grows. */
const MOST_COUNTED = 5_000
const LOOK_SECONDS = 3_600

export type StuckBoard = {
  readonly stuck: readonly (StuckTicket & { readonly cause: StallCause })[]
  /** There are more than are listed. */
  readonly more: boolean
  /** Those that occur or did; `weekAgo` is null where that was not noted, or is not the reader's to see. */
  readonly causes: readonly (CauseCount & { readonly weekAgo: number | null })[]
}

/** The board within a scope: the oldest first. */
export async function stuckBoard(desk: Desk, db: Db, scope: Scope): Promise<StuckBoard> {
  const { stuck, counts } = await stuckWithCauses(desk, db, scope)
  const before =
    isWhole(scope) && counts !== null ? await causesAWeekBefore(db, await dayOf(desk, scope.now)) : []
  const causes = (counts ?? countsOf(stuck)).map((each) => {
    const past = before.find(({ cause }) => cause === each.cause)
    return { ...each, weekAgo: past?.tickets ?? (before.length > 0 ? 0 : null) }
  })
  return {
    stuck: stuck.slice(0, MOST_LISTED),
    more: stuck.length > MOST_LISTED,
    causes: causes.filter(({ tickets, weekAgo }) => tickets + (weekAgo ?? 0) > 0),
  }
}

/** The round that notes once a day why how many tickets are stuck. */
export function noteStalls(desk: Desk): () => Promise<Round> {
  let nextAt = desk.clock.now()
  return async () => {
    const at = desk.clock.now()
    if (at < nextAt) return nextAt
    const { database } = desk
    const day = await dayOf(desk, at)
    if (!(await isNoted(database, day))) {
      const reader = { agentId: 0 as PersonId, sees: 'all', teamIds: [], limits: null } as const
      const whole = await understand(desk, { key: 'backlog' }, { reader, people: 'everybody' })
      if (!whole.ok) throw new Error(`Bug: ${whole.path} ${whole.message}`)
      const { counts } = await stuckWithCauses(desk, database, whole.question.scope)
      if (counts !== null) await noteCauses(database, day, counts)
    }
    nextAt = plus(at, LOOK_SECONDS)
    return nextAt
  }
}

async function dayOf(desk: Desk, at: Instant): Promise<string> {
  return localDate((await desk.setup.now()).desk.timeZone, Date.parse(at))
}

type Causes = {
  readonly stuck: StuckBoard['stuck']
  /** Of every cause; null when there are too many to count. */
  readonly counts: readonly CauseCount[] | null
}

async function stuckWithCauses(desk: Desk, db: Db, scope: Scope): Promise<Causes> {
  const found = await stuckTickets(db, scope, MOST_COUNTED + 1)
  const overloaded = await overloadedAgents(desk, db)
  const proposing = await withProposals(db, found)
  const stuck = found.map((each) => ({
    ...each,
    cause: causeOf({
      ...each,
      overloaded: overloaded.has(each.assigneeId ?? 0),
      proposes: proposing.has(each.ticketId),
    }),
  }))
  return { stuck, counts: found.length > MOST_COUNTED ? null : countsOf(stuck) }
}

function countsOf(stuck: StuckBoard['stuck']): CauseCount[] {
  const by = Map.groupBy(stuck, ({ cause }) => cause)
  return stallCauses.map((cause) => ({ cause, tickets: by.get(cause)?.length ?? 0 }))
}

/** Those on which what a procedure proposes still waits for a yes. Few have ever had one: each is asked for itself. */
async function withProposals(db: Db, found: readonly StuckTicket[]): Promise<Set<number>> {
  const proposing = new Set<number>()
  for (const { ticketId, proposalSeq } of found)
    if (proposalSeq !== null && (await standingProposal(db, ticketId, proposalSeq)) !== null)
      proposing.add(ticketId)
  return proposing
}

/** Those who have more in hand than they are to have. */
async function overloadedAgents(desk: Desk, db: Db): Promise<Set<number>> {
  const { routing, sla } = await desk.setup.now()
  const agents = await readAgents(db, await readStaff(db), routing.units, sla.calendars, desk.clock.now())
  return new Set(agents.flatMap(({ id, used, maxUnits }) => (used > maxUnits ? [id] : [])))
}
