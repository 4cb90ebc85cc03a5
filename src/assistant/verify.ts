// The last look at an answer before it may leave: each sentence between greeting and link stands in its evidence, letter by letter;
// so do each number and each address. Evidence that talks to machines is answered by people.
import { isInjected } from '#assistant/injection.ts'
import type { Section } from '#assistant/sections.ts'

export type Checked = {
  readonly sentence: string
  /** The number of the piece of evidence it stands in, from 1; null when in none. */
  readonly evidence: number | null
}

export type Verified = {
  readonly ok: boolean
  readonly sentences: readonly Checked[]
  /** What was found wrong, in a word each. */
  readonly problems: readonly ('sentence' | 'number' | 'address' | 'injection' | 'empty')[]
}

const ADDRESS = /https?:\/\/[^\s<>"')\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu
const NUMBER = /\d+(?:[.,:]\d+)*/gu

/** Looks at the part of an answer that is said to come from evidence. */
export function verify(said: string, evidence: readonly Section[]): Verified {
  const texts = evidence.map(({ text }) => flat(text))
  const all = texts.join('\n')
  const sentences = sentencesOf(said).map((sentence) => {
    const at = texts.findIndex((text) => text.includes(flat(sentence)))
    return { sentence, evidence: at < 0 ? null : at + 1 }
  })
  const strange = (pattern: RegExp) => {
    const known = new Set(all.match(pattern))
    return (said.match(pattern) ?? []).some((each) => !known.has(each))
  }
  const problems = [
    ...(sentences.length === 0 ? (['empty'] as const) : []),
    ...(sentences.some((each) => each.evidence === null) ? (['sentence'] as const) : []),
    ...(strange(NUMBER) ? (['number'] as const) : []),
    ...(strange(ADDRESS) ? (['address'] as const) : []),
    ...(evidence.some(({ text }) => isInjected(text)) ? (['injection'] as const) : []),
  ]
  return { ok: problems.length === 0, sentences, problems }
}

/** The sentences of a text: lines, and within them what ends in a full stop, a question or an exclamation mark. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?。！？]["'”)\]]?)\s+(?=[\p{Lu}\p{N}"'“„(¿¡])|(?<=[。！？])/u)
    .map((each) => each.trim())
    .filter((each) => /[\p{L}\p{N}]/u.test(each))
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
