// Tells the tickets of another desk: each life is begun and goes on through the same `decide` as everybody's, at its own moments, in memory;
// many are written in one statement. A ticket that was told before goes on with what is new.
import { castOf, type Cast } from '#imports/people.ts'
import {
  putRefs,
  refsOf,
  reserveNumbers,
  workedOn,
  type From,
  type NewRef,
  type Ref,
} from '#imports/import-store.ts'
import { placeOf, type Result } from '#imports/counts.ts'
import { linksOf } from '#imports/links.ts'
import { addLateFiles, type LateFile } from '#imports/late-file-store.ts'
import { takenIds } from '#imports/lines/in-store.ts'
import type { ReadyTicket } from '#imports/ready.ts'
import type { Step, TicketStory } from '#imports/story.ts'
import { begin, endIt, takeStep } from '#imports/tell-life.ts'
import { LACKING, withoutFiles } from '#imports/version.ts'
import { newInHand, writeTold, type InHand } from '#desk/in-hand.ts'
import { passTime } from '#desk/pass-time.ts'
import { erasedAmong, WAS_ERASED } from '#desk/privacy/mark-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { noteTags } from '#setup/taxonomy-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { rfcIdsOn } from '#tickets/message-store.ts'
import { lockTickets, newTicketIds } from '#tickets/ticket-store.ts'

/** Tells tickets, new ones whole and known ones from where they were. */
export async function tellStories(
  desk: Desk,
  tx: Transaction,
  from: From,
  tickets: readonly ReadyTicket[],
): Promise<Result[]> {
  const gone = await erasedAmong(
    tx,
    desk,
    { source: from.source, kind: 'tickets' },
    tickets.map(({ id }) => id),
  )
  const once = [...new Map(tickets.map((each) => [each.id, each])).values()].filter(({ id }) => !gone.has(id))
  const refs = await refsOf(
    tx,
    from.source,
    'tickets',
    once.map(({ id }) => id),
  )
  const cast = await castOf(
    desk,
    tx,
    from,
    once.map(({ story }) => story),
  )
  await noteTags(tx, [...new Set(once.flatMap(({ story }) => story.end.set.tags ?? []))])
  const fresh = once.filter(({ id }) => !refs.has(id))
  const told = await tellFresh(desk, tx, cast, fresh)
  const same = new Set<string>()
  for (const ticket of once) {
    const ref = refs.get(ticket.id)
    if (ref === undefined) continue
    const came = await addLateFiles(tx, ref.localId, lateFiles(ticket, ref))
    if (withoutFiles(ref.version) !== withoutFiles(ticket.version))
      told.push(await goOn(desk, tx, cast, ticket, ref))
    else {
      told.push({ ...ref, kind: 'tickets', version: ticket.version, made: false })
      if (came === 0) same.add(ticket.id)
    }
  }
  await putRefs(tx, from, [...told, ...mergesOf(once), ...(await linksOf(tx, from, once, refs))])
  return tickets.map((ticket, index): Result => {
    const { kind, id, story, lacks } = ticket
    if (gone.has(id)) return { kind, id, ...placeOf(ticket), outcome: 'skipped', reason: WAS_ERASED }
    const isAgain = tickets.findIndex((each) => each.id === id) < index
    const reason = lacks ?? oddityOf(story.openedAt, desk.clock.now())
    const outcome = isAgain || same.has(id) ? 'unchanged' : refs.has(id) ? 'updated' : 'created'
    return { kind, id, ...placeOf(ticket), outcome, ...(reason === null ? {} : { reason }) }
  })
}

/** Files of messages that were told without all of theirs. */
function lateFiles({ story, files }: ReadyTicket, { version, told }: Ref): LateFile[] {
  if (!version.endsWith(LACKING)) return []
  const all = new Set(told)
  return story.steps.flatMap(({ id, alsoId, at, message }) =>
    message === null || !isTold(all, { id, ...(alsoId === undefined ? {} : { alsoId }) })
      ? []
      : (files.get(id) ?? []).map((file) => ({ ...file, at, direction: message.direction })),
  )
}

function oddityOf(openedAt: string, now: string): string | null {
  return openedAt > now ? 'it was opened in the future' : null
}

async function tellFresh(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  fresh: readonly ReadyTicket[],
): Promise<NewRef[]> {
  const numbers = await numbersFor(tx, fresh)
  const setup = await desk.setup.now()
  const lives: InHand[] = []
  for (const [index, ticket] of fresh.entries()) {
    const inHand = newInHand(numbers[index] ?? (0 as TicketId))
    const rest = await begin(desk, tx, cast, inHand, ticket)
    const target = { id: inHand.id, inHand }
    for (const step of rest) await takeStep(desk, tx, cast, target, ticket, step)
    await endIt(desk, tx, cast, target, ticket.story)
    await passTime(desk, tx, inHand, desk.clock.now(), { via: 'import' })
    lives.push(inHand)
  }
  await writeTold(tx, lives, setup)
  return fresh.map((ticket, index) => refOf(ticket, lives[index] as InHand, true))
}

function refOf({ id, version, story }: ReadyTicket, inHand: InHand, made: boolean): NewRef {
  const seq = inHand.ticket?.seq ?? null
  const told = story.steps.map((step) => step.id)
  return { kind: 'tickets', sourceId: id, localId: inHand.id, version, told, seq, label: story.label, made }
}

/** Old numbers where nobody has them; they are never drawn again. */
async function numbersFor(tx: Transaction, fresh: readonly ReadyTicket[]): Promise<TicketId[]> {
  const wanted = fresh.map(({ story }) => story.number).filter(isNumber)
  const taken = await takenIds(tx, 'ticket', 'id', wanted)
  const free = new Set(wanted.filter((number) => !taken.has(number)))
  await reserveNumbers(tx, Math.max(0, ...free))
  const drawn = await newTicketIds(tx, fresh.length - free.size)
  return fresh.map(({ story: { number } }) =>
    number !== null && free.delete(number) ? (number as TicketId) : (drawn.pop() ?? (0 as TicketId)),
  )
}

/** Numbers that can be said aloud; others were never meant to be. */
function isNumber(number: number | null): number is number {
  return number !== null && Number.isInteger(number) && number > 0 && number < 1_000_000_000
}

function isTold(told: ReadonlySet<string>, { id, alsoId }: Pick<Step, 'id' | 'alsoId'>): boolean {
  return told.has(id) || (alsoId !== undefined && told.has(alsoId))
}

/** What is new on a ticket that was told before; who has worked on it here is not undone. */
async function goOn(desk: Desk, tx: Transaction, cast: Cast, ticket: ReadyTicket, ref: Ref): Promise<NewRef> {
  const id = ref.localId as TicketId
  const inHand = newInHand(id)
  const told = new Set(ref.told)
  await rowOf(tx, id)
  // The state is theirs until somebody has worked on it here.
  const isTheirs = !(await workedOn(tx, [ref])).has(id)
  const steps = ticket.story.steps.filter((step) => !isTold(told, step))
  // A mail that arrived here itself meanwhile, or went out from here, is told already.
  const ids = steps.flatMap(({ message }) => message?.rfcMessageId ?? [])
  const here = new Set(ids.length === 0 ? [] : await rfcIdsOn(tx, id, ids))
  for (const step of steps)
    if (!here.has(step.message?.rfcMessageId ?? ''))
      await takeStep(desk, tx, cast, { id }, ticket, isTheirs ? step : { ...step, set: {} })
  if (isTheirs) await endIt(desk, tx, cast, { id }, asOf(ticket.story, await rowOf(tx, id)))
  const all = [...new Set([...ref.told, ...ticket.story.steps.map((step) => step.id)])]
  return {
    ...refOf(ticket, inHand, false),
    told: all,
    seq: isTheirs ? ((await rowOf(tx, id))?.seq ?? null) : ref.seq,
  }
}

/** How it stands there, for a ticket that has lived here: what closed by itself since it was resolved stays closed. */
function asOf(story: TicketStory, ticket: Ticket | null): TicketStory {
  if (ticket === null) return story
  const { status, ...set } = story.end.set
  const isPast = ticket.status === 'closed' && status === 'resolved'
  const at = story.end.at < ticket.updatedAt ? ticket.updatedAt : story.end.at
  return { ...story, end: { at, set: isPast || status === undefined ? set : { ...set, status } } }
}

/** Merges wait until both sides are there. */
function mergesOf(tickets: readonly ReadyTicket[]): NewRef[] {
  return tickets.flatMap(({ id, story: { mergedInto } }) =>
    mergedInto === null
      ? []
      : [{ kind: 'merges', sourceId: id, localId: 0, version: mergedInto, made: false }],
  )
}

async function rowOf(tx: Transaction, id: TicketId): Promise<Ticket | null> {
  return (await lockTickets(tx, [id])).get(id)?.ticket ?? null
}
