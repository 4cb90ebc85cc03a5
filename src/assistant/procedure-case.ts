// A procedure's part of a run: where one is for the ticket, it is gone through instead of looking for an article, and its end decides.
import { askedText, withClosing } from '#assistant/answer-text.ts'
import { bucketOf, rowFor, type AssistantConfig } from '#assistant/config.ts'
import { ended, step, type Case, type Considered, type ReadyToAsk } from '#assistant/consider.ts'
import { proceed, type Matter, type Proceeded, type Wishing } from '#assistant/procedure.ts'
import type { Standing } from '#assistant/gate.ts'
import { sentencesOf } from '#assistant/verify.ts'
import { reaches, type Decision, type EscalationReason, type Mode } from '#assistant/words.ts'

/** The same where no other system may be asked: what is not written down is not known. */
export function considerRecorded(
  each: Case & { readonly config: AssistantConfig },
  read: ReadyToAsk,
  today: string,
): Considered | null {
  const outside = { ...each.standing.outside, asks: false }
  const gone = considerProcedure({ ...each, standing: { ...each.standing, outside } }, read, today)
  if (gone !== null && 'wants' in gone) throw new Error('Bug: a procedure asks where it must not')
  return gone
}

/** What became of a ticket that a procedure is for; null where none is; what it wants to know of another system first. */
export function considerProcedure(
  each: Case & { readonly config: AssistantConfig },
  { normal, steps, mode }: ReadyToAsk,
  today: string,
): Considered | Wishing | null {
  const { standing, config, guesses } = each
  const { question, text, language, saysLanguage } = normal
  const { categoryId, brandId, deskFacts, outside } = standing
  const said = { question, text, language, saysLanguage }
  const matter: Matter = { categoryId, brandId, ...said, deskFacts, outside, today }
  const found = proceed(config.procedures ?? [], standing, matter)
  if (found === null || 'wants' in found) return found
  const decided = decisionOf(found, { standing, config, mode, questions: normal.questions })
  const base = ended(decided.decision, decided.reason, mode, [
    ...steps,
    step('procedure', { name: found.run.name }),
    step('decide', { decision: decided.decision, reason: decided.reason }),
  ])
  const sentences = sentencesOf(found.text ?? '').map((sentence) => ({ sentence, evidence: null }))
  return {
    ...base,
    guesses,
    procedure: found.run,
    answer: mailOf(found, config),
    verified: found.text === null ? null : { ok: true, sentences, problems: [] },
  }
}

/** Its words as they would leave: they say that a machine wrote them, and how to get a person. */
function mailOf({ text, end, run: { language } }: Proceeded, { phrases }: AssistantConfig): string | null {
  if (text === null) return null
  return end === 'ask' ? askedText(text, language) : withClosing(text, language, phrases)
}

/** A procedure's words leave alone where the assistant answers alone; what it proposes never does. */
function decisionOf(
  { end }: Proceeded,
  {
    standing,
    config,
    mode,
    questions,
  }: {
    readonly standing: Standing
    readonly config: AssistantConfig
    readonly mode: Mode
    readonly questions: number
  },
): { readonly decision: Decision; readonly reason: EscalationReason | null } {
  if (end === 'hand_over') return { decision: 'escalate', reason: 'out_of_scope' }
  // Another system that is away says nothing of the customer's matter, and one that commands is not obeyed.
  if (end === 'failed') return { decision: 'escalate', reason: 'tool_failed' }
  if (end === 'commanded') return { decision: 'escalate', reason: 'injection' }
  if (end === 'repeat') return { decision: 'escalate', reason: 'repeat' }
  const { categoryId, ticketId, isHumanTyping, answersToday } = standing
  const mayLeave =
    end !== 'propose' &&
    reaches(mode, 'auto') &&
    categoryId !== null &&
    !config.highStakes.includes(categoryId) &&
    bucketOf(categoryId, ticketId) < rowFor(config, standing).share &&
    !isHumanTyping
  if (!mayLeave) return { decision: 'draft', reason: null }
  if (answersToday >= config.answersPerDay) return { decision: 'escalate', reason: 'budget' }
  if (end === 'ask') return { decision: 'ask', reason: null }
  return { decision: end === 'close' && questions <= 1 ? 'auto_resolve' : 'answer_stay_open', reason: null }
}
