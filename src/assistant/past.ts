// What people answered before, as a witness: whether it agrees with an article. It is masked, fades with age, and is never quoted.
import type { Evidence, PastAnswer } from '#assistant/answerable.ts'
import { saysTheSame } from '#assistant/proxy.ts'
import { bestOf, rankingOf, scoresFor, type Ranking, type Shape } from '#assistant/ranking.ts'
import { redact } from '#assistant/redact.ts'
import { stemsOf } from '#assistant/terms.ts'
import { secondsBetween, type Instant } from '#kit/time.ts'

/** What was asked on a settled ticket, as it is indexed. */
export type PastQuestion = { readonly ticketId: number; readonly text: string }
/** What people answered on it. */
export type PastReply = { readonly ticketId: number; readonly reply: string; readonly resolvedAt: Instant }

/** By words alone: of very many texts pieces of words would take the memory of a machine and say little more. */
export type PastIndex = { readonly ids: Uint32Array; readonly words: Ranking }

/** A ticket counts once it has stayed settled for so long. */
export const SURVIVED_SECONDS = 7 * 86_400
/** What was answered a year ago counts half. */
const HALF_SECONDS = 365 * 86_400
/** Among many tickets, words that stand in more of them than this tell none from another, and cost the most time. */
const [MANY, COMMON] = [1_000, 0.1]
const SHAPE: Shape = { saturation: 1.2, length: 0.75 }

/** Indexes what was asked. */
export function pastIndexOf(asked: readonly PastQuestion[]): PastIndex {
  return {
    ids: Uint32Array.from(asked, ({ ticketId }) => ticketId),
    words: rankingOf(
      asked.map(({ text }) => stemsOf(text)),
      SHAPE,
    ),
  }
}

/** The settled tickets that asked most nearly the same, the nearest first. */
export function findPast({ ids, words }: PastIndex, question: string, most: number) {
  const asked = stemsOf(question).filter((stem) => {
    const known = words.terms.get(stem)
    return known !== undefined && (words.size < MANY || known.documents.length < words.size * COMMON)
  })
  const scores = scoresFor(words, asked)
  const shared = Uint8Array.from(scores, (score) => (score > 0 ? 1 : 0))
  return bestOf(scores, shared, most).map((at) => ({ ticketId: ids[at] ?? 0, score: scores[at] ?? 0 }))
}

/** What was answered there, without secrets; the older, the less it counts. */
export function pastAnswersOf(
  found: readonly { readonly ticketId: number; readonly score: number }[],
  replies: readonly PastReply[],
  at: Instant,
): PastAnswer[] {
  const byTicket = new Map(replies.map((each) => [each.ticketId, each]))
  return found.flatMap(({ ticketId, score }) => {
    const past = byTicket.get(ticketId)
    if (past === undefined) return []
    const fade = 0.5 ** (Math.max(0, secondsBetween(past.resolvedAt, at)) / HALF_SECONDS)
    return [{ ticketId, text: redact(past.reply).text, score: score * fade }]
  })
}

/** How much past answers say what a section says: 1 all, -1 none, 0 where there are none. */
export function agreementOf(section: Evidence, past: readonly PastAnswer[]): number {
  const all = past.reduce((sum, { score }) => sum + score, 0)
  if (all === 0) return 0
  const same = past.filter(({ text }) => saysTheSame(section, text) === true)
  return (2 * same.reduce((sum, { score }) => sum + score, 0)) / all - 1
}
