// The features that a set of texts has, each with its weight, and texts as vectors of them.
import { featuresOf, type Features } from '#assistant/features.ts'

/** A text as numbers: the features it has, and how much each counts. Words and pieces have length one each. */
export type Vector = {
  readonly ids: Int32Array
  readonly values: Float32Array
  /** The square of its length. */
  readonly square: number
}

export type Vocabulary = {
  /** The place of each feature, from 0. */
  readonly places: ReadonlyMap<number, number>
  /** The rarer a feature, the more it says: ln((1 + n) / (1 + df)) + 1. */
  readonly weights: Float32Array
}

/** From so many texts on, a feature that one text alone has says nothing of the next. */
const MANY = 20_000

/** The vocabulary of some texts. */
export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const frequency = new Map<number, number>()
  for (const text of texts) {
    const { words, pieces } = featuresOf(text)
    for (const feature of new Set([...words.keys(), ...pieces.keys()]))
      frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  }
  const least = texts.length < MANY ? 1 : 2
  const places = new Map<number, number>()
  const weights: number[] = []
  for (const [feature, count] of frequency) {
    if (count < least) continue
    places.set(feature, weights.length)
    weights.push(Math.log((1 + texts.length) / (1 + count)) + 1)
  }
  return { places, weights: Float32Array.from(weights) }
}

/** A text in a vocabulary; what it does not know is left out. */
export function vectorOf(vocabulary: Vocabulary, text: string): Vector {
  const features = featuresOf(text)
  const [words, pieces] = [half(vocabulary, features.words), half(vocabulary, features.pieces)]
  return {
    ids: Int32Array.from([...words.ids, ...pieces.ids]),
    values: Float32Array.from([...words.values, ...pieces.values]),
    square: Number(words.ids.length > 0) + Number(pieces.ids.length > 0),
  }
}

function half({ places, weights }: Vocabulary, features: Features['words']) {
  const ids: number[] = []
  const values: number[] = []
  let squares = 0
  for (const [feature, count] of features) {
    const place = places.get(feature)
    if (place === undefined) continue
    const value = (1 + Math.log(count)) * (weights[place] ?? 0)
    ids.push(place)
    values.push(value)
    squares += value * value
  }
  const length = Math.sqrt(squares) || 1
  return { ids, values: values.map((value) => value / length) }
}
