// The words of a text as search and rules see them: folded, without plural endings, each with the other ways to write it. One
// place for the index, the query and the evaluator, so that the three can never disagree.
import { foldedWord, formsOf, isPlain, plain } from '#kit/word-forms.ts'
import { spelledIn } from '#kit/spelled.ts'

/** Words longer than this are cut: an index takes no longer ones. */
const LONGEST_WORD = 100

const BY_SIGN = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}'
const LETTER = '[\\p{L}\\p{M}\\p{N}]'

/** What is written in one go: words side by side, or joined by a hyphen, an apostrophe or an underscore. */
const PLAIN_RUN = /[a-z\d]+(?:[-_'][a-z\d]+)*/g
const LETTERS = /^[a-z]+$/
const RUN = new RegExp(`(?=[\\p{L}\\p{N}])${LETTER}+(?:[-‐_'’]${LETTER}+)*`, 'gu')
/** Scripts without spaces between words: each sign is a word, and a word of a query is a phrase of them. */
const PIECE = new RegExp(`[${BY_SIGN}]|(?:(?![${BY_SIGN}])${LETTER})+`, 'gu')
const SIGN = new RegExp(`[${BY_SIGN}]`, 'u')
/** A name with its number: `INC12345`, `v2`, `10kg`. What changes more often is one word. */
const NAME_AND_NUMBER = /^(?:([\p{L}\p{M}]+)(\p{N}+)|(\p{N}+)([\p{L}\p{M}]+))$/u

/** More parts than this are a sentence, not a word in parts. */
const MOST_PARTS = 6
const LONGEST_JOINED = 40

type Run = {
  readonly at: number
  /** The words in it, in order. */
  readonly parts: readonly string[]
  /** Written as one; null when it is one anyway. */
  readonly joined: string | null
}

/** Where in a text each form of each of its words stands: the same word has several forms in one place. */
export type Places = ReadonlyMap<string, readonly number[]>

/** One way to write what is looked for: for each word in order, the forms that will do. */
export type Spelling = readonly (readonly string[])[]

/** The forms of all words of a text, each with its places in order, and how many places there are. */
export function placesOf(text: string): { readonly places: Places; readonly count: number } {
  const clean = cleaned(text)
  const places = new Map<string, number[]>()
  const put = (form: string, at: number) => {
    const known = places.get(form)
    if (known === undefined) places.set(form, [at])
    else if (known.at(-1) !== at) known.push(at)
  }
  const starts = new Map<number, number>()
  let count = 0
  for (const { at, parts, joined } of runsOf(clean)) {
    starts.set(at, count)
    if (joined !== null) for (const form of formsOf(joined)) put(form, count)
    for (const part of parts) {
      for (const form of formsOf(part)) put(form, count)
      count++
    }
  }
  for (const { from, forms } of spelledIn(clean)) {
    const place = starts.get(from) ?? starts.get(from + 1)
    if (place !== undefined) for (const form of forms) put(form, place)
  }
  return { places, count }
}

/** The ways to write a text that is looked for: its words side by side, or all that it means in one. */
export function spellingsOf(text: string): readonly Spelling[] {
  const clean = cleaned(text).trim()
  const runs = [...runsOf(clean)]
  const words = runs.flatMap(({ parts }) => parts)
  if (words.length === 0) return []
  const joined = runs.length === 1 ? (runs[0]?.joined ?? null) : null
  const whole = spelledIn(clean).filter(({ from, to }) => from <= 1 && to >= clean.length - 1)
  const digits = /^[1-9]\d{8,14}$/.test(clean) ? [[[`p:${clean.slice(-7)}`]]] : []
  return [
    words.map((word) => formsOf(word)),
    ...(joined === null ? [] : [[formsOf(joined)]]),
    ...whole.map(({ forms }) => [forms]),
    ...digits,
  ]
}

/** Whether one of the spellings stands in the text, its words side by side; none is nowhere. */
export function holdsSpelling(places: Places, spellings: readonly Spelling[]): boolean {
  return spellings.some(([first = [], ...rest]) =>
    first.some((form) =>
      places
        .get(form)
        ?.some((at) =>
          rest.every((forms, index) => forms.some((each) => has(places.get(each), at + index + 1))),
        ),
    ),
  )
}

/** Whether a sorted list has a number: a common word has very many places. */
function has(sorted: readonly number[] | undefined, wanted: number): boolean {
  let [low, high] = [0, (sorted?.length ?? 0) - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted?.[middle] ?? 0
    if (found === wanted) return true
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return false
}

/** The words of a text in order, each in its usual form. */
export function wordsOf(text: string): string[] {
  return [...runsOf(cleaned(text))].flatMap(({ parts }) => parts.map((part) => formsOf(part)[0] ?? part))
}

/** The same with their endings, for whoever knows the language's own. */
export function rawWordsOf(text: string): string[] {
  return [...cleaned(text).matchAll(RUN)].flatMap(([run]) =>
    (run.match(PIECE) ?? []).map((word) => foldedWord(word).slice(0, LONGEST_WORD)),
  )
}

/** Text without case and accents. */
export function folded(text: string): string {
  return plain(cleaned(text))
}

/** Letters that look alike made one; what shows nothing (soft hyphens, marks without width) is gone. */
function cleaned(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\u034f]+/gu, '')
    .toLowerCase()
}

function* runsOf(clean: string): Generator<Run> {
  const plainly = isPlain(clean)
  for (const found of clean.matchAll(plainly ? PLAIN_RUN : RUN)) {
    const [run] = found
    if (plainly && run.length <= LONGEST_WORD && LETTERS.test(run)) {
      yield { at: found.index, parts: [run], joined: null }
      continue
    }
    const words = /[-‐_'’]/.test(run) ? run.split(/[-‐_'’]/) : [run]
    const parts = words.flatMap((word) => partsOf(word, plainly || isPlain(word)))
    const isOne = parts.length > 1 && parts.length <= MOST_PARTS && run.length <= LONGEST_JOINED
    yield { at: found.index, parts, joined: isOne && !SIGN.test(run) ? words.join('') : null }
  }
}

function partsOf(word: string, plainly: boolean): readonly string[] {
  if (plainly && !/\d/.test(word)) return [word.slice(0, LONGEST_WORD)]
  const pieces = plainly ? [word] : (word.match(PIECE) ?? [])
  const split = pieces.length === 1 ? NAME_AND_NUMBER.exec(word) : null
  return (split?.slice(1).filter((part) => part !== undefined) ?? pieces).map((part) =>
    part.slice(0, LONGEST_WORD),
  )
}
