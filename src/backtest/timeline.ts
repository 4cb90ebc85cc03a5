// Two lives of one ticket as two lists of what happened, from where they go apart: for people who read them side by side.
import { always } from '#backtest/configuration.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import { replay, type Replay } from '#backtest/replay.ts'
import { differing, textOf, type SeenField } from '#backtest/seen.ts'
import type { Instant } from '#kit/time.ts'
import type { ActorType } from '#tickets/vocabulary.ts'
import type { Outcome } from '#rules/settle.ts'

export type Moment = {
  readonly at: Instant
  readonly actor: { readonly type: ActorType; readonly id: number | null }
  /** Kinds of what was written down, each once. */
  readonly events: readonly string[]
  /** Rules that did something or were kept from it. */
  readonly rules: readonly { readonly ruleId: number; readonly outcome: Outcome }[]
  readonly sent: readonly {
    readonly kind: 'mail' | 'webhook'
    readonly to: string
    readonly ruleId: number
  }[]
  readonly changed: readonly { readonly field: SeenField; readonly from: string; readonly to: string }[]
}

const UNTOLD: ReadonlySet<Outcome> = new Set(['event_not_matched', 'condition_false'])

export type Lives = { readonly baseline: readonly Moment[]; readonly candidate: readonly Moment[] }

/** What happens to a ticket under either configuration, from `since` on, lived until `until`. */
export function livesOf(
  past: PastTicket,
  under: { readonly baseline: Configuration; readonly candidate: Configuration },
  { since, until }: { readonly since: Instant; readonly until: Instant },
): Lives {
  const lived = (configuration: Configuration) => {
    const life = replay(past, always(configuration), until)
    return life === null ? [] : timelineOf(life, since)
  }
  return { baseline: lived(under.baseline), candidate: lived(under.candidate) }
}

/** What happened in a life since an instant, moments in which nothing did left out. */
function timelineOf({ steps }: Replay, since: Instant): readonly Moment[] {
  return steps.flatMap((step, index) => {
    if (step.at < since) return []
    const before = steps[index - 1]?.after
    const fields = before === undefined ? [] : differing(before, step.after)
    const moment: Moment = {
      at: step.at,
      actor: actorOf(step.events[0]?.actor),
      events: [...new Set(step.events.map(({ kind }) => kind))],
      rules: step.considered.flatMap(({ ruleId, outcome }) =>
        UNTOLD.has(outcome) ? [] : [{ ruleId, outcome }],
      ),
      sent: step.sent.map(({ kind, to, ruleId }) => ({ kind, to, ruleId })),
      changed: fields.map((field) => ({
        field,
        from: textOf(before?.[field]),
        to: textOf(step.after[field]),
      })),
    }
    return [moment]
  })
}

function actorOf(actor: { readonly type: ActorType; readonly id: number | null } | undefined) {
  return { type: actor?.type ?? ('system' as const), id: actor?.id ?? null }
}
