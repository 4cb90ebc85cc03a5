// Chance that can be repeated: the same seed draws the same lots.

export type Random = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number
  readonly chance: (share: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number
  /** Log-normal around a median: most near it, a few far above, as waiting times are. */
  readonly around: (median: number, spread: number) => number
}

/** A generator (mulberry32) for a seed. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    chance: (share) => next() < share,
    whole,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)]
      if (item === undefined) throw new Error('Bug: nothing to pick from')
      return item
    },
    around: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(spread * normal)
    },
  }
}
