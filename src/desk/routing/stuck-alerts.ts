// Tells those who lead, by mail, of tickets that nobody can take: each once for each cause, many in one mail, at most one mail in a
// quarter of an hour. Beside it stand the number in their rail and the queue board.
import { alertTo, type Reader } from '#desk/outbound/alerts.ts'
import type { Desk } from '#desk/desk.ts'
import type { LiveSnapshot } from '#desk/routing/snapshot.ts'
import { plus, type Instant } from '#kit/time.ts'
import { leads } from '#people/agent-store.ts'
import { sees } from '#people/can.ts'
import type { Move } from '#routing/match.ts'
import type { Routed } from '#routing/route.ts'
import { goInCircles, waitAlone } from '#routing/stuck.ts'
import { claimStuck, forgetEnded, noteStuck, noteUnroutable, type Stuck } from '#routing/stuck-store.ts'
import type { Transaction } from '#store/database.ts'

const BETWEEN_MAILS_SECONDS = 900
/** Of a queue where nobody is, and of one that goes in a circle, one hears again after so long. */
const AGAIN_SECONDS = 6 * 3_600
const SHOWN = 20

/** Notes what waits in vain in some queues though somebody could take it. */
export async function noteWaitingInVain(
  desk: Desk,
  tx: Transaction,
  { snapshot, rows }: LiveSnapshot,
  { crowd, moves }: { crowd: Routed['crowd']; moves: readonly Move[] },
): Promise<void> {
  const now = desk.clock.now()
  const noting = { now, since: plus(now, -AGAIN_SECONDS) }
  for (const [queueId, all] of waitAlone(snapshot, crowd)) {
    const ids = all.filter((id) => (rows.get(id)?.unroutable ?? null) === null)
    if (ids.length > 0) await noteStuck(tx, { queueId, cause: 'nobody_here', ids }, noting)
  }
  for (const [queueId, ids] of goInCircles(snapshot.queues, moves))
    await noteStuck(tx, { queueId, cause: 'circle', ids }, noting)
}

/** Writes to those who lead about what is untold; returns when to look again. */
export async function tellOfStuck(desk: Desk): Promise<Instant | null> {
  const now = desk.clock.now()
  if (!(await noteUnroutable(desk.database, now))) return null
  await forgetEnded(desk.database)
  await desk.database.transaction(async (tx) => {
    const stuck = await claimStuck(tx, { now, since: plus(now, -BETWEEN_MAILS_SECONDS) })
    if (stuck.length === 0) return
    for (const lead of await leads(tx)) {
      const own = stuck.filter((each) => sees(lead, { ...each, assigneeId: null }))
      if (own.length > 0) await tell(desk, tx, lead, own)
    }
  })
  return plus(now, BETWEEN_MAILS_SECONDS)
}

async function tell(desk: Desk, tx: Transaction, lead: Reader, stuck: readonly Stuck[]): Promise<void> {
  const { routing } = await desk.setup.now()
  const skills = new Map(routing.skills.map((each) => [each.id, each.name]))
  const queues = new Map(routing.queues.map((each) => [each.id, each.title]))
  const shown = stuck.slice(0, SHOWN).map((each) => ({
    ...each,
    queue: queues.get(each.queueId) ?? '',
    skills: each.skills.map((id) => skills.get(id) ?? String(id)),
    url: `${desk.baseUrl}/tickets/${each.ticketId}`,
  }))
  await alertTo(desk, tx, {
    key: `alert:stuck:${desk.clock.now()}`,
    to: [lead],
    say: (words) => words.stuck({ shown, more: stuck.length - shown.length, url: `${desk.baseUrl}/queues` }),
    notBy: null,
  })
}
