// What a run comes to, once everything is known: answer alone, draft, sort, or hand over. Pure, and the same live and in a simulation.
import { reaches, type Decision, type EscalationReason, type Mode } from '#assistant/words.ts'

export type Weighed = {
  readonly mode: Mode
  readonly pCorrect: number
  /** From which chance on it may answer alone; null: never here. */
  readonly threshold: number | null
  readonly draftFrom: number
  /** Where the ticket falls, and how far the rollout has come. */
  readonly bucket: number
  readonly share: number
  readonly questions: number
  readonly isVerified: boolean
  readonly isHumanTyping: boolean
  /** Some field of triage is sure enough to be set. */
  readonly isSomeFieldSure: boolean
  readonly isBudgetSpent: boolean
}

export type Decided = { readonly decision: Decision; readonly reason: EscalationReason | null }

/** Decides. What may not be sent alone becomes a draft, if it is good enough for that. */
export function decide(weighed: Weighed): Decided {
  const { mode, pCorrect, threshold, draftFrom, bucket, share, questions } = weighed
  const { isVerified, isHumanTyping, isSomeFieldSure, isBudgetSpent } = weighed
  const isSure = isVerified && threshold !== null && pCorrect >= threshold
  if (isSure && reaches(mode, 'auto') && bucket < share && !isHumanTyping) {
    if (isBudgetSpent) return { decision: 'escalate', reason: 'budget' }
    return { decision: questions > 1 ? 'answer_stay_open' : 'auto_resolve', reason: null }
  }
  if (isVerified && pCorrect >= draftFrom) return { decision: 'draft', reason: null }
  if (isSomeFieldSure) return { decision: 'triage_only', reason: null }
  return { decision: 'escalate', reason: 'low_confidence' }
}
