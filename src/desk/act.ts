// The one place that writes tickets: lock, decide, fold, settle, write, in one transaction. What comes of it outside (mail)
// goes into the outbox in the same statement.
import { lanesFor, pastLanes } from '#desk/reactors.ts'
import { atRest, bySystem, type By, type Content, type Done, type Outcome } from '#desk/update.ts'
import type { TicketId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { clockFacts, judgeClocks, rowsOf } from '#desk/sla/clocks.ts'
import { gatherFacts } from '#desk/facts.ts'
import type { Desk } from '#desk/desk.ts'
import { keep, keepClocks, type InHand } from '#desk/in-hand.ts'
import { mailsOf } from '#desk/outbound/mails.ts'
import { reportChanges } from '#desk/reports/report-changes.ts'
import type { CarriedOut } from '#desk/rules/effects.ts'
import { reckonEpisodes } from '#desk/rules/episodes.ts'
import { setupFor, type Setup } from '#desk/setup-cache.ts'
import { settleUpdate } from '#desk/rules/settle.ts'
import { mayBeAskedAbout, surveyMoments } from '#desk/survey/due.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Command, Open } from '#tickets/command.ts'
import type { Facts } from '#tickets/context.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import { dueMoments } from '#tickets/due.ts'
import type { NewEvent, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import {
  eventsAfter,
  lockTickets,
  newTicketIds,
  subjectTexts,
  type LockedTicket,
} from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { rewriteClocks, writeFresh, writeTicket } from '#tickets/write/write-store.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

/** Opens a ticket. Needs no lock: one statement, which commits by itself when `db` is no transaction. */
export async function open(desk: Desk, db: Db, command: Open, by: By, content: Content): Promise<Outcome> {
  const setup = await desk.setup.now()
  const at = content.at ?? desk.clock.now()
  const decision = decide(null, command, contextOf(by, at, setup, {}))
  if (!decision.ok) return decision
  return write(desk, db, { before: null, events: decision.events, by, at, setup, content })
}

/** Changes one ticket. A refusal writes nothing; a change that changes nothing writes nothing and is done. */
export async function act(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  command: Command,
  by: By,
  content: Content & { readonly expectedSeq?: number; readonly facts?: Facts } = {},
): Promise<Outcome> {
  const locked = await theTicket(tx, ticketId, content)
  if (locked === null) return { ok: false, refusal: { name: 'not_found', what: `ticket ${ticketId}` } }
  const { ticket: before, fold } = locked
  const setup = await desk.setup.now()
  const at = momentFor(before, content.at ?? desk.clock.now())
  // What was so elsewhere needs no look at how things stand here.
  const gathered = content.via === 'import' ? {} : await gatherFacts(tx, before, command, content)
  const facts = { ...gathered, ...content.facts }
  const context = contextOf(by, at, setup, facts, content.expectedSeq)
  const decision = decide(before, command, context)
  if (!decision.ok) return decision
  return write(desk, tx, { before, fold, events: decision.events, by, at, setup, content })
}

export function contextOf(by: By, at: Instant, { settings }: Setup, facts: Facts, expectedSeq?: number) {
  const { actor, role, personId, mayReopenClosed } = by
  const base = { at, actor, actorRole: role, actorPersonId: personId, mayReopenClosed, settings, facts }
  return expectedSeq === undefined ? base : { ...base, expectedSeq }
}

/** The ticket, locked until the transaction ends; one in hand belongs to its transaction already. */
async function theTicket(
  tx: Transaction,
  id: TicketId,
  { inHand }: { inHand?: InHand },
): Promise<Pick<LockedTicket, 'ticket' | 'fold'> | null> {
  if (inHand === undefined) return (await lockTickets(tx, [id])).get(id) ?? null
  return inHand.ticket === null ? null : { ticket: inHand.ticket, fold: null }
}

/** Time on a ticket never runs backwards, whatever the machine's clock does. */
export function momentFor(ticket: Ticket, now: Instant): Instant {
  return now > ticket.updatedAt ? now : ticket.updatedAt
}

/**
 * Looks at a ticket's clocks again because time has passed or an agreement has changed: writes down warnings, breaches and
 * another agreement where there are any, else only the clocks as they stand.
 */
export async function judgeAgain(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  again: { cause?: 'calendar_change'; at?: Instant; inHand?: InHand } = {},
): Promise<Outcome> {
  const now = (await theTicket(tx, ticketId, again))?.ticket
  if (now === undefined) return { ok: false, refusal: { name: 'not_found', what: `ticket ${ticketId}` } }
  const setup = await desk.setup.now()
  const at = momentFor(now, again.at ?? desk.clock.now())
  const updateId = (await desk.ids.next()) as UpdateId
  const decided = atRest(now, { at, setup, content: again, updateId })
  const { facts, judged } = await clockFacts(tx, decided, again.cause ?? null)
  if (facts.length > 0) return act(desk, tx, ticketId, { kind: 'record', facts }, bySystem, again)
  const clocks = rowsOf(judged.clocks, at)
  if (again.inHand !== undefined) await keepClocks(tx, again.inHand, clocks, judged.nextAt)
  else await rewriteClocks(tx, ticketId, clocks, judged.nextAt)
  return { ok: true, ticket: now, events: [], updateId }
}

type Update = {
  before: Ticket | null
  /** How far what reports read of it has come; without it the log is read. */
  fold?: ReportFold | null
  events: readonly NewEvent[]
  by: By
  at: Instant
  setup: Setup
  content: Content
  updateId?: UpdateId
  /** What a timer rule has made already beside its events. */
  also?: Pick<CarriedOut, 'outbox' | 'deliveries' | 'links'>
  /** The timer rule whose firing this is. */
  firedTimer?: number
}

/** Stamps, folds and writes what was decided for one ticket. */
export async function write(desk: Desk, db: Db, update: Update): Promise<Done> {
  const { before, by, at, content, also, firedTimer = null } = update
  const { inHand } = content
  const updateId = update.updateId ?? ((await desk.ids.next()) as UpdateId)
  if (before !== null && update.events.length === 0) return { ok: true, ticket: before, events: [], updateId }
  // Which rules judge a ticket may hang on its number: then it is drawn before it is written.
  const ticketId =
    before?.id ?? inHand?.id ?? (update.setup.canary === null ? (0 as TicketId) : await newTicketId(db))
  const setup = setupFor(update.setup, ticketId)
  const firstSeq = (before?.seq ?? 0) + 1
  const cause = by.causeEventId === undefined ? {} : { causeEventId: by.causeEventId }
  const own = stamp(update.events, { ticketId, firstSeq, at, updateId, actor: by.actor, ...cause })
  const now = own.reduce<Ticket | null>(evolve, before)
  if (now === null) throw new Error('Bug: events folded to nothing')
  const decided = { before, now, events: own, by, at, setup, content, updateId }
  const settled = await settleUpdate(desk, db, decided)
  const told = [...own, ...settled.events]
  const earlier = logBefore(db, before, content)
  const clocked = await judgeClocks(db, { ...decided, now: settled.ticket, events: told }, earlier)
  const after = clocked.ticket
  const events = [...told, ...clocked.events]
  const isPast = content.via === 'import'
  const mails =
    content.silent === true ? [] : await mailsOf(db, { before, after, events, setup, content, at, updateId })
  const row: TicketWrite = {
    ticket: after,
    fresh: before === null,
    events,
    updateId,
    at,
    lastMessageSeq: events.findLast(carriesMessage)?.seq ?? null,
    subjects: content.subject == null ? [] : [content.subject],
    subjectText: content.subject?.text ?? content.subjectReads ?? (await earlierSubject(db, before, after)),
    fieldValues: content.fieldValues ?? [],
    messages: [...(content.messages ?? []), ...settled.messages],
    timers: [...(await ownMoments(db, after, at, setup, isPast)), ...clocked.timers],
    hadTimers: before !== null && !isPast && (clocked.clocks !== null || mayHaveMoments(before, setup)),
    clocks: clocked.clocks,
    outbox: [...mails, ...(also?.outbox ?? []), ...settled.outbox],
    deliveries: [...(also?.deliveries ?? []), ...settled.deliveries],
    links: [...(also?.links ?? []), ...settled.links],
    ...(isPast && inHand !== undefined
      ? { report: null, fold: null }
      : await reportChanges({ before, after, events, kept: update.fold ?? null }, earlier, setup)),
    ruleTimers: await reckonEpisodes(db, decided, after, firedTimer),
    dueIn: isPast ? pastLanes(events, setup) : lanesFor(events, setup),
  }
  if (inHand !== undefined) await keep(db, inHand, row)
  const id = inHand?.id ?? (await (row.fresh ? writeFresh : writeTicket)(db, row))
  return {
    ok: true,
    ticket: { ...after, id },
    events: events.map((event) => ({ ...event, ticketId: id })),
    updateId,
  }
}

async function newTicketId(db: Db): Promise<TicketId> {
  const [id] = await newTicketIds(db, 1)
  if (id === undefined) throw new Error('Bug: no number was drawn')
  return id
}

/** The moments of the ticket itself; of a past nobody is asked whether it helped. */
async function ownMoments(db: Db, ticket: Ticket, at: Instant, setup: Setup, isPast: boolean) {
  const own = dueMoments(ticket, setup.settings)
  return isPast ? own : [...own, ...(await surveyMoments(db, ticket, at, setup))]
}

function mayHaveMoments(ticket: Ticket, setup: Setup): boolean {
  return dueMoments(ticket, setup.settings).length > 0 || mayBeAskedAbout(ticket, setup)
}

/** Reads the log before an update, once and only when it is asked for. */
function logBefore(
  db: Db,
  before: Ticket | null,
  { inHand }: Content,
): () => Promise<readonly TicketEvent[]> {
  let read: Promise<readonly TicketEvent[]> | null = null
  return () => {
    if (before === null) return Promise.resolve([])
    return inHand === undefined ? (read ??= eventsAfter(db, before.id, 0, null)) : Promise.resolve(inHand.log)
  }
}

/** The text of the revision that an undo went back to. */
async function earlierSubject(
  db: Db,
  before: Ticket | null,
  { subjectRevisionId }: Ticket,
): Promise<string | null> {
  if (before === null || subjectRevisionId === null || subjectRevisionId === before.subjectRevisionId)
    return null
  return (await subjectTexts(db, [subjectRevisionId])).get(subjectRevisionId) ?? null
}

function carriesMessage({ kind }: TicketEvent): boolean {
  return kind === 'ticket_opened' || kind === 'message_added'
}
