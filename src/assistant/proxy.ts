// Whether an answer was right, as far as what people did can tell: they used the same article, or said the same. A proxy, and called so.
import { stemsOf } from '#assistant/terms.ts'

const SAME = 0.8
const IN_A_ROW = 3

/** Whether a person's answer says what a section says; null when there is none to compare with. */
export function saysTheSame(
  section: { readonly text: string; readonly path: string },
  reply: string | null,
): boolean | null {
  if (reply === null || reply.trim() === '') return null
  if (reply.includes(section.path)) return true
  const [said, asked] = [stemsOf(reply), stemsOf(section.text)]
  return cosine(said, asked) >= SAME || contained(asked, said) >= SAME
}

/** Of two texts' words, counted: 1 where they are the same, 0 where they share none. */
export function cosine(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [counted(one), counted(other)]
  let product = 0
  for (const [word, count] of a) product += count * (b.get(word) ?? 0)
  const length = (counts: ReadonlyMap<string, number>) =>
    Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0))
  const lengths = length(a) * length(b)
  return lengths === 0 ? 0 : product / lengths
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** How much of one text stands in another, three words in a row each. */
export function contained(part: readonly string[], whole: readonly string[]): number {
  const rows = (words: readonly string[]) =>
    words
      .slice(0, Math.max(1, words.length - IN_A_ROW + 1))
      .map((_, at) => words.slice(at, at + IN_A_ROW).join(' '))
  const there = new Set(rows(whole))
  const asked = rows(part)
  return asked.length === 0 ? 0 : asked.filter((row) => there.has(row)).length / asked.length
}
