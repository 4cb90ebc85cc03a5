// What a customer's words come to, in their own sentences: the few that say most, in their order, and what they ask. No model, nothing
// added. Pure.
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

/** A sentence as it fits a line. */
export function short(sentence: string): string {
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST).toWellFormed()} …`
}
