// The small sum that the desk wants worked out where a network has begun many conversations.
import { PUZZLE_BITS } from '../src/kit/puzzle-bits.ts'

const TOGETHER = 64

/** The answer; null where the browser cannot: pages without https have no digests. */
export async function solve(once: string): Promise<string | null> {
  const { subtle: digests } = crypto
  if (!digests) return null
  for (let number = 0; ; number += TOGETHER) {
    const tries = Array.from({ length: TOGETHER }, (_, each) => String(number + each))
    const made = await Promise.all(
      tries.map((each) => digests.digest('SHA-256', new TextEncoder().encode(`${once}:${each}`))),
    )
    const found = made.findIndex((digest) => new DataView(digest).getUint32(0) >>> (32 - PUZZLE_BITS) === 0)
    if (found >= 0) return tries[found] ?? null
  }
}
