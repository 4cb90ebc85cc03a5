// Words that are looked for, as a tsquery over the search document. Forms are letters and digits only: nothing needs escaping.
import { isLeaf, valuesOf, type Cond, type Leaf } from '#rules/condition.ts'
import { spellingsOf, wordsOf, type Spelling } from '#kit/words.ts'
import { pairsOf } from '#tickets/search-pairs.ts'
import { BEGIN_MARK, END_MARK, NAME_MARK, reversed, SUBJECT_MARK } from '#tickets/search-document.ts'

/** How free text is read in a list. */
export type Reading = {
  /** The word that is still being typed: its beginning is enough. */
  readonly unfinished?: string
  /** People search all that they see on a ticket, and parts of compounds; what a rule calls text is narrower. */
  readonly everywhere?: true
}

type Place = { readonly mark: string; readonly weight: string }

/** Where in the search document a path looks: at words of some weights, or at marked words. */
const places: Readonly<Record<string, Place>> = {
  text: { mark: '', weight: ':ABD' },
  subject: { mark: SUBJECT_MARK, weight: '' },
  'requester.name': { mark: NAME_MARK, weight: '' },
  'anyMessage.text': { mark: '', weight: ':D' },
}
const anywhere: Place = { mark: '', weight: '' }

/** The tsquery of a test for words; null when it is none, or has no word. */
export function textQuery(leaf: Leaf, { unfinished, everywhere }: Reading): string | null {
  const place = places[leaf.field]
  if (place === undefined || (leaf.op !== 'contains_word' && leaf.op !== 'contains_phrase')) return null
  if (leaf.field !== 'text' || everywhere === undefined) return searchOf(valuesOf(leaf).map(String), place)
  if (unfinished !== undefined && leaf.value === unfinished) return beginning(unfinished)
  return anyOf(
    valuesOf(leaf).flatMap((value) => [
      ...queriesOf(String(value), anywhere),
      ...partsOf(leaf, String(value)),
    ]),
  )
}

/** Which numbers are asked for, and what has to stand in the subject of a ticket that comes before others. */
export function ranksOf(leaves: readonly Leaf[]): { numbers: readonly number[]; subject: string | null } {
  const phrases = leaves.map((leaf) => valuesOf(leaf).map(String))
  const subjects = phrases.flatMap((any) => searchOf(any, { mark: SUBJECT_MARK, weight: '' }) ?? [])
  return {
    numbers: phrases.flat().flatMap((phrase) => Number(/^#?(\d{1,15})$/.exec(phrase)?.[1]) || []),
    subject: subjects.length === 0 ? null : subjects.map((each) => `(${each})`).join(' & '),
  }
}

/** What has to stand side by side in a document: for each phrase any of its spellings, of each its pairs. */
export type Phrases = readonly (readonly (readonly (readonly number[])[])[])[]

/** A few pairs tell a long phrase. */
const MOST_PAIRS = 8

/** The phrases of some tests that are phrases in every spelling; the others are not to be told by pairs. */
function phrasesIn(leaves: readonly Leaf[], { unfinished }: Reading): Phrases {
  return leaves
    .filter(({ value }) => unfinished === undefined || value !== unfinished)
    .map((leaf) => valuesOf(leaf).flatMap((value) => spellingsOf(String(value)).map(pairsOf)))
    .filter((spellings) => spellings.length > 0 && spellings.every((pairs) => pairs.length > 0))
    .map((spellings) => spellings.map((pairs) => pairs.slice(0, MOST_PAIRS)))
}

type Text = { leaves: Leaf[]; query: string; phrases: Phrases; rest: Cond[] }

/** Tests for words that must hold, as one tsquery, and the other tests; null when there is none such. */
export function textIn(cond: Cond, how: Reading): Text | null {
  const parts = 'all' in cond ? cond.all : [cond]
  const leaves: Leaf[] = []
  const queries: string[] = []
  const rest: Cond[] = []
  for (const part of parts) {
    const query = isLeaf(part) && part.field === 'text' ? textQuery(part, how) : null
    if (query === null || !isLeaf(part)) rest.push(part)
    else {
      leaves.push(part)
      queries.push(query)
    }
  }
  if (leaves.length === 0) return null
  const query = queries.map((each) => `(${each})`).join(' & ')
  return { leaves, query, phrases: phrasesIn(leaves, how), rest }
}

/** The tsquery for any of some phrases; null when they have no word. */
function searchOf(phrases: readonly string[], place: Place): string | null {
  return anyOf(phrases.flatMap((phrase) => queriesOf(phrase, place)))
}

function anyOf(queries: readonly string[]): string | null {
  return queries.length === 0 ? null : queries.join(' | ')
}

function queriesOf(phrase: string, place: Place): string[] {
  return spellingsOf(phrase).map((spelling) => phraseOf(spelling, place))
}

function phraseOf(spelling: Spelling, { mark, weight }: Place): string {
  const words = spelling.map((forms) => {
    const any = forms.map((form) => `'${mark}${form}'${weight}`)
    return any.length === 1 ? (any[0] ?? '') : `(${any.join(' | ')})`
  })
  return words.length === 1 ? (words[0] ?? '') : `(${words.join(' <-> ')})`
}

/** Shorter words end or begin too many others. */
const SHORTEST_END = 5
const SHORTEST_BEGIN = 6

/** Compounds that end or begin with a word: "leuchte" is in "Deckenleuchte". */
function partsOf({ op }: Leaf, value: string): string[] {
  const [spelling] = spellingsOf(value)
  if (op === 'contains_phrase' || spelling === undefined || spelling.length !== 1) return []
  return (spelling[0] ?? [])
    .filter((form) => /^\p{sc=Latin}+$/u.test(form))
    .flatMap((form) => [
      ...(form.length < SHORTEST_END ? [] : [`'${END_MARK}${reversed(form)}':*`]),
      ...(form.length < SHORTEST_BEGIN ? [] : [`'${BEGIN_MARK}${form}':*`]),
    ])
}

/** So short a beginning fits nearly every ticket. */
const SHORTEST_BEGINNING = 3

/** What is typed so far: its last word may go on, and its ending may become another. */
function beginning(typed: string): string | null {
  const last = wordsOf(typed).at(-1) ?? ''
  const open = (form: string) =>
    last.length < SHORTEST_BEGINNING
      ? [`'${form}'`]
      : [`'${form}':*`, ...(/..i$/.test(form) ? [`'${form.slice(0, -1)}y'`] : [])]
  const queries = spellingsOf(typed).map((spelling) =>
    spelling
      .map((forms, index) => {
        const isLast = index === spelling.length - 1
        return `(${forms.flatMap((form) => (isLast ? open(form) : [`'${form}'`])).join(' | ')})`
      })
      .join(' <-> '),
  )
  const raw = /^[a-z]{4,}$/i.test(typed) ? [`'${typed.toLowerCase()}':*`] : []
  return anyOf([...queries.map((query) => `(${query})`), ...raw])
}
