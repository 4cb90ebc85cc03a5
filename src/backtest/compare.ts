// Two replays of one ticket side by side: where they go apart, what each did, and what of it is sure. At and before the update in
// which they go apart only the configuration differs; after it people might have acted otherwise.
import type { Step } from '#backtest/life.ts'
import type { Replay } from '#backtest/replay.ts'
import { differing, textOf } from '#backtest/seen.ts'
import type { Sent } from '#backtest/effects.ts'
import type { Instant } from '#kit/time.ts'
import type { Ticket } from '#tickets/ticket.ts'

export const differenceKinds = [
  'fired',
  'not_fired',
  'mail_new',
  'mail_lost',
  'breached',
  'saved',
  'value',
] as const

/** Something that happens under one configuration only, or otherwise. */
export type Difference = {
  readonly kind: (typeof differenceKinds)[number]
  readonly at: Instant
  /** Sure, since the history before it is the same. */
  readonly certain: boolean
  readonly ruleId?: number
  /** A recipient, a metric or a field. */
  readonly what?: string
  readonly from?: string
  readonly to?: string
}

export type Comparison = {
  /** When the two go apart; null when they never do. */
  readonly divergesAt: Instant | null
  readonly differences: readonly Difference[]
}

/** Whether anything of a ticket is otherwise: something in it, or only when it came. A breach alone is no parting of the ways. */
export function isOtherwise({ divergesAt, differences }: Comparison): boolean {
  return divergesAt !== null || differences.length > 0
}

/** Compares what a ticket would have been under a candidate with what it was under the baseline, firings inside the window only. */
export function compare(baseline: Replay, candidate: Replay, from: Instant): Comparison {
  if (candidate === baseline) return { divergesAt: null, differences: [] }
  const divergesAt = divergence(baseline, candidate)
  const isCertain = (at: Instant) => divergesAt === null || at <= divergesAt
  const [b, c] = [tracesOf(baseline, from), tracesOf(candidate, from)]
  const differences = [
    ...missingIn(b, c).map((trace) => differenceOf(trace, 'candidate', isCertain)),
    ...missingIn(c, b).map((trace) => differenceOf(trace, 'baseline', isCertain)),
    ...valueDifferences(baseline.ticket, candidate.ticket, divergesAt),
  ]
  return { divergesAt, differences: differences.toSorted((x, y) => (x.at < y.at ? -1 : x.at > y.at ? 1 : 0)) }
}

/** The first moment after which people would have seen another ticket, or got another mail. */
function divergence(baseline: Replay, candidate: Replay): Instant | null {
  const [b, c] = [visibleSteps(baseline), visibleSteps(candidate)]
  for (let index = 0; index < Math.max(b.length, c.length); index++) {
    const [one, other] = [b[index], c[index]]
    if (one === undefined || other === undefined) return (one ?? other)?.at ?? null
    if (one.at !== other.at) return one.at < other.at ? one.at : other.at
    if (mailsOf(one) !== mailsOf(other) || differing(one.after, other.after).length > 0) return one.at
  }
  return null
}

/** Steps after which something is otherwise than before, as people see it. */
function visibleSteps({ steps }: Replay): readonly Step[] {
  return steps.filter((step, index) => {
    const before = steps[index - 1]?.after
    return (
      before === undefined ||
      step.sent.length > 0 ||
      step.updateId !== null ||
      differing(before, step.after).length > 0
    )
  })
}

function mailsOf({ sent }: Step): string {
  return sent
    .map(({ kind, to, template }) => `${kind} ${to} ${template}`)
    .toSorted()
    .join('\n')
}

/** A firing, mail or breach of a replay. `key` says which one of its kind; the same key in both means the same thing happened. */
type Trace = {
  readonly key: string
  readonly kind: 'fired' | 'mail' | 'breach'
  readonly at: Instant
  readonly ruleId?: number
  readonly what?: string
}

/** What a replay did since an instant, in order. The nth firing of a rule on a ticket is the same thing in both replays. */
export function tracesOf({ steps }: Replay, from: Instant): readonly Trace[] {
  const counts = new Map<string, number>()
  const numbered = (name: string) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return `${name} ${count}`
  }
  return steps.flatMap((step) => {
    const { at } = step
    const traces: Trace[] = []
    for (const { ruleId, outcome } of step.considered)
      if (outcome === 'fired' || outcome === 'fired_no_op')
        traces.push({ key: numbered(`fired ${ruleId}`), kind: 'fired', at, ruleId })
    for (const sent of step.sent)
      traces.push({ key: numbered(keyOfMail(sent)), kind: 'mail', at, ruleId: sent.ruleId, what: sent.to })
    for (const event of step.events)
      if (event.kind === 'sla_breached')
        traces.push({
          key: numbered(`breach ${event.payload.metric}`),
          kind: 'breach',
          at,
          what: event.payload.metric,
        })
    return at < from ? [] : traces
  })
}

function keyOfMail({ kind, to }: Sent): string {
  return `${kind} ${to}`
}

function missingIn(known: readonly Trace[], others: readonly Trace[]): readonly Trace[] {
  const keys = new Set(known.map(({ key }) => key))
  return others.filter(({ key }) => !keys.has(key))
}

const KINDS = {
  candidate: { fired: 'fired', mail: 'mail_new', breach: 'breached' },
  baseline: { fired: 'not_fired', mail: 'mail_lost', breach: 'saved' },
} as const

function differenceOf(
  { kind, at, ruleId, what }: Trace,
  side: keyof typeof KINDS,
  isCertain: (at: Instant) => boolean,
): Difference {
  return {
    kind: KINDS[side][kind],
    at,
    certain: isCertain(at),
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(what === undefined ? {} : { what }),
  }
}

/** Fields that end otherwise. What a ticket is at its end hangs on what people did after the two went apart. */
function valueDifferences(b: Ticket, c: Ticket, divergesAt: Instant | null): readonly Difference[] {
  return differing(b, c).map((field) => ({
    kind: 'value' as const,
    at: divergesAt ?? b.openedAt,
    certain: false,
    what: field,
    from: textOf(b[field]),
    to: textOf(c[field]),
  }))
}
