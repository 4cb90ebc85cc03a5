// What a backtest says of one ticket: how true its replay is, what either configuration did with it, and where they differ.
import { compare, type Comparison } from '#backtest/compare.ts'
import { always, sameThroughout } from '#backtest/configuration.ts'
import type { Configuration, Configurations, PastTicket } from '#backtest/past-ticket.ts'
import { fidelityOf, type Fidelity } from '#backtest/fidelity.ts'
import type { Mark, Step } from '#backtest/life.ts'
import { replay, type Replay } from '#backtest/replay.ts'
import type { Watch } from '#backtest/watch.ts'
import { SEEN, textOf, type SeenField } from '#backtest/seen.ts'
import { localDate } from '#hours/zone.ts'
import type { Instant } from '#kit/time.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Outcome } from '#rules/settle.ts'
import { judge } from '#sla/judge.ts'

/** How often a rule came to each outcome on a ticket. */
export type RuleCounts = { -readonly [O in Counted]: number } & {
  firstAt: Instant | null
  lastAt: Instant | null
  /** How often it fired on each day of the desk, and how many mails it had sent. */
  days: Record<string, number>
  mailDays: Record<string, number>
}
export const COUNTED = ['matched', 'fired', 'noOp', 'refused', 'suppressed'] as const
export type Counted = (typeof COUNTED)[number]

export type Kept = { readonly metric: string; readonly met: number; readonly missed: number }

/** One configuration's life of a ticket, counted. */
export type Side = {
  readonly rules: ReadonlyMap<number, RuleCounts>
  /** Mails by address; `true` for people outside. */
  readonly mails: readonly { readonly to: string; readonly outside: boolean; readonly ruleId: number }[]
  readonly webhooks: number
  readonly conflicts: number
  readonly circuits: number
  readonly mostPasses: number
  readonly clocks: readonly Kept[]
  readonly reopened: number
  readonly skipped: number
}

export type Verdict = {
  readonly ticketId: TicketId
  readonly openedAt: Instant
  readonly fidelity: Fidelity
  readonly comparison: Comparison
  readonly baseline: Side
  readonly candidate: Side
  /** The fields that end otherwise, each with both values as text. */
  readonly changed: readonly { readonly field: SeenField; readonly from: string; readonly to: string }[]
  readonly marks: readonly Mark[]
}

/** Why a ticket takes no part in a backtest. */
export type Excluded = 'imported_without_history' | 'history_with_gaps'

export type Under = {
  readonly recorded: Configurations
  readonly baseline: Configuration
  readonly candidate: Configuration
  /** What tells whether the candidate could touch a ticket; null: it is lived under both in any case. */
  readonly watch: Watch | null
  readonly window: { readonly from: Instant; readonly to: Instant }
}

/** A ticket as it was lived again: under the versions of their time, the baseline and the candidate, some of them perhaps one life. */
export type Lived = {
  readonly past: PastTicket
  readonly recorded: Replay
  readonly baseline: Replay
  readonly candidate: Replay
}

/** Lives a ticket again under the versions of their time, the baseline and the candidate, and says what came of each. */
export function judgeTicket(past: PastTicket, under: Under): Verdict | Excluded {
  const lived = liveAgain(past, under)
  return typeof lived === 'string' ? lived : verdictOn(lived, under)
}

/** Lives a ticket again, each life that may be another one by itself. */
export function liveAgain(past: PastTicket, under: Under): Lived | Excluded {
  const { baseline, candidate, watch } = under
  const [first] = past.log
  if (first?.kind === 'ticket_opened' && first.payload.openedFor === 'import')
    return 'imported_without_history'
  if (past.log.some(({ seq }, index) => seq !== index + 1)) return 'history_with_gaps'
  const b = replay(past, always(baseline), past.until, watch)
  const isSame = first !== undefined && sameThroughout(under.recorded, baseline, first.at, past.until)
  const recorded = isSame ? b : replay(past, under.recorded, past.until)
  const isOne = candidate === baseline || (watch !== null && b?.isTouched === false)
  const c = isOne ? b : replay(past, always(candidate), past.until)
  if (recorded === null || b === null || c === null) return 'history_with_gaps'
  return { past, recorded, baseline: b, candidate: c }
}

/** What came of the lives of a ticket. */
export function verdictOn(lived: Lived, { baseline, candidate, recorded: then, window }: Under): Verdict {
  const { past, recorded, baseline: b, candidate: c } = lived
  const told = { from: window.from, to: past.until }
  const side = sideOf(b, baseline, told)
  return {
    ticketId: b.ticket.id,
    openedAt: b.ticket.openedAt,
    fidelity: fidelityOf(past, recorded, then.keptSince),
    comparison: compare(b, c, window.from),
    baseline: side,
    candidate: c === b ? side : sideOf(c, candidate, told),
    changed: SEEN.flatMap((field) => {
      const [from, to] = [textOf(b.ticket[field]), textOf(c.ticket[field])]
      return from === to ? [] : [{ field, from, to }]
    }),
    marks: [...new Set([...recorded.marks, ...b.marks, ...c.marks])].toSorted(),
  }
}

function sideOf(
  life: Replay,
  { sla, zone }: Configuration,
  { from, to }: { from: Instant; to: Instant },
): Side {
  const steps = life.steps.filter(({ at }) => at >= from)
  const sent = steps.flatMap((step) => step.sent)
  const events = steps.flatMap((step) => step.events)
  const judged = sla.versions.size === 0 ? [] : judge(life.log, life.ticket, sla, to).clocks
  const kept = new Map<string, { metric: string; met: number; missed: number }>()
  for (const { metric, state, breachedAt } of judged) {
    const known = kept.get(metric) ?? { metric, met: 0, missed: 0 }
    kept.set(metric, known)
    if (state === 'missed' || breachedAt !== null) known.missed++
    else if (state === 'met') known.met++
  }
  return {
    rules: rulesOf(steps, zone),
    mails: sent.flatMap(({ kind, to: address, isAgent, ruleId }) =>
      kind === 'mail' ? [{ to: address, outside: !isAgent, ruleId }] : [],
    ),
    webhooks: sent.filter(({ kind }) => kind === 'webhook').length,
    conflicts: events.filter(({ kind }) => kind === 'rule_conflict').length,
    circuits: events.filter(({ kind }) => kind === 'rule_circuit_opened').length,
    mostPasses: Math.max(
      0,
      ...steps.flatMap(({ considered }) =>
        considered.filter(({ outcome }) => outcome in COUNTED_AS).map(({ pass }) => pass),
      ),
    ),
    clocks: [...kept.values()],
    reopened: life.ticket.reopenCount,
    skipped: life.skipped.length,
  }
}

const COUNTED_AS: Readonly<Partial<Record<Outcome, readonly Counted[]>>> = {
  fired: ['matched', 'fired'],
  fired_no_op: ['matched', 'fired', 'noOp'],
  refused: ['matched', 'refused'],
  self_caused: ['matched', 'suppressed'],
  circuit_open: ['matched', 'suppressed'],
  max_per_ticket: ['matched', 'suppressed'],
}

function rulesOf(steps: readonly Step[], zone: string): ReadonlyMap<number, RuleCounts> {
  const byRule = new Map<number, RuleCounts>()
  const countsFor = (ruleId: number) => {
    const known = byRule.get(ruleId) ?? noCounts()
    byRule.set(ruleId, known)
    return known
  }
  for (const { at, considered, sent } of steps) {
    const day = localDate(zone, Date.parse(at))
    for (const { ruleId, outcome } of considered) {
      const counted = COUNTED_AS[outcome]
      if (counted === undefined) continue
      const counts = countsFor(ruleId)
      for (const each of counted) counts[each]++
      if (counted.includes('fired')) bump(counts.days, day)
      counts.firstAt ??= at
      counts.lastAt = at
    }
    for (const { kind, ruleId } of sent) if (kind === 'mail') bump(countsFor(ruleId).mailDays, day)
  }
  return byRule
}

function bump(days: Record<string, number>, day: string): void {
  days[day] = (days[day] ?? 0) + 1
}

export function noCounts(): RuleCounts {
  return {
    matched: 0,
    fired: 0,
    noOp: 0,
    refused: 0,
    suppressed: 0,
    firstAt: null,
    lastAt: null,
    days: {},
    mailDays: {},
  }
}
