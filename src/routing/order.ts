// Who waits before whom: lane, then how near a clock is to being missed, then a score in which waiting always tells.
import type { Queue, Waiting } from '#routing/model.ts'
import { priorities } from '#tickets/vocabulary.ts'

export type Place = {
  readonly lane: number
  readonly band: number
  readonly score: number
  readonly eligibleAt: number
}

/** The lane of those who have waited longer than their queue allows. */
const TOP_LANE = 1_000

/** What the order goes by, for one ticket at an instant. */
export function placeOf(ticket: Waiting, queue: Queue, at: number): Place {
  const waited = Math.max(0, (at - ticket.eligibleAt) / 1000)
  const { percentUsed, priority, wait } = queue.weights
  const score =
    percentUsed * Math.min(1, ticket.percentUsed) +
    (priority * priorities.indexOf(ticket.priority)) / (priorities.length - 1) +
    (wait * waited) / 3_600
  const late = queue.laneMaxWait !== null && waited > queue.laneMaxWait
  return {
    lane: late ? TOP_LANE : ticket.lane,
    band: bandOf(ticket.secondsLeft, queue.slaBands),
    score,
    eligibleAt: ticket.eligibleAt,
  }
}

/** The first band whose bound exceeds what is left; no clock is the last band. */
function bandOf(secondsLeft: number | null, bands: readonly number[]): number {
  if (secondsLeft === null) return bands.length
  const found = bands.findIndex((bound) => bound > secondsLeft)
  return found === -1 ? bands.length : found
}

/** Negative when `a` comes first. */
export function comparePlaces(a: Place & { id: number }, b: Place & { id: number }): number {
  return b.lane - a.lane || a.band - b.band || b.score - a.score || a.eligibleAt - b.eligibleAt || a.id - b.id
}
