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
  /** The place of each feature, from 0; null of very many texts, where a feature's number folded to the weights is its place. */
  readonly places: ReadonlyMap<number, number> | null
  /** The rarer a feature, the more it says: ln((1 + n) / (1 + df)) + 1. */
  readonly weights: Float32Array
}

/** From so many texts on they are seen more coarsely: memory and time then grow with the texts alone. */
export const MANY = 20_000
const PLACES = 1 << 18
/** Then a feature that fewer texts have says nothing of the next. */
const LEAST = 3

/** The vocabulary of some texts. */
export function vocabularyOf(texts: readonly string[]): Vocabulary {
  if (texts.length >= MANY) return foldedVocabularyOf(texts)
  const frequency = new Map<number, number>()
  for (const text of texts) {
    const { words, pieces } = featuresOf(text)
    for (const feature of new Set([...words.keys(), ...pieces.keys()]))
      frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  }
  const places = new Map<number, number>()
  const weights: number[] = []
  for (const [feature, count] of frequency) {
    places.set(feature, weights.length)
    weights.push(rarity(texts.length, count))
  }
  return { places, weights: Float32Array.from(weights) }
}

/** The same with a fixed number of places. */
function foldedVocabularyOf(texts: readonly string[]): Vocabulary {
  const frequency = new Uint32Array(PLACES)
  for (const text of texts) {
    const { words, pieces } = featuresOf(text, true)
    for (const feature of [...words.keys(), ...pieces.keys()])
      frequency[feature % PLACES] = (frequency[feature % PLACES] ?? 0) + 1
  }
  const weights = Float32Array.from(frequency, (count) => (count < LEAST ? 0 : rarity(texts.length, count)))
  return { places: null, weights }
}

function rarity(texts: number, count: number): number {
  return Math.log((1 + texts) / (1 + count)) + 1
}

/** A text in a vocabulary; what it does not know is left out. */
export function vectorOf(vocabulary: Vocabulary, text: string): Vector {
  const { words, pieces, square } = halvesOf(vocabulary, text)
  return {
    ids: Int32Array.from([...words.ids, ...pieces.ids]),
    values: Float32Array.from([...words.values, ...pieces.values]),
    square,
  }
}

/** Numbers of texts that lie one behind another: a hundred thousand arrays of their own would take as much again. */
const CHUNK = 1 << 20

/** Texts in a vocabulary. */
export function vectorsOf(vocabulary: Vocabulary, texts: readonly string[]): Vector[] {
  let [ids, values, used] = [new Int32Array(CHUNK), new Float32Array(CHUNK), 0]
  return texts.map((text) => {
    const { words, pieces, square } = halvesOf(vocabulary, text)
    const length = words.ids.length + pieces.ids.length
    if (used + length > CHUNK) [ids, values, used] = [new Int32Array(CHUNK), new Float32Array(CHUNK), 0]
    const from = used
    for (const each of [words, pieces]) {
      ids.set(each.ids, used)
      values.set(each.values, used)
      used += each.ids.length
    }
    return { ids: ids.subarray(from, used), values: values.subarray(from, used), square }
  })
}

function halvesOf(vocabulary: Vocabulary, text: string) {
  const features = featuresOf(text, vocabulary.places === null)
  const [words, pieces] = [half(vocabulary, features.words), half(vocabulary, features.pieces)]
  return { words, pieces, square: Number(words.ids.length > 0) + Number(pieces.ids.length > 0) }
}

function half({ places, weights }: Vocabulary, features: Features['words']) {
  const ids: number[] = []
  const values: number[] = []
  let squares = 0
  for (const [feature, count] of features) {
    const place = places === null ? feature % weights.length : places.get(feature)
    const value = place === undefined ? 0 : (1 + Math.log(count)) * (weights[place] ?? 0)
    if (place === undefined || value === 0) continue
    ids.push(place)
    values.push(value)
    squares += value * value
  }
  const length = Math.sqrt(squares) || 1
  return { ids, values: values.map((value) => value / length) }
}
