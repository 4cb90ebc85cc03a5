// A small sum that a browser works out where much of something may be abuse: nothing to a person who writes once, dear to whoever sends
// by the thousand.
import { createHash } from 'node:crypto'
import { PUZZLE_BITS } from '#kit/puzzle-bits.ts'

/** Whether `answer` is right for what it was worked out for; whoever asks sees to it that this is good once. */
export function isSolved(once: string, answer: string): boolean {
  if (once.length < 16 || answer === '' || answer.length > 20) return false
  const digest = createHash('sha256').update(`${once}:${answer}`).digest()
  return digest.readUInt32BE(0) >>> (32 - PUZZLE_BITS) === 0
}
