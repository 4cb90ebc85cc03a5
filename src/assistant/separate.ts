// One label against all others: the plane that parts its texts from the rest best. A linear support vector machine with squared
// loss, found by dual coordinate descent (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale
// Linear SVM, ICML 2008, algorithm 1 with a simple form of its shrinking).
import { MANY, type Vector } from '#assistant/vocabulary.ts'

/** How much a text on the wrong side costs. */
const COST = 1
/** Very many texts say in few rounds what few say in many. */
const [ROUNDS, FEW_ROUNDS] = [10, 3]
/** A text farther than this on its own side is not looked at again. */
const SURE = 0.1

export type Plane = { readonly weights: Float32Array; readonly bias: number }

/**
 * Parts the vectors that are inside (1) from the others (0). `size` is how many features there are, and `draw` gives numbers in [0, 1)
 * that decide the order.
 */
export function separate(
  vectors: readonly Vector[],
  inside: Uint8Array,
  size: number,
  draw: () => number,
): Plane {
  // Very many texts leave no room for rounding to matter, and half as wide weights stay near the processor.
  const weights = vectors.length < MANY ? new Float64Array(size) : new Float32Array(size)
  let bias = 0
  const duals = new Float64Array(vectors.length)
  const slack = 1 / (2 * COST)
  let active = vectors.map((_, index) => index)
  const isMany = vectors.length >= MANY
  const rounds = isMany ? FEW_ROUNDS : ROUNDS
  for (let round = 0; round < rounds; round++) {
    shuffle(active, draw)
    const kept: number[] = []
    for (let at = 0; at < active.length; at++) {
      const index = active[at] ?? 0
      const vector = vectors[index]
      if (vector === undefined) continue
      const sign = inside[index] === 1 ? 1 : -1
      const dual = duals[index] ?? 0
      const gradient = sign * (bias + product(weights, vector)) - 1 + slack * dual
      // Of very many a quarter says well enough which are far on their side.
      const isSettled = round > 0 || (isMany && at > vectors.length / 4)
      if (dual === 0 && gradient > SURE && isSettled) continue
      kept.push(index)
      const next = Math.max(0, dual - gradient / (1 + vector.square + slack))
      const step = (next - dual) * sign
      if (step === 0) continue
      duals[index] = next
      bias += step
      add(weights, vector, step)
    }
    active = kept
  }
  return { weights: weights instanceof Float32Array ? weights : Float32Array.from(weights), bias }
}

/** On which side of a plane a vector lies, and how far: above 0 it is inside. */
export function side({ weights, bias }: Plane, vector: Vector): number {
  return bias + product(weights, vector)
}

function product(weights: Float64Array | Float32Array, { ids, values }: Vector): number {
  let sum = 0
  for (let at = 0; at < ids.length; at++) sum += (weights[ids[at] ?? 0] ?? 0) * (values[at] ?? 0)
  return sum
}

function add(weights: Float64Array | Float32Array, { ids, values }: Vector, step: number): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? 0
    weights[id] = (weights[id] ?? 0) + step * (values[at] ?? 0)
  }
}

function shuffle(items: number[], draw: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1))
    const [one = 0, two = 0] = [items[at], items[other]]
    items[at] = two
    items[other] = one
  }
}
