// Verdicts added up. Two tallies of parts make the tally of the whole, in any order: the work can be split.
import { isOtherwise } from '#backtest/compare.ts'
import type { Pair } from '#backtest/report.ts'
import { COUNTED, noCounts, type RuleCounts, type Side, type Verdict } from '#backtest/verdict.ts'
import type { Instant } from '#kit/time.ts'
import type { TicketId } from '#kit/ids.ts'

/** So many tickets are named as samples of a rule: those with the lowest ids. */
const SAMPLES = 5

export type RuleTally = { baseline: RuleCounts; candidate: RuleCounts; samples: TicketId[] }
export type MailTally = { baseline: number; candidate: number; outside: boolean }
/** Per ticket and metric, for the bootstrap: baseline met and missed, candidate met and missed. */
export type ClockRow = readonly [
  ticketId: number,
  met: number,
  missed: number,
  metThen: number,
  missedThen: number,
]

export type Tally = {
  tickets: number
  reproduced: number
  differing: number
  /** Tickets that differ at a moment that is sure. */
  certain: number
  brokenReplays: number
  causes: Map<string, number>
  marks: Map<string, number>
  rules: Map<number, RuleTally>
  /** By address. */
  mails: Map<string, MailTally>
  mostMails: { baseline: number; candidate: number }
  webhooks: { baseline: number; candidate: number }
  conflicts: { baseline: number; candidate: number }
  circuits: { baseline: number; candidate: number }
  mostPasses: { baseline: number; candidate: number }
  reopened: { baseline: number; candidate: number }
  /** By field, then by both values. */
  fields: Map<string, Map<string, { from: string; to: string; count: number }>>
  clocks: Map<string, ClockRow[]>
  breached: TicketId[]
  saved: TicketId[]
}

export function emptyTally(): Tally {
  const none = () => ({ baseline: 0, candidate: 0 })
  return {
    tickets: 0,
    reproduced: 0,
    differing: 0,
    certain: 0,
    brokenReplays: 0,
    causes: new Map(),
    marks: new Map(),
    rules: new Map(),
    mails: new Map(),
    fields: new Map(),
    mostMails: none(),
    webhooks: none(),
    conflicts: none(),
    circuits: none(),
    mostPasses: none(),
    reopened: none(),
    clocks: new Map(),
    breached: [],
    saved: [],
  }
}

/** What can be shown of a tally while it grows. */
export type SoFar = {
  readonly tickets: number
  readonly reproduced: number
  readonly diffs: number
  readonly certain: number
  readonly mailsOutside: Pair
  readonly breached: number
  readonly saved: number
}

/** The sums of a tally. */
export function soFarOf(tally: Tally): SoFar {
  const { tickets, reproduced, differing: diffs, certain } = tally
  const mailsOutside = { baseline: 0, candidate: 0 }
  for (const { outside, baseline, candidate } of tally.mails.values()) {
    if (!outside) continue
    mailsOutside.baseline += baseline
    mailsOutside.candidate += candidate
  }
  const [breached, saved] = [tally.breached.length, tally.saved.length]
  return { tickets, reproduced, diffs, certain, mailsOutside, breached, saved }
}

/** Adds a verdict. */
export function add(tally: Tally, verdict: Verdict): void {
  const { fidelity, comparison, baseline, candidate, ticketId, marks, changed } = verdict
  const { differences } = comparison
  tally.tickets++
  if (fidelity.reproduced) tally.reproduced++
  if (fidelity.cause !== null) bump(tally.causes, fidelity.cause)
  for (const mark of marks) bump(tally.marks, mark)
  if (isOtherwise(comparison)) tally.differing++
  if (differences.some(({ certain }) => certain)) tally.certain++
  if (candidate.skipped > 0) tally.brokenReplays++
  addRules(tally, baseline, candidate, ticketId)
  addMails(tally, baseline, candidate)
  for (const what of ['webhooks', 'conflicts', 'circuits', 'reopened'] as const) {
    tally[what].baseline += baseline[what]
    tally[what].candidate += candidate[what]
  }
  most(tally.mostPasses, baseline.mostPasses, candidate.mostPasses)
  for (const { field, from, to } of changed) addField(tally, field, from, to, 1)
  addClocks(tally, verdict)
}

function addRules({ rules }: Tally, baseline: Side, candidate: Side, ticketId: TicketId): void {
  for (const ruleId of new Set([...baseline.rules.keys(), ...candidate.rules.keys()])) {
    const known = rules.get(ruleId) ?? { baseline: noCounts(), candidate: noCounts(), samples: [] }
    rules.set(ruleId, known)
    const [b, c] = [baseline.rules.get(ruleId), candidate.rules.get(ruleId)]
    addCounts(known.baseline, b)
    addCounts(known.candidate, c)
    if (b?.fired !== c?.fired) known.samples = lowest([...known.samples, ticketId])
  }
}

function addCounts(to: RuleCounts, from: RuleCounts | undefined): void {
  if (from === undefined) return
  for (const each of COUNTED) to[each] += from[each]
  for (const each of ['days', 'mailDays'] as const)
    for (const [day, count] of Object.entries(from[each])) to[each][day] = (to[each][day] ?? 0) + count
  to.firstAt = earlier(to.firstAt, from.firstAt)
  to.lastAt = later(to.lastAt, from.lastAt)
}

function addMails(tally: Tally, baseline: Side, candidate: Side): void {
  for (const [which, { mails }] of [
    ['baseline', baseline],
    ['candidate', candidate],
  ] as const)
    for (const { to, outside } of mails) {
      const known = tally.mails.get(to) ?? { baseline: 0, candidate: 0, outside }
      tally.mails.set(to, known)
      known[which]++
    }
  most(tally.mostMails, baseline.mails.length, candidate.mails.length)
}

function addField({ fields }: Tally, field: string, from: string, to: string, count: number): void {
  const matrix = fields.get(field) ?? new Map<string, { from: string; to: string; count: number }>()
  fields.set(field, matrix)
  const key = JSON.stringify([from, to])
  const known = matrix.get(key) ?? { from, to, count: 0 }
  matrix.set(key, known)
  known.count += count
}

function addClocks(tally: Tally, { ticketId, baseline, candidate, comparison }: Verdict): void {
  for (const metric of new Set([...baseline.clocks, ...candidate.clocks].map((each) => each.metric))) {
    const of = ({ clocks }: Side) => clocks.find((each) => each.metric === metric) ?? { met: 0, missed: 0 }
    const [b, c] = [of(baseline), of(candidate)]
    if (b.met + b.missed + c.met + c.missed === 0) continue
    const rows = tally.clocks.get(metric) ?? []
    tally.clocks.set(metric, rows)
    rows.push([ticketId, b.met, b.missed, c.met, c.missed])
  }
  if (comparison.differences.some(({ kind }) => kind === 'breached')) tally.breached.push(ticketId)
  if (comparison.differences.some(({ kind }) => kind === 'saved')) tally.saved.push(ticketId)
}

/** Adds another tally to the first. */
export function join(tally: Tally, other: Tally): void {
  for (const what of ['tickets', 'reproduced', 'differing', 'certain', 'brokenReplays'] as const)
    tally[what] += other[what]
  for (const [cause, count] of other.causes) bump(tally.causes, cause, count)
  for (const [mark, count] of other.marks) bump(tally.marks, mark, count)
  for (const [ruleId, { baseline, candidate, samples }] of other.rules) {
    const known = tally.rules.get(ruleId) ?? { baseline: noCounts(), candidate: noCounts(), samples: [] }
    tally.rules.set(ruleId, known)
    addCounts(known.baseline, baseline)
    addCounts(known.candidate, candidate)
    known.samples = lowest([...known.samples, ...samples])
  }
  for (const [to, { baseline, candidate, outside }] of other.mails) {
    const known = tally.mails.get(to) ?? { baseline: 0, candidate: 0, outside }
    tally.mails.set(to, {
      outside,
      baseline: known.baseline + baseline,
      candidate: known.candidate + candidate,
    })
  }
  for (const what of ['webhooks', 'conflicts', 'circuits', 'reopened'] as const) {
    tally[what].baseline += other[what].baseline
    tally[what].candidate += other[what].candidate
  }
  for (const what of ['mostMails', 'mostPasses'] as const)
    most(tally[what], other[what].baseline, other[what].candidate)
  for (const [field, matrix] of other.fields)
    for (const { from, to, count } of matrix.values()) addField(tally, field, from, to, count)
  for (const [metric, rows] of other.clocks)
    tally.clocks.set(metric, [...(tally.clocks.get(metric) ?? []), ...rows])
  tally.breached.push(...other.breached)
  tally.saved.push(...other.saved)
}

function bump(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

function most(known: { baseline: number; candidate: number }, baseline: number, candidate: number): void {
  known.baseline = Math.max(known.baseline, baseline)
  known.candidate = Math.max(known.candidate, candidate)
}

function lowest(ids: readonly TicketId[]): TicketId[] {
  return [...new Set(ids)].toSorted((a, b) => a - b).slice(0, SAMPLES)
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
