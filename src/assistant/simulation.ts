// What a simulation found: shares with intervals, the curve of risk against coverage, each category apart, and questions that no article
// answers. Pure: made of outcomes, one a ticket, each judged with nothing but what was known when it came.
import { calibrate, type Calibration, type Features } from '#assistant/confidence.ts'
import type { Threshold } from '#assistant/config.ts'
import { riskCurve, thresholdFor, type Point } from '#assistant/threshold.ts'
import { decisions, triageFields, type Decision, type TriageField } from '#assistant/words.ts'
import { rawWordsOf } from '#kit/words.ts'
import { clopperPearson, nearestRank, type Bounds } from '#kit/statistics.ts'

export type Simulated = {
  readonly ticketId: number
  readonly decision: Decision
  readonly reason: string | null
  readonly categoryId: number | null
  readonly question: string
  readonly pCorrect: number | null
  readonly features: Features | null
  readonly isRight: boolean | null
  /** What it said of each field, and whether people said the same in the end. */
  readonly triage: readonly Sorted[]
  readonly ms: number
}

/** One guess beside what people made of the field. */
export type Sorted = { readonly field: TriageField; readonly isRight: boolean; readonly isSure: boolean }

type Counted = Bounds & { readonly n: number; readonly value: number }

export type CategoryReport = {
  readonly categoryId: number | null
  readonly n: number
  /** An answer was found, and people did something to compare it with. */
  readonly labelled: number
  readonly right: number
  readonly threshold: Threshold | null
  /** Of the tickets of the category, those answered alone from this threshold on. */
  readonly alone: number
}

/** How a field was sorted: of what would have been shown, and of what it would have set. */
export type FieldReport = Counted & {
  readonly field: TriageField
  readonly said: number
  readonly sure: number
  readonly sureRight: number
}

export type SimulationReport = {
  readonly n: number
  /** Left out: a procedure would have looked something up that was not written down. */
  readonly unknown: number
  readonly labelled: number
  readonly decisions: readonly ({ readonly decision: Decision } & Counted)[]
  readonly reasons: readonly { readonly reason: string; readonly n: number }[]
  readonly triage: readonly FieldReport[]
  readonly curve: readonly (Point & { readonly coverage: number })[]
  readonly categories: readonly CategoryReport[]
  readonly unanswered: readonly {
    readonly words: readonly string[]
    readonly n: number
    readonly ticketIds: readonly number[]
  }[]
  readonly ms: { readonly p50: number; readonly p95: number }
}

export type MeasuredConfig = {
  readonly thresholds: Readonly<Record<string, Threshold>>
  readonly calibration: Calibration | null
}

const [CURVE_POINTS, CLUSTERS, EXAMPLES] = [200, 12, 5]

/** The report, and what answering alone may rest on. */
export function reportOf(
  all: readonly Simulated[],
  maxWrong: number,
  unknown = 0,
): { readonly report: SimulationReport; readonly measured: MeasuredConfig } {
  const judged = all.filter(isJudged)
  const byCategory = Map.groupBy(all, ({ categoryId }) => categoryId)
  const categories = [...byCategory]
    .map(([categoryId, tickets]) => categoryOf(categoryId, tickets, maxWrong))
    .toSorted((a, b) => b.n - a.n)
  const times = all.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const report: SimulationReport = {
    n: all.length,
    unknown,
    labelled: judged.length,
    decisions: decisions.map((decision) => ({
      decision,
      ...counted(all.filter((each) => each.decision === decision).length, all.length),
    })),
    reasons: tallied(all.flatMap(({ reason }) => (reason === null ? [] : [reason]))),
    triage: triageOf(all),
    curve: thinned(riskCurve(judged.map(outcomeOf))).map((point) => ({
      ...point,
      coverage: all.filter(({ pCorrect }) => (pCorrect ?? -1) >= point.from).length / all.length,
    })),
    categories,
    unanswered: clustersOf(all.filter(({ reason }) => reason === 'no_evidence')),
    ms: {
      p50: times.length === 0 ? 0 : nearestRank(times, 0.5),
      p95: times.length === 0 ? 0 : nearestRank(times, 0.95),
    },
  }
  const calibration = calibrate(
    judged.flatMap(({ features, isRight }) => (features === null ? [] : [{ features, isRight }])),
  )
  const thresholds = categories.flatMap(({ categoryId, threshold }) =>
    categoryId === null || threshold === null ? [] : [[String(categoryId), threshold] as const],
  )
  return { report, measured: { thresholds: Object.fromEntries(thresholds), calibration } }
}

export type Alone = Counted & { readonly answered: number; readonly judged: number }

/** What left alone, and how much of it was wrong, with its interval. */
export function aloneOf(all: readonly Simulated[]): Alone {
  const sent = all.filter(({ decision }) => decision === 'auto_resolve' || decision === 'answer_stay_open')
  const judged = sent.filter(isJudged)
  const wrong = judged.filter(({ isRight }) => !isRight).length
  return { answered: sent.length, judged: judged.length, ...counted(wrong, judged.length) }
}

type Judged = Simulated & { readonly isRight: boolean; readonly pCorrect: number }

function isJudged(each: Simulated): each is Judged {
  return each.isRight !== null && each.pCorrect !== null
}

function outcomeOf({ pCorrect, isRight }: Judged) {
  return { score: pCorrect, isRight }
}

function categoryOf(
  categoryId: number | null,
  tickets: readonly Simulated[],
  maxWrong: number,
): CategoryReport {
  const judged = tickets.filter(isJudged)
  const point = categoryId === null ? null : thresholdFor(judged.map(outcomeOf), maxWrong)
  const threshold = point && { from: point.from, n: judged.length, bound: point.bound }
  return {
    categoryId,
    n: tickets.length,
    labelled: judged.length,
    right: judged.filter(({ isRight }) => isRight).length,
    threshold,
    alone:
      threshold === null ? 0 : tickets.filter(({ pCorrect }) => (pCorrect ?? -1) >= threshold.from).length,
  }
}

function triageOf(all: readonly Simulated[]): SimulationReport['triage'] {
  const byField = Map.groupBy(
    all.flatMap(({ triage }) => triage),
    ({ field }) => field,
  )
  const right = (some: readonly Sorted[]) => some.filter(({ isRight }) => isRight).length
  return triageFields.flatMap((field) => {
    const said = byField.get(field) ?? []
    const sure = said.filter(({ isSure }) => isSure)
    const of = { field, said: said.length, sure: sure.length, sureRight: right(sure) }
    return said.length === 0 ? [] : [{ ...of, ...counted(right(said), said.length) }]
  })
}

function counted(hits: number, n: number): Counted {
  return { n: hits, value: n === 0 ? 0 : hits / n, ...clopperPearson(hits, n) }
}

function tallied(reasons: readonly string[]): { reason: string; n: number }[] {
  return [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, each]) => ({ reason, n: each.length }))
    .toSorted((a, b) => b.n - a.n || a.reason.localeCompare(b.reason))
}

/** As many points as a screen can show; the last always. */
function thinned(points: readonly Point[]): Point[] {
  const step = Math.max(1, Math.ceil(points.length / CURVE_POINTS))
  return points.filter((_, at) => at % step === 0 || at === points.length - 1)
}

/** Questions that share their rarest words with others, the largest groups first: what an article could be written about. */
function clustersOf(asked: readonly Simulated[]): SimulationReport['unanswered'] {
  const words = asked.map(({ question }) => new Set(rawWordsOf(question).filter((word) => word.length > 4)))
  const frequency = new Map<string, number>()
  for (const each of words) for (const word of each) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const groups = new Map<string, { words: string[]; ticketIds: number[] }>()
  for (const [at, { ticketId }] of asked.entries()) {
    const telling = [...(words[at] ?? [])]
      .filter(
        (word) =>
          (frequency.get(word) ?? 0) > 1 && (frequency.get(word) ?? 0) < Math.max(3, asked.length / 3),
      )
      .toSorted((a, b) => (frequency.get(b) ?? 0) - (frequency.get(a) ?? 0) || a.localeCompare(b))
    const [key] = telling
    if (key === undefined) continue
    const group = groups.get(key) ?? { words: telling.slice(0, 3), ticketIds: [] }
    group.ticketIds.push(ticketId)
    groups.set(key, group)
  }
  return [...groups.values()]
    .filter(({ ticketIds }) => ticketIds.length > 1)
    .toSorted((a, b) => b.ticketIds.length - a.ticketIds.length)
    .slice(0, CLUSTERS)
    .map(({ words: said, ticketIds }) => ({
      words: said,
      n: ticketIds.length,
      ticketIds: ticketIds.slice(0, EXAMPLES),
    }))
}
