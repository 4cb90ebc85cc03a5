// What the assistant says of a ticket's fields: a guess for each, and whether it is sure enough to be shown, or to be set. How sure is
// sure enough is measured on what came later than what was learnt.
import {
  judge,
  learnEach,
  learnTo,
  sidesOf,
  type Classifier,
  type Labelled,
  type ManyLabelled,
} from '#assistant/classifier.ts'
import { confusedOf, type Confused } from '#assistant/confusion.ts'
import { clopperPearson, type Bounds } from '#kit/statistics.ts'
import { manyFields, type TriageField, type TriageMode } from '#assistant/words.ts'

/** How well a classifier did on the newest texts, which it had not seen. Where a text may have several labels, each that it says is one. */
export type Measured = {
  readonly learnt: number
  readonly tested: number
  readonly right: number
  /** From which margin on the lower end of the 95 % interval of what is right is at least 95 in 100; null: nowhere. */
  readonly sureFrom: number | null
  /** Of the tested, those so sure. */
  readonly sure: number
  /** Below this margin it has seen nothing like it: what it should know is above it 95 times in 100. */
  readonly knownFrom: number | null
  /** Labels that it takes for one another; of what was measured long ago that is not known. */
  readonly confused?: readonly Confused[]
}

export type Guessed = {
  readonly field: TriageField
  readonly label: string
  readonly margin: number
  /** Like something that was learnt: good enough to be shown. */
  readonly isKnown: boolean
  /** Good enough to be set. */
  readonly isSure: boolean
}

/** A sorted field with what was learnt of it. */
export type Learning = { readonly measured: Measured; readonly classifier: Classifier }

const NEWEST = 0.2
const LEAST_TESTED = 5
/** More of them would tell no more of how well it does. */
const MOST_MEASURED = 25_000
const SURE = 0.95
const REJECTED = 0.05
/** Of several labels, what is right so often is shown; what lies deep outside never is. */
const [SHOWN, LEAST_SIDE] = [0.5, -0.9]
const MOST_GUESSED = 5

/** Learns a field from texts in order of time, and from what things say of themselves. */
export function learnField(
  field: TriageField,
  all: readonly ManyLabelled[],
  priors: readonly Labelled[],
): Learning {
  if (manyFields.includes(field)) return { measured: measureEach(all), classifier: learnEach(all) }
  const examples = all.flatMap(({ text, labels: [label] }) => (label === undefined ? [] : [{ text, label }]))
  const measured = measure(examples, priors)
  return { measured, classifier: learnMeasured(measured, examples, priors) }
}

/** What a text says of a field: one guess, or one for each label that it seems to have. */
export function guessesOf(field: TriageField, { classifier, measured }: Learning, text: string): Guessed[] {
  if (!manyFields.includes(field)) return [guess(field, classifier, measured, text)]
  const { knownFrom, sureFrom } = measured
  if (knownFrom === null) return []
  return sidesOf(classifier, text)
    .filter(({ margin }) => margin >= knownFrom)
    .toSorted((a, b) => b.margin - a.margin)
    .slice(0, MOST_GUESSED)
    .map((each) => ({
      field,
      ...each,
      isKnown: true,
      isSure: sureFrom !== null && each.margin >= sureFrom,
    }))
}

/** Looks how well the older texts foretell the newer: `all` in order of time. */
export function measure(all: readonly Labelled[], priors: readonly Labelled[]): Measured {
  const examples = all.slice(-MOST_MEASURED)
  const cut = Math.floor(examples.length * (1 - NEWEST))
  const [older, newer] = [examples.slice(0, cut), examples.slice(cut)]
  const none = { learnt: all.length, tested: 0, right: 0, sureFrom: null, sure: 0, knownFrom: null }
  if (newer.length < LEAST_TESTED || older.length + priors.length === 0) return none
  const classifier = learnTo(-Infinity, [...priors, ...older])
  const labels = new Set(classifier.labels)
  const judged = newer
    .map(({ text, label }) => {
      const found = judge(classifier, text)
      return {
        margin: found.margin,
        label,
        found: found.label,
        isRight: found.label === label,
        isOld: labels.has(label),
      }
    })
    .toSorted((a, b) => b.margin - a.margin)
  const known = judged.filter(({ isOld }) => isOld)
  const knownFrom = known[known.length - 1 - Math.floor(known.length * REJECTED)]?.margin ?? null
  const confused = confusedOf(judged)
  return { learnt: all.length, tested: judged.length, ...sureness(judged), knownFrom, confused }
}

/**
 * The same where a text may have several labels. Shown is what is right as often as not; what is tested is what would have been shown.
 */
export function measureEach(all: readonly ManyLabelled[]): Measured {
  const examples = all.slice(-MOST_MEASURED)
  const cut = Math.floor(examples.length * (1 - NEWEST))
  const newer = examples.slice(cut)
  const none = { learnt: all.length, tested: 0, right: 0, sureFrom: null, sure: 0, knownFrom: null }
  if (newer.length < LEAST_TESTED) return none
  const classifier = learnEach(examples.slice(0, cut))
  const judged = newer
    .flatMap(({ text, labels }) =>
      sidesOf(classifier, text)
        .filter(({ margin }) => margin > LEAST_SIDE)
        .map(({ label, margin }) => ({ margin, isRight: labels.includes(label) })),
    )
    .toSorted((a, b) => b.margin - a.margin)
  let [right, shown] = [0, 0]
  for (const [at, { isRight }] of judged.entries()) {
    if (isRight) right++
    if (right >= (at + 1) * SHOWN) shown = at + 1
  }
  const said = judged.slice(0, shown)
  return { learnt: all.length, tested: shown, ...sureness(said), knownFrom: said.at(-1)?.margin ?? null }
}

/** Learns from all of them what was measured on their newest. */
export function learnMeasured(
  { knownFrom }: Measured,
  examples: readonly Labelled[],
  priors: readonly Labelled[],
): Classifier {
  return learnTo(knownFrom ?? -Infinity, [...priors, ...examples])
}

function sureness(judged: readonly { readonly margin: number; readonly isRight: boolean }[]) {
  let [right, sure] = [0, 0]
  let sureFrom: number | null = null
  for (const [at, { margin, isRight }] of judged.entries()) {
    if (isRight) right++
    if (clopperPearson(right, at + 1).low < SURE) continue
    sure = at + 1
    sureFrom = margin
  }
  return { right, sure, sureFrom }
}

/** The share that was right, with its interval; null when nothing was tested. */
export function accuracyOf({ right, tested }: Measured): (Bounds & { readonly value: number }) | null {
  return tested === 0 ? null : { value: right / tested, ...clopperPearson(right, tested) }
}

/** What a text says of a field. */
export function guess(
  field: TriageField,
  classifier: Classifier,
  { sureFrom }: Pick<Measured, 'sureFrom'>,
  text: string,
): Guessed {
  const { label, margin, abstain } = judge(classifier, text)
  return { field, label, margin, isKnown: !abstain, isSure: sureFrom !== null && margin >= sureFrom }
}

/** Whether a guess is set, shown beside the ticket, or neither. */
export function useOf(guessed: Guessed, mode: TriageMode): 'set' | 'suggest' | null {
  if (mode === 'off' || !guessed.isKnown) return null
  return mode === 'set' && guessed.isSure ? 'set' : 'suggest'
}
