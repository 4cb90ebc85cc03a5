// What reports know of a ticket: a fold of its log into stretches and facts. What was undone never was; what is set aside now
// ended when it was, and never was set aside if it is back. Each fact belongs to whom it belonged when it happened.
import { instant } from '#kit/time.ts'
import { moves } from '#reporting/moves.ts'
import { lifeOf, type Life, type Moment, type Step, type Worked } from '#reporting/steps.ts'
import { changeFact, settled, startTelling, tellStep, type Telling } from '#reporting/telling.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { isActive } from '#tickets/status.ts'
import { standingKeys, standingOf, type ReportStanding } from '#tickets/report-standing.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import type { ReportChanges, ReportFact, ReportSpan } from '#tickets/write/report-store.ts'

export type ReportRows = { readonly spans: readonly ReportSpan[]; readonly facts: readonly ReportFact[] }
/** The rows, and what the next update goes on from; null where it cannot. */
export type Folded = { readonly rows: ReportRows; readonly fold: ReportFold | null }

/** The rows of a whole log, oldest event first; none of an empty one. */
export function reportRows(log: readonly TicketEvent[], worked: Worked): ReportRows {
  return folded(log, worked).rows
}

/** The same, with how far the fold has come. */
export function folded(log: readonly TicketEvent[], worked: Worked): Folded {
  const life = lifeOf(log, worked)
  const spans = spansOf(life)
  const telling = toldOf(life)
  const facts = settled(telling)
  const span = spans.at(-1)
  const rows = { spans: spans.map(rowOf), facts }
  if (life.aside !== null || span === undefined) return { rows, fold: null }
  return { rows, fold: foldOf(telling, span, facts, lastMove(life.steps, telling), life.steps[0]?.at ?? 0) }
}

/**
 * One update more, from where the fold was kept: the rows that it adds or changes, none of which goes away. Only for events that change
 * nothing of what was before them (`goesOn`).
 */
export function goneOn(
  kept: ReportFold,
  {
    before,
    after,
    events,
  }: { readonly before: Ticket; readonly after: Ticket; readonly events: readonly TicketEvent[] },
  worked: Worked,
): { readonly changes: ReportChanges; readonly fold: ReportFold } {
  const at = Date.parse(events[0]?.at ?? '')
  const step = { at, worked: kept.last.worked + worked(before, kept.last.at, at), before, after, events }
  const lasting = { ...kept.span, ...LASTING, status: before.status, ...standingOf(before) }
  const spans = spansAfter(lasting, step)
  const telling = startTelling(kept)
  tellStep(telling, step, kept.last, { at: kept.openedAt, worked: 0 }, 0)
  const facts = settled(telling)
  const [first] = facts
  const isAsKept =
    kept.resolved !== null && first?.untilAt === null && first.oneTouch === kept.resolved.oneTouch
  return {
    changes: {
      spans: spans.length === 1 ? [] : spans.map(rowOf),
      facts: isAsKept ? facts.slice(1) : facts,
      goneSpans: [],
      goneFacts: [],
    },
    fold: foldOf(telling, spans.at(-1) ?? lasting, facts, { ...telling.spent, last: step }, kept.openedAt),
  }
}

type Spent = Telling['spent'] & { readonly last: Moment }

function foldOf(
  { counts, talk, hop }: Telling,
  { nth, fromAt, sinceAt, begun }: OpenSpan,
  facts: readonly ReportFact[],
  { last, wall, working }: Spent,
  openedAt: number,
): ReportFold {
  return {
    last: { at: last.at, worked: last.worked },
    openedAt,
    span: { nth, fromAt, sinceAt, begun },
    counts: Object.fromEntries(counts),
    spent: wall,
    spentWorking: working,
    talk,
    hop: hop?.from ?? null,
    resolved: facts.find(({ kind, untilAt }) => kind === 'resolved' && untilAt === null) ?? null,
  }
}

/** The last update that moves the fold, and what was spent until then: others are passed over when it goes on, whatever they are. */
function lastMove(steps: readonly Step[], { spent }: Telling): Spent {
  const end = steps.at(-1) as Step
  const last = steps.findLast(moves) ?? end
  const place = isActive(end.after.status) ? activeStatuses.indexOf(end.after.status) : -1
  const until = (all: readonly number[], since: number) =>
    all.map((ms, index) => (index === place ? ms - since : ms))
  return {
    last,
    wall: until(spent.wall, end.at - last.at),
    working: until(spent.working, end.worked - last.worked),
  }
}

type OpenSpan = ReportSpan & { readonly begun: number }

function spansOf({ steps, aside }: Life): OpenSpan[] {
  const spans: OpenSpan[] = []
  for (const step of steps) spans.push(...spansAfter(spans.pop() ?? null, step))
  const last = spans.at(-1)
  if (aside !== null && last !== undefined) spans[spans.length - 1] = ended(last, aside, true)
  return spans
}

/** What an update makes of the stretch that lasts: it goes on, or ends with another in its place. */
function spansAfter(last: OpenSpan | null, { at, after, worked }: Step): OpenSpan[] {
  const now = { status: after.status, ...standingOf(after) }
  if (last !== null && isSame(last, now)) return [last]
  const fromAt = instant(at)
  const sinceAt = last?.status === after.status ? last.sinceAt : fromAt
  const next = { nth: (last?.nth ?? 0) + 1, fromAt, sinceAt, ...LASTING, ...now, begun: worked }
  if (last === null) return [next]
  const nextStatus = last.status === after.status ? null : after.status
  return [{ ...ended(last, { at, worked }, false), nextStatus }, next]
}

const LASTING = { toAt: null, workingMs: null, censored: false, nextStatus: null }

function rowOf(open: OpenSpan): ReportSpan {
  const { begun: _, ...span } = open
  return span
}

function ended(span: OpenSpan, { at, worked }: Moment, censored: boolean): OpenSpan {
  return { ...span, toAt: instant(at), workingMs: worked - span.begun, censored }
}

function isSame(
  one: ReportStanding & { status: string },
  other: ReportStanding & { status: string },
): boolean {
  return one.status === other.status && standingKeys.every((key) => one[key] === other[key])
}

/** Tells all updates of a life. */
function toldOf({ steps }: Life): Telling {
  const telling = startTelling(null)
  steps.forEach((step, index) =>
    tellStep(telling, step, steps[index - 1], steps[0] ?? step, versionAt(steps, index)),
  )
  const looked = steps.flatMap(({ events }) => events.flatMap(versionOf))[0]
  if (looked !== undefined) changeFact(telling, 'opened', 1, { configVersion: looked })
  return telling
}

/** Under which version the assistant did what an update says: it notes that with it or right after. 0: it never has. */
function versionAt(steps: readonly Step[], index: number): number {
  const isAssistants = steps[index]?.events.some(
    ({ actor, kind }) => actor.type === 'assistant' || kind === 'assistant_escalated',
  )
  if (isAssistants !== true) return 0
  for (let at = Math.min(index + 1, steps.length - 1); at >= 0; at--) {
    const version = steps[at]?.events.flatMap(versionOf).at(-1)
    if (version !== undefined) return version
  }
  return 0
}

function versionOf(event: TicketEvent): number[] {
  return event.kind === 'assistant_ran' ? [event.payload.configVersion] : []
}
