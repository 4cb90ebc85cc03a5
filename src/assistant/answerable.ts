// Whether what was found answers at all, and whether those who say something about it agree.
import { contradict } from '#assistant/quantities.ts'
import type { Section } from '#assistant/sections.ts'
import type { EscalationReason } from '#assistant/words.ts'

export type Evidence = Section & { readonly score: number }

/** A past answer that people gave: masked, never quoted. */
export type PastAnswer = { readonly ticketId: number; readonly text: string; readonly score: number }

export type FoundEvidence = {
  /** The best first. */
  readonly sections: readonly Evidence[]
  readonly past: readonly PastAnswer[]
  /** How likely it is that the first answers, from 0 to 1. */
  readonly answerable: number
}

/** What fits this much as well as the best speaks about the same. */
const AS_WELL = 0.6

/** Why what was found must not answer; null when it may. `least` is the chance below which it does not. */
export function obstacle({ sections, answerable }: FoundEvidence, least: number): EscalationReason | null {
  const [best] = sections
  if (best === undefined || answerable < least) return 'no_evidence'
  return conflicting(sections) === null ? null : 'conflict'
}

/**
 * The best section of another article that fits about as well and says other numbers; null when none does. What an article says in
 * one section it need not say in the next: its sections are taken together.
 */
export function conflicting(sections: readonly Evidence[]): Evidence | null {
  const [best] = sections
  if (best === undefined) return null
  const near = Map.groupBy(
    sections.filter(({ score }) => score >= best.score * AS_WELL),
    ({ articleId }) => articleId,
  )
  const said = (each: readonly Evidence[]) => each.map(({ text }) => text).join('\n')
  const own = said(near.get(best.articleId) ?? [best])
  const others = [...near].filter(([articleId]) => articleId !== best.articleId)
  return others.find(([, theirs]) => contradict(own, said(theirs)))?.[1][0] ?? null
}
