// Triage of one field: learns from texts that people have labelled, and says of a new one what it is and how sure that is. What is
// like nothing it has seen is refused by its margin, not by a label "other".
import { separate, side, type Plane } from '#assistant/separate.ts'
import { vectorOf, vectorsOf, vocabularyOf, type Vocabulary } from '#assistant/vocabulary.ts'
import { stream } from '#kit/statistics.ts'

export type Labelled = { readonly text: string; readonly label: string }
/** With every label that it has; it may have none. */
export type ManyLabelled = { readonly text: string; readonly labels: readonly string[] }

export type Classifier = {
  readonly labels: readonly string[]
  readonly vocabulary: Vocabulary
  /** A plane for each label, in their order. */
  readonly planes: readonly Plane[]
  /** Below this margin it abstains. */
  readonly threshold: number
}

export type Guess = {
  readonly label: string
  /** How far the text lies on this label's side, and farther than on the next one's; without a unit, of either sign. */
  readonly margin: number
  readonly abstain: boolean
}

/** So many of what it should know it may refuse. */
const REJECTED = 0.05
/** So much is kept aside to see how sure it is of what it has not learnt. */
const ASIDE = 0.2
/** Fewer texts say nothing of a label beside others, and more labels than these are rare ones. */
const [LEAST_TEXTS, MOST_LABELS] = [5, 100]
const MOST_SHARE = 0.8

/** Learns from labelled texts; the same texts in the same order give the same. Refuses none at all. */
export function learn(examples: readonly Labelled[], seed = 1): Classifier {
  if (examples.length === 0) throw new Error('Nothing to learn from: there are no labelled texts.')
  const draw = stream(seed)
  const isAside = examples.map(() => draw() < ASIDE)
  const kept = examples.filter((_, index) => isAside[index] === false)
  const trial = kept.length === 0 ? null : { ...fit(kept, seed), threshold: -Infinity }
  const margins = examples
    .flatMap(({ text, label }, index) =>
      trial !== null && isAside[index] === true && trial.labels.includes(label)
        ? [judge(trial, text).margin]
        : [],
    )
    .toSorted((a, b) => a - b)
  const threshold = margins[Math.floor(margins.length * REJECTED)] ?? -Infinity
  return { ...fit(examples, seed), threshold }
}

/** Learns from labelled texts and refuses what has a smaller margin than told. */
export function learnTo(threshold: number, examples: readonly Labelled[], seed = 1): Classifier {
  return { ...fit(examples, seed), threshold }
}

/** Learns labels of which a text may have several: those that enough texts have, the most frequent of them. Refuses none at all. */
export function learnEach(examples: readonly ManyLabelled[], seed = 1): Classifier {
  const counts = new Map<string, number>()
  for (const { labels } of examples)
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const labels = [...counts]
    // What all have tells none from another.
    .filter(([, count]) => count >= LEAST_TEXTS && count <= examples.length * MOST_SHARE)
    .toSorted(([one, more], [other, fewer]) => fewer - more || (one < other ? -1 : 1))
    .slice(0, MOST_LABELS)
    .map(([label]) => label)
    .toSorted()
  return { ...planesFor(labels, examples, seed), threshold: -Infinity }
}

function fit(examples: readonly Labelled[], seed: number): Omit<Classifier, 'threshold'> {
  const labels = [...new Set(examples.map(({ label }) => label))].toSorted()
  const each = examples.map(({ text, label }) => ({ text, labels: [label] }))
  return planesFor(labels, each, seed)
}

function planesFor(labels: readonly string[], examples: readonly ManyLabelled[], seed: number) {
  const vocabulary = vocabularyOf(labels.length === 0 ? [] : examples.map(({ text }) => text))
  const vectors = vectorsOf(vocabulary, labels.length === 0 ? [] : examples.map(({ text }) => text))
  const draw = stream(seed)
  const places = new Map(labels.map((label, at) => [label, at]))
  const insides = labels.map(() => new Uint8Array(vectors.length))
  for (const [index, { labels: own }] of examples.entries())
    for (const label of own) {
      const inside = insides[places.get(label) ?? -1]
      if (inside !== undefined) inside[index] = 1
    }
  const planes = insides.map((inside) => separate(vectors, inside, vocabulary.weights.length, draw))
  return { labels, vocabulary, planes }
}

/** Says what a text is. */
export function judge(classifier: Classifier, text: string): Guess {
  const vector = vectorOf(classifier.vocabulary, text)
  let [best, top, second] = [0, -Infinity, -Infinity]
  for (const [at, plane] of classifier.planes.entries()) {
    const score = side(plane, vector)
    if (score > top) [best, top, second] = [at, score, top]
    else if (score > second) second = score
  }
  const margin = second === -Infinity ? top : 2 * top - second
  return { label: classifier.labels[best] ?? '', margin, abstain: margin < classifier.threshold }
}

/** On which side of each label's plane a text lies, and how far; in the order of the labels. */
export function sidesOf(
  { labels, vocabulary, planes }: Classifier,
  text: string,
): { readonly label: string; readonly margin: number }[] {
  const vector = vectorOf(vocabulary, text)
  return planes.map((plane, at) => ({ label: labels[at] ?? '', margin: side(plane, vector) }))
}
