// How long tickets stay in each status, told by team or by category: Kaplan and Meier's estimate of each.
import type { Desk } from '#desk/desk.ts'
import { namesFor, type Question } from '#desk/reports/ask.ts'
import { FEWEST } from '#reporting/report.ts'
import { staysBy } from '#reporting/stall-store.ts'
import { medianOf, survivalOf, timeUntil, type Lasted } from '#reporting/survival.ts'
import type { StayField } from '#reporting/vocabulary.ts'
import type { Db } from '#store/database.ts'
import { activeStatuses, type ActiveStatus } from '#tickets/vocabulary.ts'

export type Stayed = {
  readonly status: ActiveStatus
  readonly group: string | null
  readonly groupKey: string | null
  readonly n: number
  readonly running: number
  /** Seconds; null where not reached, and of fewer than ten. The bounds are of 95 %, null where one was not reached. */
  readonly median: number | null
  readonly low: number | null
  readonly high: number | null
  readonly p95: number | null
}

/** Within the scope of a question; of each status the groups with the most first. */
export async function staysOf(desk: Desk, db: Db, { scope }: Question, by: StayField): Promise<Stayed[]> {
  const nameOf = namesFor(await desk.setup.now(), by)
  const found = await staysBy(db, scope, by)
  return activeStatuses.flatMap((status) =>
    [
      ...Map.groupBy(
        found.filter((each) => each.status === status),
        ({ group }) => group,
      ),
    ]
      .map(([groupKey, own]) => ({
        status,
        group: groupKey === null ? null : nameOf(groupKey),
        groupKey,
        ...told(own),
      }))
      .toSorted((a, b) => b.n - a.n || String(a.group).localeCompare(String(b.group))),
  )
}

function told(own: readonly Lasted[]): Omit<Stayed, 'status' | 'group' | 'groupKey'> {
  const running = own.reduce((sum, { lost }) => sum + lost, 0)
  const n = running + own.reduce((sum, { ended }) => sum + ended, 0)
  if (n < FEWEST) return { n, running, median: null, low: null, high: null, p95: null }
  const steps = survivalOf(own)
  const { low = null, high = null } = medianOf(steps) ?? {}
  return { n, running, median: timeUntil(steps, 0.5), low, high, p95: timeUntil(steps, 0.95) }
}
