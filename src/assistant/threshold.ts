// From which chance on answers may leave alone: the lowest at which, even at the unlucky end of the interval, no more than `maxWrong`
// of them are wrong. The same for the fields of triage, by their margin.
import { LEAST_LABELS } from '#assistant/confidence.ts'
import { clopperPearson } from '#kit/statistics.ts'

export type Outcome = { readonly score: number; readonly isRight: boolean }

export type Point = {
  /** Answers whose score is at least this. */
  readonly from: number
  readonly n: number
  readonly wrong: number
  /** The upper end of the 95 % interval of the share that is wrong. */
  readonly bound: number
}

/** The curve of risk against coverage: a point for each score that occurs, the highest first. */
export function riskCurve(outcomes: readonly Outcome[]): Point[] {
  const sorted = outcomes.toSorted((a, b) => b.score - a.score)
  const points: { from: number; n: number; wrong: number }[] = []
  let wrong = 0
  for (const [at, { score, isRight }] of sorted.entries()) {
    if (!isRight) wrong++
    if (sorted[at + 1]?.score !== score) points.push({ from: score, n: at + 1, wrong })
  }
  return points.map((point) => ({ ...point, bound: clopperPearson(point.wrong, point.n).high }))
}

/** The lowest such score; null when there is none, or fewer labelled outcomes than say anything. */
export function thresholdFor(outcomes: readonly Outcome[], maxWrong: number): Point | null {
  if (outcomes.length < LEAST_LABELS) return null
  return riskCurve(outcomes).findLast(({ bound }) => bound <= maxWrong) ?? null
}
