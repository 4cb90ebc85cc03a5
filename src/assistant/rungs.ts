// The rungs of a configuration: where each place stands under it, what another one would change, and how a place comes to another rung. Pure.
import { rowFor, type AssistantConfig, type ModeRow } from '#assistant/config.ts'
import { reaches, rungs, type Rung, type StepReason } from '#assistant/words.ts'
import type { Channel } from '#tickets/vocabulary.ts'

/** What a step is taken for: a category, perhaps of one brand or channel alone. */
export type LadderPlace = {
  readonly brandId: number | null
  readonly channel: Channel | null
  readonly categoryId: number
}

/** A step that a version took. */
export type Step = LadderPlace & { readonly from: Rung; readonly to: Rung; readonly why: StepReason }

type Rows = Pick<AssistantConfig, 'rows' | 'otherwise'>
type Lived = Rows & { readonly steps: readonly Step[] }
/** Of tickets that all meet the same row; null is every other brand, channel or category than those that are named. */
type Cell = {
  readonly brandId: number | null
  readonly channel: Channel | null
  readonly categoryId: number | null
}
export type Rise = Cell & { readonly from: Rung; readonly to: Rung }

const SHARES: Readonly<Partial<Record<Rung, number>>> = { tenth: 0.1, half: 0.5, whole: 1 }

/** Where a row stands. One that only suggests is judged by people, as in the shadow. */
export function rungOf({ mode, share }: Pick<ModeRow, 'mode' | 'share'>): Rung {
  if (mode === 'off') return 'off'
  if (!reaches(mode, 'draft')) return 'shadow'
  if (mode === 'draft' || share <= 0) return 'draft'
  return share >= 1 ? 'whole' : share >= 0.5 ? 'half' : 'tenth'
}

/** The rung one above or below; null where there is none. */
export function rungBeside(rung: Rung, by: 1 | -1): Rung | null {
  return rungs[rungs.indexOf(rung) + by] ?? null
}

/** Whether a rung lies above another. */
export function isAbove(rung: Rung, other: Rung): boolean {
  return rungs.indexOf(rung) > rungs.indexOf(other)
}

/** Whether all of a place meets a row that it comes to. */
function covers(row: Cell, place: Cell): boolean {
  const fits = (asked: unknown, is: unknown) => asked === null || asked === is
  return (
    fits(row.brandId, place.brandId) &&
    fits(row.channel, place.channel) &&
    fits(row.categoryId, place.categoryId)
  )
}

/** Whether two places are the same. */
export function isSamePlace(one: Cell, other: Cell): boolean {
  return one.brandId === other.brandId && one.channel === other.channel && one.categoryId === other.categoryId
}

/** Where a place stands: by the first row that covers all of it. */
export function rungIn({ rows, otherwise }: Rows, place: Cell): Rung {
  return rungOf(rows.find((row) => covers(row, place)) ?? { mode: otherwise, share: 0 })
}

/** The configuration with a place on another rung: its row stands before every row that would hide it. */
export function withRung(config: AssistantConfig, place: LadderPlace, rung: Rung): AssistantConfig {
  const { brandId, channel, categoryId } = place
  const mode = rung === 'off' || rung === 'shadow' || rung === 'draft' ? rung : 'auto'
  const row: ModeRow = { brandId, channel, categoryId, mode, share: SHARES[rung] ?? 0 }
  const at = config.rows.findIndex((each) => covers(each, place))
  const isOwn = at >= 0 && isSamePlace(config.rows[at] as ModeRow, place)
  return {
    ...config,
    rows: isOwn
      ? config.rows.with(at, row)
      : config.rows
          .toSpliced(at < 0 ? config.rows.length : at, 0, row)
          .filter((each) => each === row || !isSamePlace(each, place)),
  }
}

/** Which tickets another configuration would let further than the newest of a history, brand by channel by category. */
export function risesOf(history: readonly Lived[], after: Rows): Rise[] {
  const [before] = history
  if (before === undefined) return []
  const all: Cell[] = [...before.rows, ...after.rows, ...history.flatMap(({ steps }) => steps)]
  const named = <Value>(of: (cell: Cell) => Value | null) => [...new Set([null, ...all.map(of)])]
  const cells = named(({ categoryId }) => categoryId).flatMap((categoryId) =>
    named(({ brandId }) => brandId).flatMap((brandId) =>
      named(({ channel }) => channel).map((channel) => ({ brandId, channel, categoryId })),
    ),
  )
  return cells.flatMap((cell) => {
    const [from, to] = [rungIn(before, cell), rungIn(after, cell)]
    return isAbove(to, from) ? [{ ...cell, from, to }] : []
  })
}

/** The rung to which these tickets last went back by themselves, unless the ladder has let them up since; null where they did not. */
export function fallenTo(history: readonly Lived[], cell: Cell): Rung | null {
  for (const { steps } of history)
    for (const step of steps) {
      if (!covers(step, cell)) continue
      if (step.why !== 'pressed') return step.to
      if (isAbove(step.to, step.from)) return null
    }
  return null
}

/** Where the tickets of an answer stand: the brand and channel of the row that they meet, and their category. */
export function placeMet(
  config: AssistantConfig,
  { brandId, channel, categoryId }: { brandId: number; channel: Channel; categoryId: number },
): LadderPlace {
  const row = rowFor(config, { ticketId: 0, brandId, channel, categoryId })
  return { brandId: row.brandId, channel: row.channel, categoryId }
}
