// What stands in the search document of a ticket, as a tsvector written out: every word that a person can see there, in all its forms.
import { placesOf } from '#kit/words.ts'
import { pairsIn } from '#tickets/search-pairs.ts'

/** What a ticket says. What rules call its text is apart from what only people see on it. */
export type Said = {
  readonly id: number
  readonly subject: string
  readonly name: string
  readonly email: string
  /** Its messages, newest first. */
  readonly texts: readonly string[]
  /** Fields, tags, people, files, side conversations. */
  readonly beside: readonly string[]
  /** Folded away, with what a message repeats from another: lines that stand in the document already are left out. */
  readonly folded: readonly string[]
  /** Messages as they are shown, when that may be more than their text: lines with a new word count. */
  readonly shown: readonly string[]
}

/** Words of the subject and of the requester's name stand in the document a second time with a mark: found without a recheck. */
export const SUBJECT_MARK = 's:'
export const NAME_MARK = 'n:'
/** Where long words end and begin, so that a part of a compound finds it. */
export const END_MARK = 'r:'
export const BEGIN_MARK = 'c:'
const LONG_BY_END = 9
const LONG_BY_BEGIN = 12

/** Tickets in spans of 2,048, 16,384 and 131,072 numbers: a word of the document, so that the index can look at some tickets alone. */
export const SPANS: readonly number[] = [11, 14, 17]

/** The word that all tickets of a span have, and no other. */
export function spanWord(level: number, span: number | ''): string {
  return `b${level}:${span}`
}

/** Positions of a tsvector end at 16,383. Counting from one again keeps phrases, at the price of a false one in a very long ticket. */
const LAST_POSITION = 16_000
/** PostgreSQL takes so many for a word. */
const MOST_POSITIONS = 255
/** Between two texts: no phrase reaches across. */
const GAP = 10
/** A tsvector holds 1 MB of words with their positions; what is newest goes in first. */
const MOST_BYTES = 900_000

type Weight = 'A' | 'B' | 'C' | 'D'

/** What the index holds of a ticket: words as a tsvector, and which of them stand side by side. */
export type Indexed = { readonly words: string; readonly pairs: readonly number[] }

/** The document of a ticket: subject (A), requester and number (B), messages (D), and what else is seen on it (C). */
export function documentOf(said: Said): Indexed {
  const document = new Document()
  document.add(said.subject, 'A', SUBJECT_MARK)
  document.add(said.name, 'B', NAME_MARK)
  document.add(String(said.id), 'B')
  document.add(said.email, 'B')
  for (const text of said.texts) document.add(text, 'D')
  for (const text of said.beside) document.add(text, 'C')
  const known = new Set(said.texts.flatMap(linesOf))
  for (const text of said.folded) document.add(newLines(text, known), 'C')
  for (const text of said.shown)
    for (const line of linesOf(text)) if (!document.knows(line)) document.add(line, 'C')
  const spans = SPANS.map((bits, level) => spanWord(level, Math.floor(said.id / 2 ** bits)))
  return { words: document.written(spans), pairs: document.neighbours() }
}

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/^[>|\s]+/, '').trim())
}

function newLines(text: string, known: Set<string>): string {
  const lines = linesOf(text).filter((line) => line !== '' && !known.has(line))
  for (const line of lines) known.add(line)
  return lines.join('\n')
}

/** Lives while one document is made. */
class Document {
  private readonly words = new Map<string, string[]>()
  private readonly whole = new Set<string>()
  private readonly pairs = new Set<number>()
  private at = 0
  private bytes = 0

  add(text: string, weight: Weight, mark: string | null = null): void {
    if (text === '') return
    const { places, count } = placesOf(text)
    for (const [form, spots] of places) {
      this.addLong(form)
      this.put(form, spots, weight)
      if (mark !== null) this.put(`${mark}${form}`, spots, weight)
    }
    for (const pair of pairsIn(places)) this.pairs.add(pair)
    this.at += count + GAP
  }

  knows(text: string): boolean {
    return [...placesOf(text).places.keys()].every((form) => this.words.has(form))
  }

  written(also: readonly string[]): string {
    const placed = [...this.words].map(([word, positions]) => `'${word}':${positions.join(',')}`)
    return [...placed, ...[...this.whole, ...also].map((word) => `'${word}'`)].join(' ')
  }

  neighbours(): readonly number[] {
    return [...this.pairs]
  }

  private put(word: string, spots: readonly number[], weight: Weight): void {
    const known = this.words.get(word) ?? []
    const isNew = known.length === 0
    if (this.bytes > MOST_BYTES) return
    for (const spot of spots.slice(0, MOST_POSITIONS - known.length))
      known.push(`${((this.at + spot) % LAST_POSITION) + 1}${weight}`)
    this.bytes += spots.length * 2 + (isNew ? Buffer.byteLength(word) + 8 : 0)
    this.words.set(word, known)
  }

  private addLong(form: string): void {
    if (form.length < LONG_BY_END || this.words.has(form) || !/^\p{sc=Latin}+$/u.test(form)) return
    const words = [
      `${END_MARK}${reversed(form)}`,
      ...(form.length < LONG_BY_BEGIN ? [] : [`${BEGIN_MARK}${form}`]),
    ]
    for (const word of words) {
      this.whole.add(word)
      this.bytes += Buffer.byteLength(word) + 8
    }
  }
}

/** A word from its end to its beginning. */
export function reversed(word: string): string {
  return [...word].toReversed().join('')
}
