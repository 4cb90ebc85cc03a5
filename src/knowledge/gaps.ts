// What is asked for and stands nowhere: searches and tickets that share their telling words, as one gap.
import { formsOf } from '#kit/word-forms.ts'
import { rawWordsOf } from '#kit/words.ts'
import { isSmall } from '#knowledge/language.ts'

/** A search that led to nothing, or a ticket that no article answered. */
export type Wanting = {
  readonly text: string
  readonly language: string
  readonly ticketId: number | null
  /** Null: it was no search. */
  readonly found: number | null
}

export type Gap = {
  /** How most ask for it. */
  readonly text: string
  readonly language: string
  readonly searches: number
  /** Of them, those that found nothing at all. */
  readonly empty: number
  /** The ways it is asked for, the most frequent first. */
  readonly texts: readonly { readonly text: string; readonly count: number }[]
  readonly ticketIds: readonly number[]
}

/** So much of the shorter one's words two texts must share. */
const ALIKE = 0.6
const MOST_TEXTS = 5
/** A search of one is an accident. */
const LEAST = 2

/** Gaps, those that most people met first. */
export function gapsOf(wanting: readonly Wanting[]): Gap[] {
  const groups: { words: ReadonlySet<string>; language: string; members: Wanting[] }[] = []
  const same = Map.groupBy(wanting, ({ text, language }) => `${language} ${text.toLowerCase()}`)
  for (const members of [...same.values()].toSorted((a, b) => b.length - a.length)) {
    const [first] = members
    if (first === undefined) continue
    const words = tellingWords(first.text)
    if (words.size === 0) continue
    const near = groups.find((each) => each.language === first.language && areAlike(each.words, words))
    if (near === undefined) groups.push({ words, language: first.language, members: [...members] })
    else near.members.push(...members)
  }
  return groups
    .map(({ members }) => gapOf(members))
    .filter(({ searches, ticketIds }) => searches + ticketIds.length >= LEAST)
    .toSorted((a, b) => b.searches + 2 * b.ticketIds.length - (a.searches + 2 * a.ticketIds.length))
}

/** The words that say what a text is about, each by its usual form. */
export function tellingWords(text: string): ReadonlySet<string> {
  const words = rawWordsOf(withoutPersons(text)).filter((word) => !/^\p{N}+$/u.test(word) && !isSmall(word))
  return new Set(
    words
      .flatMap((word) => formsOf(word).slice(0, 1))
      .filter((word) => word.length > 1 || /\P{ASCII}/u.test(word)),
  )
}

function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.intersection(b).size / Math.min(a.size, b.size) >= ALIKE
}

function gapOf(members: readonly Wanting[]): Gap {
  const searches = members.filter(({ found }) => found !== null)
  const counted = [...Map.groupBy(members, ({ text }) => text.toLowerCase()).values()]
    .map((each) => ({ text: each[0]?.text ?? '', count: each.length }))
    .toSorted((a, b) => b.count - a.count)
  return {
    text: counted[0]?.text ?? '',
    language: members[0]?.language ?? '',
    searches: searches.length,
    empty: searches.filter(({ found }) => found === 0).length,
    texts: counted.slice(0, MOST_TEXTS),
    ticketIds: [...new Set(members.flatMap(({ ticketId }) => ticketId ?? []))],
  }
}

/** What is kept of a search: without addresses, and without numbers that could name somebody. */
export function withoutPersons(query: string): string {
  return query
    .replace(/\S*@\S*/gu, '…')
    .replace(/https?:\S+/giu, '…')
    .replace(/\S*\p{N}[\p{N}\s./-]{3,}\p{N}\S*/gu, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
    .toWellFormed()
}
