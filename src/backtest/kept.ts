// What is kept of a ticket that was lived again, so that the next backtest reads it instead of the record: what came of it, for which
// windows that holds, and what it hung on besides the ticket's own log. Pure.
import { organizationIn, peopleIn } from '#backtest/named.ts'
import { footprintOf, type Footprint } from '#backtest/footprint.ts'
import type { PastTicket } from '#backtest/past-ticket.ts'
import type { Replay } from '#backtest/replay.ts'
import {
  verdictOn,
  type Excluded,
  type Lived,
  type RuleCounts,
  type Side,
  type Under,
  type Verdict,
} from '#backtest/verdict.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { hashOf } from '#rules/rulebook.ts'
import type { OrganizationFacts, PersonFacts } from '#rules/scene.ts'
import { messagesIn } from '#rules/update-kinds.ts'
import type { EventKind } from '#tickets/event.ts'

/** The windows in which a life is told the same. */
export type Holds = {
  /** As far as it was lived. */
  readonly until: Instant
  /** A window that begins after the first of these, and not after the second. */
  readonly from: readonly [after: Instant | null, upTo: Instant | null]
  /** A life that is told up to the first of these at least, and not as far as the second. */
  readonly to: readonly [since: Instant, before: Instant | null]
}

type KeptSide = Omit<Side, 'rules'> & { readonly rules: readonly (readonly [number, RuleCounts])[] }

type KeptVerdict = Omit<Verdict, 'ticketId' | 'baseline' | 'candidate'> & {
  readonly baseline: KeptSide
  /** Absent where it is the same life. */
  readonly candidate?: KeptSide
}

export type KeptLife = {
  readonly holds: Holds
  /** Whom and what rules may have asked about, and what they were then. */
  readonly people: readonly number[]
  readonly organizations: readonly number[]
  readonly around: string
  /** Absent where it is of two lives that were not the same. */
  readonly footprint?: Footprint
  readonly verdict: KeptVerdict
}

export type Kept = { readonly excluded: Excluded } | KeptLife

/** What a row is of: the baseline alone, good for any candidate that had no part in it, or these two configurations. */
export type Basis = 'baseline' | 'both'

/** A message that went to another ticket is taken back in the log of that one. */
const SHARES_MESSAGES: readonly EventKind[] = [
  'ticket_merged_in',
  'ticket_merged_into',
  'ticket_split',
  'split_from',
]

/** What may be kept of a ticket that was lived again. */
export function keptOf(
  lived: Lived,
  verdict: Verdict,
  under: Under,
): readonly (readonly [Basis, KeptLife])[] {
  const { past, recorded, baseline, candidate } = lived
  const lives = [...new Set([recorded, baseline, candidate])]
  if (lives.some(({ marks }) => marks.has('endless'))) return []
  if (past.log.some(({ kind }) => SHARES_MESSAGES.includes(kind))) return []
  const people = distinct(past.log.flatMap(peopleIn))
  const organizations = distinct(past.log.flatMap(organizationIn))
  const around = aroundOf({ people, organizations }, past)
  const row = (some: readonly Replay[], of: Verdict, footprint?: Footprint): KeptLife => ({
    holds: holdsFor(past, some, under),
    people,
    organizations,
    around,
    ...(footprint === undefined ? {} : { footprint }),
    verdict: bare(of),
  })
  const isOne = candidate === baseline
  const both: readonly [Basis, KeptLife][] = isOne ? [] : [['both', row(lives, verdict)]]
  // What a rule cannot read is marked, whosever rule it is.
  const texts = past.log.flatMap(messagesIn).map((id) => past.messages.get(id)?.text)
  if (texts.includes(null)) return both
  const alone = isOne ? verdict : verdictOn({ ...lived, candidate: baseline }, under)
  const { rulebook, directory } = under.baseline
  const footprint = footprintOf(baseline, rulebook, directory)
  return [...both, ['baseline', row([recorded, baseline], alone, footprint)]]
}

/** Names what people and organisations were when they were asked about. */
export function aroundOf(
  named: { readonly people: readonly number[]; readonly organizations: readonly number[] },
  {
    people,
    organizations,
  }: {
    readonly people: ReadonlyMap<number, PersonFacts>
    readonly organizations: ReadonlyMap<number, OrganizationFacts>
  },
): string {
  const facts = [
    named.people.map((id) => people.get(id) ?? null),
    named.organizations.map((id) => organizations.get(id) ?? null),
  ]
  return hashOf(facts).slice(0, 24)
}

/** The windows in which lives are told the same. */
function holdsFor(
  { log, until, more }: PastTicket,
  lives: readonly Replay[],
  { recorded: { turns }, window: { from } }: Under,
): Holds {
  type Found = Instant | null
  let [after, upTo, since, before]: [Found, Found, Found, Found] = [null, null, null, null]
  const told = (at: Instant) => (since = latest(since, at))
  const due = (at: Instant | null | undefined) => (before = earliest(before, at ?? null))
  for (const { steps, dueAt } of lives) {
    due(dueAt)
    for (const { at, updateId } of steps) {
      if (at < from) after = latest(after, at)
      else upTo = earliest(upTo, at)
      // What time alone brings has its turn before the end, not at it.
      if (updateId === null) told(justAfter(at))
    }
  }
  for (const { at } of log) told(at)
  for (const turn of turns) if (turn <= until) told(turn)
  due(turns.find((turn) => turn > until))
  due(more)
  return { until, from: [after, upTo], to: [since ?? until, before] }
}

function latest(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b < a) ? b : a
}

function justAfter(at: Instant): Instant {
  return new Date(Date.parse(at) + 1).toISOString() as Instant
}

/** Whether a life that was told for some windows is told the same for this one. */
export function isFor(
  { until, from: [after, upTo], to: [since, before] }: Holds,
  window: { readonly from: Instant; readonly to: Instant },
): boolean {
  const begins = (after === null || window.from > after) && (upTo === null || window.from <= upTo)
  return begins && (window.to === until || (window.to >= since && (before === null || window.to < before)))
}

function bare({ openedAt, fidelity, comparison, changed, marks, baseline, candidate }: Verdict): KeptVerdict {
  return {
    openedAt,
    fidelity,
    comparison,
    changed,
    marks,
    baseline: bareSide(baseline),
    ...(candidate === baseline ? {} : { candidate: bareSide(candidate) }),
  }
}

function bareSide({ rules, ...rest }: Side): KeptSide {
  return { ...rest, rules: [...rules] }
}

/** A verdict as it was kept. */
export function verdictFrom(ticketId: TicketId, { baseline, candidate, ...rest }: KeptVerdict): Verdict {
  const side = sideFrom(baseline)
  return {
    ...rest,
    ticketId,
    baseline: side,
    candidate: candidate === undefined ? side : sideFrom(candidate),
  }
}

function sideFrom({ rules, ...rest }: KeptSide): Side {
  return { ...rest, rules: new Map(rules) }
}

function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].toSorted((a, b) => a - b)
}
