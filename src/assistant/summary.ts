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

/** Of a conversation: how many lines, how many of one message, and how far into a message it is read. */
const [OF_ALL, OF_ONE, INTO] = [6, 2, 30]
const QUESTION = /[?？؟]["'”’»)\]]?$/u

/** The lines of a long conversation, in its order: how it began, what was said since, and the last that was asked. */
export function linesOf(spoken: readonly Spoken[]): Line[] {
  const said = sentencesIn(spoken)
  const counts = new Map<string, number>()
  for (const { words } of said)
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const weighed = said.map((each) => ({ ...each, weight: weightOf(each.words, counts, each.at) }))
  const heaviest = weighed.toSorted((a, b) => b.weight - a.weight || a.at - b.at)
  const [first] = spoken
  const taken = new Set<(typeof weighed)[number]>()
  const take = (found: (typeof weighed)[number] | undefined) => {
    const of = [...taken].filter(({ messageId }) => messageId === found?.messageId).length
    if (found !== undefined && taken.size < OF_ALL && of < OF_ONE) taken.add(found)
  }
  take(heaviest.find(({ messageId }) => messageId === first?.messageId))
  take(weighed.findLast(({ isQuestion }) => isQuestion))
  for (const each of heaviest) take(each)
  return [...taken]
    .toSorted((a, b) => a.at - b.at)
    .map(({ messageId, sentence, isQuestion }) => ({ messageId, sentence: short(sentence), isQuestion }))
}

/** What says something, each once: a signature that comes back under every message says nothing new. */
function sentencesIn(spoken: readonly Spoken[]) {
  const seen = new Map<string, number>()
  const all = spoken.flatMap(({ messageId, text }) =>
    sentencesOf(text)
      .slice(0, INTO)
      .map((sentence) => {
        seen.set(sentence, (seen.get(sentence) ?? 0) + 1)
        return { messageId, sentence, words: wordsIn(sentence), isQuestion: QUESTION.test(sentence) }
      }),
  )
  return all
    .filter(({ sentence, words }) => words.length >= LEAST_WORDS && seen.get(sentence) === 1)
    .map((each, at) => ({ ...each, at }))
}

/** A sentence as it fits a line. */
export function short(sentence: string): string {
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST).toWellFormed()} …`
}
