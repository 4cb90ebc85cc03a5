// Whether something bad happens more often than is accepted, told as early as chance allows: the cumulative sum of log-likelihood ratios
// of "twice as often" against "as often as accepted" (Page 1954; for yes and no, Reynolds and Stoumbos 1999). Pure.

/** A rise to this many times the accepted share is what it looks for. */
const RISE = 2
/**
 * By Lorden (1971) at the accepted share it cries wolf once in e^5 (about 150) answers at the very worst; as the sum moves in small steps,
 * far more seldom (the property beside this file says how seldom).
 */
export const LIMIT = 5

export type Watched = {
  readonly n: number
  readonly hits: number
  /** The share that is accepted. */
  readonly accepted: number
  /** How far the sum has come, from 0. */
  readonly sum: number
  /** It has crossed the limit, now or before. */
  readonly isOver: boolean
}

/** Watches outcomes in the order in which they happened; `accepted` lies between 0 and a half. */
export function watch(outcomes: readonly boolean[], accepted: number): Watched {
  const [up, down] = [Math.log(RISE), Math.log((1 - RISE * accepted) / (1 - accepted))]
  let [sum, hits, isOver] = [0, 0, false]
  for (const isHit of outcomes) {
    sum = Math.max(0, sum + (isHit ? up : down))
    if (isHit) hits++
    if (sum >= LIMIT) isOver = true
  }
  return { n: outcomes.length, hits, accepted, sum, isOver }
}
