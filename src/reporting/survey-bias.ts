// Who answers surveys, and what satisfaction would be had everybody answered who was asked: answers are weighed by how unlikely such an
// answer was (inverse probability weighting; the probability by a logistic regression over what is known of each survey). Pure.
import { wilson, type Bounds } from '#kit/statistics.ts'
import { surveyTraits, type SurveyTrait, type WaitBand } from '#reporting/vocabulary.ts'
import type { Channel } from '#tickets/vocabulary.ts'

/** Surveys that are alike in all that is known of them: how many were sent, answered, and answered well. */
export type SurveyCell = {
  readonly channel: Channel
  readonly teamId: number | null
  /** For how long the customer had waited when it was resolved. */
  readonly band: WaitBand
  readonly resolvedBy: 'assistant' | 'person'
  readonly outcome: 'stands' | 'reopened'
  readonly sent: number
  readonly answered: number
  readonly good: number
}

type Rate = Bounds & { readonly value: number }
export type AnswerRate = {
  readonly trait: SurveyTrait
  readonly value: string | null
  readonly sent: number
  readonly answered: number
  readonly rate: Rate
}

export type SurveyBias = {
  readonly sent: number
  readonly answered: number
  readonly response: Rate | null
  /** Good answers among those that were given. */
  readonly raw: Rate | null
  /** The same, weighed; null where there are too few answers to weigh. */
  readonly standardised: Rate | null
  /** Too few answer for either figure to speak for all. */
  readonly isRepresentative: boolean
  readonly rates: readonly AnswerRate[]
}

const FEWEST_ANSWERS = 30
const REPRESENTATIVE = 0.05
/** A single unlikely answer must not speak for crowds. */
const MOST_WEIGHT = 10
/** Keeps what is known of few from counting as certain, and a trait that everybody shares from having no solution. */
const RIDGE = 1
const ROUNDS = 25

export function surveyBias(cells: readonly SurveyCell[]): SurveyBias {
  const sum = (of: (cell: SurveyCell) => number) => cells.reduce((total, cell) => total + of(cell), 0)
  const [sent, answered, good] = [sum((c) => c.sent), sum((c) => c.answered), sum((c) => c.good)]
  return {
    sent,
    answered,
    response: rateOf(answered, sent),
    raw: rateOf(good, answered),
    standardised: answered < FEWEST_ANSWERS || answered === sent ? null : weighed(cells),
    isRepresentative: sent > 0 && answered / sent >= REPRESENTATIVE,
    rates: surveyTraits.flatMap((trait) => ratesBy(trait, cells)),
  }
}

function rateOf(hits: number, n: number): Rate | null {
  const bounds = wilson(hits, n)
  return bounds === null ? null : { value: hits / n, ...bounds }
}

function ratesBy(trait: SurveyTrait, cells: readonly SurveyCell[]): AnswerRate[] {
  const groups = Map.groupBy(cells, (cell) => cell[trait])
  return [...groups]
    .flatMap(([value, some]): AnswerRate[] => {
      const [sent, answered] = [
        some.reduce((n, c) => n + c.sent, 0),
        some.reduce((n, c) => n + c.answered, 0),
      ]
      const rate = rateOf(answered, sent)
      return rate === null
        ? []
        : [{ trait, value: value === null ? null : String(value), sent, answered, rate }]
    })
    .toSorted((a, b) => b.sent - a.sent)
}

/** The weighed share with Wilson's interval at the effective number of answers (Kish 1965): (Σw)² ÷ Σw². */
function weighed(cells: readonly SurveyCell[]): Rate | null {
  const chances = answerChances(cells)
  let [all, well, squares] = [0, 0, 0]
  cells.forEach(({ answered, good }, index) => {
    const weight = Math.min(MOST_WEIGHT, 1 / (chances[index] ?? 1))
    all += weight * answered
    well += weight * good
    squares += weight * weight * answered
  })
  const n = (all * all) / squares
  const bounds = wilson((well / all) * n, n)
  return bounds === null ? null : { value: well / all, ...bounds }
}

/** How likely an answer was in each cell: a ridge logistic regression with a weight for each value of each trait, by Newton's method. */
export function answerChances(cells: readonly SurveyCell[]): number[] {
  const columns = new Map<string, number>()
  const column = (key: string) => {
    if (!columns.has(key)) columns.set(key, columns.size + 1)
    return columns.get(key) ?? 0
  }
  // The first column is the same for all; each cell is told by the columns in which it has a 1.
  const rows = cells.map((cell) => [0, ...surveyTraits.map((trait) => column(`${trait} ${cell[trait]}`))])
  const weights = Array.from({ length: columns.size + 1 }, () => 0)
  const chanceOf = (row: readonly number[]) =>
    1 / (1 + Math.exp(-row.reduce((sum, each) => sum + (weights[each] ?? 0), 0)))
  /** The logarithm of the likelihood less the penalty: what the fit makes as large as it can. */
  const worth = () =>
    rows.reduce(
      (sum, row, index) => {
        const { sent = 0, answered = 0 } = cells[index] ?? {}
        const odds = row.reduce((total, each) => total + (weights[each] ?? 0), 0)
        return sum + answered * odds - sent * (Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))))
      },
      (-RIDGE / 2) * weights.slice(1).reduce((sum, each) => sum + each * each, 0),
    )
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight, index) => (index === 0 ? 0 : -RIDGE * weight))
    const bend: number[][] = weights.map((_, i) =>
      weights.map((__, j) => (i === j ? (i === 0 ? 1e-9 : RIDGE) : 0)),
    )
    rows.forEach((row, index) => {
      const { sent = 0, answered = 0 } = cells[index] ?? {}
      const chance = chanceOf(row)
      const wide = sent * chance * (1 - chance)
      for (const i of row) {
        slope[i] = (slope[i] ?? 0) + answered - sent * chance
        const line = bend[i] ?? []
        for (const j of row) line[j] = (line[j] ?? 0) + wide
      }
    })
    const step = solved(bend, slope)
    // A full step leads past the best where cells contradict each other: half of it, until the fit is no worse.
    const [from, before] = [[...weights], worth()]
    for (let share = 1; share > 1e-6; share /= 2) {
      step.forEach((each, index) => (weights[index] = (from[index] ?? 0) + share * each))
      if (worth() >= before) break
    }
    if (Math.max(...step.map(Math.abs)) < 1e-8) break
  }
  return rows.map(chanceOf)
}

/** The x of Ax = b by elimination; A is symmetric and positive definite, so no rows need to change places. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0])
  const size = rows.length
  for (let at = 0; at < size; at++) {
    const pivot = rows[at] ?? []
    for (const row of rows.slice(at + 1)) {
      const factor = (row[at] ?? 0) / (pivot[at] ?? 1)
      if (factor !== 0) for (let k = at; k <= size; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0)
    }
  }
  const x = Array.from({ length: size }, () => 0)
  for (let at = size - 1; at >= 0; at--) {
    const row = rows[at] ?? []
    let rest = row[size] ?? 0
    for (let k = at + 1; k < size; k++) rest -= (row[k] ?? 0) * (x[k] ?? 0)
    x[at] = rest / (row[at] ?? 1)
  }
  return x
}
