// What an import says of itself: for each kind how many it saw and what became of them. The sum of the outcomes is what was seen.
import { secondsBetween, type Instant } from '#kit/time.ts'

export const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

export type Count = Readonly<Record<Outcome | 'seen', number>>
export type Counts = Readonly<Record<string, Count>>

/** What became of one record. */
export type Result = {
  readonly kind: string
  readonly id: string
  /** Where it stands at its source, such as a line. */
  readonly place?: string
  readonly outcome: Outcome
  /** Why it was skipped or failed, or what was mended in it. */
  readonly reason?: string
}

/** The place of a record, to be spread where it has one. */
export function placeOf({ place }: { readonly place?: string | undefined }): { readonly place?: string } {
  return place === undefined ? {} : { place }
}

/** A reason with how often it was met and the first record that met it. */
export type Problem = {
  readonly kind: string
  readonly reason: string
  readonly count: number
  readonly sample: string
}

const NONE: Count = { seen: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }
/** Reasons beyond these are counted with the last. */
const MOST_REASONS = 100

/** The counts with some more results. */
export function counted(counts: Counts, results: readonly Result[]): Counts {
  const sums: Record<string, Record<Outcome | 'seen', number>> = Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => [kind, { ...count }]),
  )
  for (const { kind, outcome } of results) {
    const sum = (sums[kind] ??= { ...NONE })
    sum.seen++
    sum[outcome]++
  }
  return sums
}

/** The problems with those of some more results. */
export function problemsWith(problems: readonly Problem[], results: readonly Result[]): Problem[] {
  const found = new Map(problems.map((problem) => [`${problem.kind} ${problem.reason}`, problem]))
  for (const { kind, id, place, reason: said } of results) {
    if (said === undefined) continue
    const isKnown = found.has(`${kind} ${said}`) || found.size < MOST_REASONS
    const reason = isKnown ? said : 'other reasons'
    const known = found.get(`${kind} ${reason}`)
    found.set(`${kind} ${reason}`, {
      kind,
      reason,
      count: (known?.count ?? 0) + 1,
      sample: known?.sample ?? place ?? id,
    })
  }
  return [...found.values()]
}

/** What becomes of a record of a version, given the version that was told before. */
export function outcomeOf(
  told: string | undefined,
  version: string,
): Extract<Outcome, 'created' | 'updated' | 'unchanged'> {
  if (told === undefined) return 'created'
  return told === version ? 'unchanged' : 'updated'
}

/** How many records were seen, of whatever kind. */
export function seenIn(counts: Counts): number {
  return Object.values(counts).reduce((sum, { seen }) => sum + seen, 0)
}

/** Records a second of a run that is under way; null when nothing can be said yet. */
export function rateOf(
  {
    counts,
    runningSince,
    seenBefore,
  }: { counts: Counts; runningSince: Instant | null; seenBefore: number | null },
  now: Instant,
): number | null {
  const seconds = runningSince === null ? 0 : secondsBetween(runningSince, now)
  return seconds < 1 ? null : Math.round((seenIn(counts) - (seenBefore ?? 0)) / seconds)
}
