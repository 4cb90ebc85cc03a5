// What is wrong with views that several people have: nobody opens them, nothing is in them, or the same as in another or in all.
import { secondsBetween, type Instant } from '#kit/time.ts'

export type Sampled = {
  readonly id: number
  /** When somebody last opened it; when it was made, if nobody has. */
  readonly usedAt: Instant
  /** Its newest tickets, the newest first, up to the size of the sample. */
  readonly tickets: readonly number[]
}
export type Finding =
  | { readonly kind: 'unopened'; readonly days: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'everything'; readonly share: number }
  | { readonly kind: 'overlaps'; readonly viewId: number; readonly share: number }

/** How many of the newest tickets of each view are compared. */
export const SAMPLE = 1_000
const UNOPENED_DAYS = 60
const NEARLY_ALL = 0.95
/** Fewer tickets than this are alike by chance. */
const ENOUGH = 10

/** What is found about each view, by id. Of two that are nearly the same, the younger is told. `all`: the desk's newest tickets. */
export function viewHealth(
  views: readonly Sampled[],
  all: readonly number[],
  now: Instant,
): ReadonlyMap<number, readonly Finding[]> {
  const older = views.toSorted((a, b) => a.id - b.id)
  return new Map(
    older.map((view, at) => {
      const days = Math.floor(secondsBetween(view.usedAt, now) / 86_400)
      const same = older
        .slice(0, at)
        .map((other) => ({ viewId: other.id, share: overlap(view.tickets, other.tickets) }))
      const nearest = same.toSorted((a, b) => b.share - a.share)[0]
      const ofAll = overlap(view.tickets, all)
      const found: (Finding | false)[] = [
        days >= UNOPENED_DAYS && { kind: 'unopened', days },
        view.tickets.length === 0 && { kind: 'empty' },
        ofAll >= NEARLY_ALL && { kind: 'everything', share: ofAll },
        nearest !== undefined && nearest.share >= NEARLY_ALL && { kind: 'overlaps', ...nearest },
      ]
      return [view.id, found.filter((each) => each !== false)]
    }),
  )
}

/** The share of tickets of either that are in both, as far back as both samples reach; 0 when there are too few to tell. */
function overlap(a: readonly number[], b: readonly number[]): number {
  const from = Math.max(reachOf(a), reachOf(b))
  const inA = new Set(a.filter((id) => id >= from))
  const inB = b.filter((id) => id >= from)
  const both = inB.filter((id) => inA.has(id)).length
  const either = inA.size + inB.length - both
  return either < ENOUGH ? 0 : both / either
}

/** A sample that is not full holds everything. */
const reachOf = (tickets: readonly number[]): number => (tickets.length < SAMPLE ? 0 : (tickets.at(-1) ?? 0))
