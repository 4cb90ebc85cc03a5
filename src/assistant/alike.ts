// Whether a new ticket is about what others are about at this moment: a problem or an incident that is open, or what many say in the last
// hours. By the words that they share, rare ones counting more. Pure.
import { stemsOf } from '#assistant/terms.ts'
import { isSmall } from '#knowledge/language.ts'
import { rawWordsOf } from '#kit/words.ts'
import type { AlikeLink } from '#assistant/words.ts'
import type { TicketType } from '#tickets/vocabulary.ts'

export type Other = {
  readonly ticketId: number
  /** The incident that its words stand for: its own number, or of what it was linked with by people. */
  readonly ofId: number
  /** Of the open incident or problem; null of any other ticket. */
  readonly type: TicketType | null
  readonly ageSeconds: number
  readonly isActive: boolean
  readonly text: string
}

export type Alike = {
  readonly ticketId: number
  /** How the new ticket would be linked to it. */
  readonly linkType: AlikeLink
  readonly likeness: number
  /** So many of the last hours say the same, where that is why; else 0. */
  readonly count: number
}

/** Measured on single sentences of one trade (Banking77, by intent): of what belongs together 29 in 100 are found with one ticket known, 68 with five; 1 and 3 in 100 are wrong. */
const LIKE = 0.3
/** Fewer words in common may be chance. */
const LEAST_SHARED = 2
/** So many in the last hours, and so many times as many as in other hours, are no chance. */
const [MANY, TIMES] = [4, 3]
export const HOURS_SECONDS = 3 * 3_600
/** Of longer texts the beginning says what it is about. */
const MOST_WORDS = 120

type Words = ReadonlySet<string>

/** The words of a text that say something. */
export function tellingWords(text: string): Words {
  const telling = rawWordsOf(text)
    .slice(0, MOST_WORDS)
    .filter((word) => word.length > 2 && !isSmall(word))
  return new Set(stemsOf(telling.join(' ')))
}

/** What a ticket may be linked with: an open problem before an incident, both before mere numbers. Null: nothing. */
export function alikeOf(
  text: string,
  others: readonly Other[],
  wordsOf: (text: string) => Words = tellingWords,
): Alike | null {
  const own = wordsOf(text)
  const theirs = others.map((other) => ({ ...other, words: wordsOf(other.text) }))
  const rarity = rarityOf([own, ...theirs.map(({ words }) => words)])
  const near = theirs
    .map((other) => ({ ...other, likeness: likeness(own, other.words, rarity) }))
    .filter((other) => other.likeness >= LIKE)
    .toSorted((a, b) => b.likeness - a.likeness || a.ticketId - b.ticketId)
  for (const [type, linkType] of [
    ['problem', 'incident'],
    ['incident', 'duplicates'],
  ] as const) {
    const found = near.find((other) => other.type === type)
    if (found !== undefined) return { ticketId: found.ofId, linkType, likeness: found.likeness, count: 0 }
  }
  return manyOf(
    near.filter(({ type }) => type === null),
    others,
  )
}

type Near = Omit<Other, 'text'> & { readonly likeness: number }

/** What comes at any hour is no incident: it is held against the days before. */
function manyOf(near: readonly Near[], others: readonly Other[]): Alike | null {
  const now = near.filter(({ ageSeconds, isActive }) => ageSeconds <= HOURS_SECONDS && isActive)
  const longest = Math.max(HOURS_SECONDS, ...others.map(({ ageSeconds }) => ageSeconds))
  const before = near.filter(({ ageSeconds }) => ageSeconds > HOURS_SECONDS).length
  const usual = (before * HOURS_SECONDS) / Math.max(HOURS_SECONDS, longest - HOURS_SECONDS)
  if (now.length < MANY || now.length < TIMES * usual) return null
  // The first of them is where the others gather; once linked with, it is an incident.
  const [first] = now.toSorted((a, b) => a.ticketId - b.ticketId)
  if (first === undefined) return null
  return { ticketId: first.ticketId, linkType: 'duplicates', likeness: first.likeness, count: now.length }
}

type Rarity = ReadonlyMap<string, number>

function rarityOf(texts: readonly Words[]): Rarity {
  const counts = new Map<string, number>()
  for (const words of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return new Map([...counts].map(([word, count]) => [word, Math.log(1 + (2 * texts.length) / (1 + count))]))
}

/** From 0 to 1: the cosine of what two say. */
function likeness(one: Words, other: Words, rarity: Rarity): number {
  const weight = (word: string) => (rarity.get(word) ?? 1) ** 2
  let [shared, count, a, b] = [0, 0, 0, 0]
  for (const word of one) {
    a += weight(word)
    if (!other.has(word)) continue
    shared += weight(word)
    count++
  }
  for (const word of other) b += weight(word)
  return count < LEAST_SHARED || a === 0 || b === 0 ? 0 : shared / Math.sqrt(a * b)
}
