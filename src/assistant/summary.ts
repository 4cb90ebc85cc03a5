// What words come to, in their own sentences: of a customer the few that say most, and what they ask; of a long conversation the few of
// all who spoke, each with where it stands. No model, nothing added. Pure.
import { sentencesOf } from '#assistant/verify.ts'
import { isSmall } from '#knowledge/language.ts'
import { rawWordsOf } from '#kit/words.ts'

/** More is read by nobody who looks for what a ticket is about. */
const [LINES, LONGEST, MOST_SENTENCES] = [3, 240, 200]
/** Shorter ones greet and thank. */
const LEAST_WORDS = 3

export type Summary = { readonly lines: readonly string[]; readonly asked: readonly string[] }

/** Three lines at most of each. What asks for something stands under `asked` alone where there is enough beside it. */
export function summaryOf(texts: readonly string[]): Summary {
  const all = texts.flatMap(sentencesOf).slice(0, MOST_SENTENCES)
  const said = [...new Set(all)].map((sentence) => ({ sentence, words: wordsIn(sentence) }))
  const asking = said.filter(({ sentence }) => /[?？؟]/u.test(sentence))
  const telling = said.filter(({ words }) => words.length >= LEAST_WORDS)
  // The newest message counts where nothing is asked: there they say what they want.
  const asked = asking.length > 0 ? asking.slice(-LINES) : telling.slice(-1)
  const others = telling.filter((each) => !asked.includes(each))
  const counts = new Map<string, number>()
  for (const { words } of said)
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const best = (others.length === 0 ? telling : others)
    .map((each, at) => ({ ...each, at, weight: weightOf(each.words, counts, at) }))
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at)
    .slice(0, LINES)
    .toSorted((a, b) => a.at - b.at)
  return {
    lines: best.map(({ sentence }) => short(sentence)),
    asked: asked.map(({ sentence }) => short(sentence)),
  }
}

/** Words that come again count, a long sentence not for its length alone; who begins says what it is about. */
function weightOf(words: readonly string[], counts: ReadonlyMap<string, number>, at: number): number {
  const sum = [...new Set(words)].reduce(
    (all, word) => all + (counts.get(word) ?? 0) + Number(/\d/.test(word)),
    0,
  )
  return (sum / Math.sqrt(4 + words.length)) * (at === 0 ? 1.3 : 1)
}

function wordsIn(sentence: string): string[] {
  return rawWordsOf(sentence).filter((word) => !isSmall(word))
}

export type Spoken = { readonly messageId: number; readonly text: string }
export type Line = { readonly messageId: number; readonly sentence: string; readonly isQuestion: boolean }

/** A conversation has so many lines at most. */
export const OF_ALL = 6
/** How many of one message, how far into a message it is read, and from when on a sentence is a habit. */
const [OF_ONE, INTO, OFTEN] = [2, 30, 3]
const QUESTION = /[?？؟]["'”’»)\]]?$/u

export function isAsked(sentence: string): boolean {
  return QUESTION.test(sentence)
}

/** The lines of a long conversation, in its order: how it began, what was said since, and the last that was asked. */
export function linesOf(spoken: readonly Spoken[]): Line[] {
  const said = sentencesIn(spoken)
  const counts = new Map<string, number>()
  for (const { words } of said)
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const taken = new Set<Said>()
  const told = new Set<string>()
  // What stands in a line already is told: the next is to say something else.
  const weight = ({ words, at }: Said) =>
    weightOf(
      words.filter((word) => !told.has(word)),
      counts,
      at,
    )
  const take = (some: readonly Said[]) => {
    const open = some.filter(
      (each) =>
        !taken.has(each) &&
        [...taken].filter(({ messageId }) => messageId === each.messageId).length < OF_ONE,
    )
    const best = open.toSorted((a, b) => weight(b) - weight(a) || a.at - b.at)[0]
    if (best === undefined || weight(best) === 0) return false
    taken.add(best)
    for (const word of best.words) told.add(word)
    return true
  }
  const [first] = spoken
  take(said.filter(({ messageId }) => messageId === first?.messageId))
  take(said.filter(({ isQuestion }) => isQuestion).slice(-1))
  while (taken.size < OF_ALL && take(said));
  return [...taken]
    .toSorted((a, b) => a.at - b.at)
    .map(({ messageId, sentence, isQuestion }) => ({ messageId, sentence: short(sentence), isQuestion }))
}

type Said = Line & { readonly words: readonly string[]; readonly at: number }

/** What says something, each once; a signature, or what comes again under any number, says nothing new. */
function sentencesIn(spoken: readonly Spoken[]): Said[] {
  const seen = new Map<string, number>()
  const mould = (sentence: string) => sentence.replaceAll(/\d+/g, '0')
  const all = spoken.flatMap(({ messageId, text }) =>
    sentencesOf(text)
      .slice(0, INTO)
      .map((sentence) => {
        const before = seen.get(mould(sentence)) ?? 0
        seen.set(mould(sentence), before + 1)
        const isQuestion = isAsked(sentence)
        return { messageId, sentence, words: wordsIn(sentence), isQuestion, before }
      }),
  )
  return all
    .filter(
      ({ sentence, words, before }) =>
        words.length >= LEAST_WORDS && before === 0 && (seen.get(mould(sentence)) ?? 0) < OFTEN,
    )
    .map(({ messageId, sentence, words, isQuestion }, at) => ({ messageId, sentence, words, isQuestion, at }))
}

/** A sentence as it fits a line. */
export function short(sentence: string): string {
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST).toWellFormed()} …`
}
