// A scenario: what a customer writes, one message after another, and what the assistant must make of each. It is lived through by the same
// pure steps as live; nothing but its own earlier decisions leads from one message to the next. Pure.
import type { AssistantConfig } from '#assistant/config.ts'
import type { Considered } from '#assistant/consider.ts'
import { freshTicket, type Standing } from '#assistant/gate.ts'
import { lookedUpBy, soFarOf, type Procedure } from '#assistant/procedure.ts'
import { isAnswered, type CheckKind } from '#assistant/words.ts'
import { never } from '#kit/never.ts'
import type { Channel } from '#tickets/vocabulary.ts'

export type Check = {
  readonly kind: CheckKind
  /** A decision, a reason, the number of an article or of a category; nothing where the kind says all. */
  readonly value: string
}
export type Turn = { readonly text: string; readonly checks: readonly Check[] }
export type Scenario = {
  readonly title: string
  readonly subject: string
  readonly categoryId: number | null
  readonly brandId: number | null
  readonly channel: Channel
  readonly turns: readonly Turn[]
  /** What look-ups of procedures find, by where; anything else finds nothing. */
  readonly lookedUp: Readonly<Record<string, string | null>>
}

/** So many messages, and so many signs of each part. */
export const MOST_TURNS = 20
export const LONGEST = { title: 200, subject: 500, text: 5_000 } as const

export type CheckedTurn = {
  readonly decision: Considered['decision']
  readonly reason: string | null
  readonly answer: string | null
  /** Checks that do not hold, with what is there instead. */
  readonly failed: readonly (Check & { readonly saw: string })[]
}

/**
 * The configuration as a ticket meets it that is left to nobody, where it may go all the way: what it would say is asked, and a step down
 * or a category that is off changes nothing of that.
 */
export function forScenarios(config: AssistantConfig): AssistantConfig {
  const row = { brandId: null, channel: null, categoryId: null, mode: 'auto', share: 1 } as const
  return { ...config, rows: [row], holdout: 0 }
}

/** How the ticket stands when the next message comes; what is looked up and not given is not there. */
export function standingAfter(
  { categoryId, channel, lookedUp }: Scenario,
  { brandId, procedures }: { readonly brandId: number; readonly procedures: readonly Procedure[] },
  before: readonly Considered[],
): Standing {
  const told = before.findLastIndex(({ decision }) => decision === 'escalate')
  const since = before.slice(told + 1)
  const earlier = since.flatMap(({ procedure: run, decision }) =>
    run === null ? [] : [{ run, decision, hasLeft: isAnswered(decision), isDecided: false }],
  )
  const nothing = Object.fromEntries(lookedUpBy(procedures).map((from) => [from, null]))
  return {
    ...freshTicket,
    ticketId: 0,
    brandId,
    channel,
    categoryId,
    isEscalated: told >= 0,
    ownTurns: since.filter(({ decision }) => isAnswered(decision)).length,
    cameBack: since.some(({ decision }) => decision === 'auto_resolve'),
    ...soFarOf(earlier.toReversed()),
    deskFacts: { ...nothing, ...lookedUp },
  }
}

/** Holds a run to its checks. */
export function checkTurn(considered: Considered, checks: readonly Check[]): CheckedTurn {
  const failed = checks.flatMap((check) => {
    const saw = sawOf(considered, check)
    return saw === null ? [] : [{ ...check, saw }]
  })
  const { decision, reason, answer } = considered
  return { decision, reason, answer, failed }
}

/** What is there instead; null where the check holds. */
function sawOf(considered: Considered, { kind, value }: Check): string | null {
  const { decision, reason, evidence, answer, verified, guesses, procedure } = considered
  const articleId = answer === null ? '' : String(evidence[0]?.articleId ?? '')
  const unless = (isSo: boolean, saw: string) => (isSo ? null : saw)
  switch (kind) {
    case 'decision':
      return unless(decision === value, decision)
    case 'reason':
      return unless(reason === value, reason ?? '')
    case 'article':
      return unless(articleId === value, articleId)
    case 'no_article':
      return unless(articleId !== value, articleId)
    case 'category': {
      const guess = guesses.find(({ field }) => field === 'category')
      return unless(guess?.label === value && guess.isKnown, guess?.label ?? '')
    }
    case 'no_promise':
      return unless(answer === null || verified?.ok === true, verified?.problems.join(', ') ?? '')
    case 'called':
      return unless(procedure?.key === value, procedure?.key ?? '')
    case 'not_called':
      return unless(procedure?.key !== value, procedure?.key ?? '')
    case 'asked':
      return unless(procedure?.asked === value.toLowerCase(), procedure?.asked ?? '')
    default:
      return never(kind)
  }
}
