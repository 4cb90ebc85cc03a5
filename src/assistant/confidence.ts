// How likely an answer is right: a logistic model of what is known when it is made, learnt from answers that people have judged, and
// brought to true shares by isotonic regression (pool adjacent violators). Before there are labels, the chance that retrieval gives.

/** What is known of an answer when it is made; each about from -1 to 1 or 0 to 1, but the first two. */
export type Features = {
  /** Of the best evidence, in standard deviations above the mean. */
  readonly top: number
  /** To the next. */
  readonly margin: number
  readonly answerable: number
  /** How much the past answers say the same; 0 where there are none. */
  readonly agreement: number
  /** The share of right answers in the category so far; 0.5 where there are none. */
  readonly history: number
  /** Words of the question, as their logarithm. */
  readonly length: number
  /** 1: nothing like it was learnt. */
  readonly novelty: number
  readonly questions: number
}

export type Labelled = { readonly features: Features; readonly isRight: boolean }

export type Calibration = {
  readonly n: number
  readonly means: readonly number[]
  readonly scales: readonly number[]
  readonly weights: readonly number[]
  readonly bias: number
  /** Steps of the isotonic curve: from this raw chance on, this true share. */
  readonly steps: readonly { readonly from: number; readonly share: number }[]
}

/** Fewer labels than this say nothing. */
export const LEAST_LABELS = 50
const [RATE, ROUNDS, PULL] = [0.5, 400, 0.01]
/** A step of the curve stands for so many at least, so that one lucky answer does not make it 1. */
const LEAST_STEP = 20

const names = [
  'top',
  'margin',
  'answerable',
  'agreement',
  'history',
  'length',
  'novelty',
  'questions',
] as const satisfies readonly (keyof Features)[]

/** The chance that an answer is right, from 0 to 1. */
export function pCorrect(features: Features, calibration: Calibration | null): number {
  if (calibration === null) return features.answerable
  const raw = rawOf(vectorOf(features), calibration)
  return calibration.steps.findLast(({ from }) => raw >= from)?.share ?? calibration.steps[0]?.share ?? raw
}

/** Learns from judged answers, all older than what it will be asked of; null of too few, or of one kind only. */
export function calibrate(labelled: readonly Labelled[]): Calibration | null {
  const rights = labelled.filter(({ isRight }) => isRight).length
  if (labelled.length < LEAST_LABELS || rights === 0 || rights === labelled.length) return null
  const rows = labelled.map(({ features }) => vectorOf(features))
  const means = names.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length)
  const scales = names.map((_, at) => {
    const square = rows.reduce((sum, row) => sum + ((row[at] ?? 0) - (means[at] ?? 0)) ** 2, 0)
    return Math.sqrt(square / rows.length) || 1
  })
  const scaled = rows.map((row) => row.map((value, at) => (value - (means[at] ?? 0)) / (scales[at] ?? 1)))
  const fitted = fit(
    scaled,
    labelled.map(({ isRight }) => Number(isRight)),
  )
  const model = { n: labelled.length, means, scales, ...fitted, steps: [] }
  const scored = rows.map((row, at) => ({ raw: rawOf(row, model), isRight: labelled[at]?.isRight === true }))
  return { ...model, steps: isotonic(scored) }
}

/** Gradient descent on the logistic loss, pulled to 0. */
function fit(rows: readonly (readonly number[])[], labels: readonly number[]) {
  const weights = names.map(() => 0)
  let bias = 0
  for (let round = 0; round < ROUNDS; round++) {
    const slopes = names.map((_, at) => PULL * (weights[at] ?? 0))
    let slope = 0
    for (const [index, row] of rows.entries()) {
      const error = (chance(bias + product(weights, row)) - (labels[index] ?? 0)) / rows.length
      slope += error
      for (let at = 0; at < row.length; at++) slopes[at] = (slopes[at] ?? 0) + error * (row[at] ?? 0)
    }
    bias -= RATE * slope
    for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] ?? 0) - RATE * (slopes[at] ?? 0)
  }
  return { weights, bias }
}

/** The rising steps that fit best; a step of few joins the one below it. */
function isotonic(
  scored: readonly { readonly raw: number; readonly isRight: boolean }[],
): Calibration['steps'] {
  const blocks: { from: number; n: number; right: number }[] = []
  for (const { raw, isRight } of scored.toSorted((a, b) => a.raw - b.raw)) {
    blocks.push({ from: raw, n: 1, right: Number(isRight) })
    for (
      let last = blocks.at(-1), below = blocks.at(-2);
      last && below;
      last = blocks.at(-1), below = blocks.at(-2)
    ) {
      if (shareOf(below) < shareOf(last) && below.n >= LEAST_STEP) break
      blocks.splice(-2, 2, { from: below.from, n: below.n + last.n, right: below.right + last.right })
    }
  }
  return blocks.map((block, at) => ({ from: at === 0 ? 0 : block.from, share: shareOf(block) }))
}

/** By Laplace's rule: nothing is certain. */
function shareOf({ n, right }: { readonly n: number; readonly right: number }): number {
  return (right + 1) / (n + 2)
}

function rawOf(
  row: readonly number[],
  { means, scales, weights, bias }: Omit<Calibration, 'steps' | 'n'>,
): number {
  const scaled = row.map((value, at) => (value - (means[at] ?? 0)) / (scales[at] ?? 1))
  return chance(bias + product(weights, scaled))
}

function vectorOf(features: Features): number[] {
  return names.map((name) => features[name])
}

function product(weights: readonly number[], row: readonly number[]): number {
  return row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)
}

function chance(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}
