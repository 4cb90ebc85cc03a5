// What is due next on a ticket whose life is told or lived again: the moments that live timers keep in tables.
import type { Instant } from '#kit/time.ts'
import type { Episode } from '#rules/timers.ts'
import { dueMoments, type DueMoment } from '#tickets/due.ts'
import type { Settings } from '#tickets/settings.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Due =
  | { readonly kind: DueMoment['kind']; readonly at: Instant }
  | { readonly kind: 'rule'; readonly at: Instant; readonly ruleId: number }

/** The first of a ticket's moments; of two at the same instant the ticket's own, then the lower rule. Null when there is none. */
export function firstDue(of: {
  readonly ticket: Ticket
  readonly settings: Settings
  readonly clocksAt: Instant | null
  readonly episodes: readonly Episode[]
  /** Moments that came and had nothing to do. */
  readonly dropped: ReadonlySet<string>
}): Due | null {
  const { ticket, settings, clocksAt, episodes, dropped } = of
  const own: readonly Due[] = dueMoments(ticket, settings)
    .filter(({ kind }) => !dropped.has(kind))
    .map(({ kind, dueAt }) => ({ kind, at: dueAt }))
  const clocks: readonly Due[] = clocksAt === null ? [] : [{ kind: 'sla', at: clocksAt }]
  const rules = episodes
    .toSorted((a, b) => a.ruleId - b.ruleId)
    .flatMap(({ dueAt, ruleId }): readonly Due[] =>
      dueAt === null ? [] : [{ kind: 'rule', at: dueAt, ruleId }],
    )
  const all = [...own, ...clocks, ...rules]
  return all.reduce<Due | null>((first, each) => (first === null || each.at < first.at ? each : first), null)
}
