// Erasing a person: asked for in one transaction, which takes their ways to the desk from them at once, and worked off in portions by a
// lane. Each portion commits with what it has done, so that a crash loses nothing and does nothing twice.
import { forgetKept } from '#backtest/kept-store.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { eraseOnTicket, subjectNow, subjectsOf, type Counts } from '#desk/privacy/erase-ticket-store.ts'
import { addTickets, sameAs, takeAddresses, wordsOf } from '#desk/privacy/erase-person-store.ts'
import { blackenNext, erasePerson } from '#desk/privacy/erase-rest-store.ts'
import {
  addErasure,
  endErasure,
  isSending,
  nextErasureAt,
  noteDone,
  noteFailure,
  noteWalked,
  postponeErasure,
  takeErasure,
  waitingTickets,
  type Erasure,
  type Waiting,
} from '#desk/privacy/erasure-store.ts'
import { underHoldAmong, holdsOfPeople, keepHoldsStill, type Hold } from '#desk/privacy/hold-store.ts'
import { markErased } from '#desk/privacy/mark-store.ts'
import { certainOf, patternsOf, type Words } from '#desk/privacy/patterns.ts'
import { bySystem, type By } from '#desk/update.ts'
import type { TicketId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { lockPeople } from '#people/address-store.ts'
import { findAgent } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { isGone } from '#people/join-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'
import { indexTickets } from '#tickets/search-store.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

/** What stands in the way of an erasure. */
export type Hindrance =
  | { readonly kind: 'colleague' | 'joined' }
  | { readonly kind: 'legal_hold'; readonly holds: readonly Hold[] }

/** Why a person cannot be erased now; null when they can. */
export async function hindranceOf(db: Db, personId: number): Promise<Hindrance | null> {
  const people = await sameAs(db, personId)
  for (const each of people) if ((await findAgent(db, each)) !== null) return { kind: 'colleague' }
  if (await isGone(db, personId)) return { kind: 'joined' }
  const holds = await holdsOfPeople(db, people)
  return holds.length === 0 ? null : { kind: 'legal_hold', holds }
}

/** Asks for the erasure of a person whom nothing hinders. Returns its number. */
export async function askErasure(
  desk: Desk,
  tx: Transaction,
  personId: number,
  principal: Principal,
): Promise<number> {
  const at = desk.clock.now()
  const people = await sameAs(tx, personId)
  await lockPeople(tx, people)
  const words = await wordsOf(tx, people)
  const asked = { people, askedBy: principal.agentId, tokenId: principal.token?.id ?? null, words, at }
  const id = await addErasure(tx, asked)
  const tickets = await addTickets(tx, id, people, words)
  await takeAddresses(tx, people, at)
  // From now on no import brings them back.
  await markErased(tx, desk.secret, { people, ticketIds: [] })
  await audit(tx, principal, at, {
    action: 'person_erasure_asked',
    thing: { type: 'person', id: personId, name: null },
    changes: [{ field: 'tickets', from: null, to: tickets }],
  })
  tell(tx, { lane: 'housekeeping' })
  return id
}

/** Tickets of one transaction, and messages after which it is enough: long ones stay locked for a second or two. */
const AT_ONCE = 10
const ENOUGH_MESSAGES = 200
const HELD_SECONDS = 3_600
const SENDING_SECONDS = 60
const DEADLOCK = '40P01'

/** Works on the next erasure for a moment. One that goes wrong waits and says why, and others go on. */
export async function eraseNext(desk: Desk): Promise<Round> {
  const taken: number[] = []
  try {
    const found = await desk.database.transaction(async (tx): Promise<'more' | null> => {
      const erasure = await takeErasure(tx, desk.clock.now())
      if (erasure === null) return null
      taken.push(erasure.id)
      await workOn(desk, tx, erasure)
      tell(tx, { changed: 'people', id: erasure.people[0] ?? null })
      return 'more'
    })
    return found ?? nextErasureAt(desk.database)
  } catch (error) {
    const id = taken.at(-1)
    if (id === undefined) throw error
    // Somebody else changed the same rows at the same moment: nothing is wrong with it.
    if ((error as { code?: unknown }).code === DEADLOCK) return 'more'
    desk.log.error({ err: error, erasure: id }, 'A portion of an erasure went wrong')
    const reason = error instanceof Error ? error.message : String(error)
    await noteFailure(desk.database, id, reason.slice(0, 500), desk.clock.now())
    return 'more'
  }
}

async function workOn(desk: Desk, tx: Transaction, erasure: Erasure): Promise<void> {
  const { id, people, words } = erasure
  const at = desk.clock.now()
  if (words === null) return endErasure(tx, id, at)
  await keepHoldsStill(tx)
  // A hold that came after it was asked for holds all the same.
  const holds = await holdsOfPeople(tx, people)
  if (holds.some(({ personId }) => personId !== null)) return postponeErasure(tx, id, plus(at, HELD_SECONDS))
  const free = await freeTickets(tx, id)
  if (free === null) return postponeErasure(tx, id, plus(at, HELD_SECONDS))
  if (free.length > 0) {
    const by = erasing(erasure)
    const counts = { messages: 0, files: 0 }
    const locked = await lockTickets(
      tx,
      free.map((each) => each.id),
    )
    const ticketIds: TicketId[] = []
    for (const { id: ticketId, mentioned } of free) {
      if (counts.messages >= ENOUGH_MESSAGES) break
      const isTheirs = people.includes(locked.get(ticketId)?.ticket.requesterId ?? 0)
      const isMention = mentioned && !isTheirs
      const asked = { people, isTheirs, isMention, words, by, why: 'person' as const }
      const went = await eraseTicket(desk, tx, ticketId, asked)
      if (went === null) continue
      counts.messages += went.messages
      counts.files += went.files
      ticketIds.push(ticketId)
    }
    if (ticketIds.length === 0) return postponeErasure(tx, id, plus(at, SENDING_SECONDS))
    return noteDone(tx, id, { ticketIds, ...counts })
  }
  if (await isSending(tx, id, words, at)) return postponeErasure(tx, id, plus(at, SENDING_SECONDS))
  const walked = await blackenNext(tx, words, erasure.walked)
  if (walked !== null) return noteWalked(tx, id, walked)
  // What came meanwhile goes as well. Whoever writes in their name from here on waits for the lock, and finds nobody by their address.
  await lockPeople(tx, people)
  await takeAddresses(tx, people, at)
  if ((await addTickets(tx, id, people, words)) > 0) return
  await erasePerson(tx, people, { ...erasure, words, at })
  await markErased(tx, desk.secret, { people, ticketIds: [] })
  await endErasure(tx, id, at)
  await audit(tx, null, at, {
    action: 'person_erased',
    thing: { type: 'person', id: people[0] ?? null, name: null },
    changes: Object.entries(erasure.counts).map(([field, to]) => ({ field, from: null, to })),
  })
}

/**
 * The next tickets that nothing holds; none when all are done, null when what is left is held. What a held ticket of somebody else says
 * of them stays, and nobody waits for it.
 */
async function freeTickets(tx: Transaction, id: number): Promise<Waiting[] | null> {
  for (let after = 0, waits = false; ;) {
    const some = await waitingTickets(tx, id, after, AT_ONCE)
    if (some.length === 0) return waits ? null : []
    const held = await underHoldAmong(
      tx,
      some.map((each) => each.id),
    )
    const free = some.filter((each) => !held.has(each.id))
    if (free.length > 0) return free
    waits ||= some.some(({ mentioned }) => !mentioned)
    after = some.at(-1)?.id ?? after
  }
}

/** Whoever asked: it stands in the log of each ticket. */
function erasing({ askedBy, tokenId }: Erasure): By {
  const actor =
    tokenId === null ? { type: 'agent' as const, id: askedBy } : { type: 'api' as const, id: tokenId }
  return { ...bySystem, actor, role: 'admin', personId: askedBy } as By
}

/** Erases what a ticket says, of some people or all of it, and writes down that it was; null while something of it leaves. It is locked. */
export async function eraseTicket(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  asked: {
    readonly people: readonly number[] | null
    readonly isTheirs: boolean
    readonly isMention: boolean
    readonly words: Words
    readonly by: By
    readonly why: 'person' | 'retention'
  },
): Promise<Counts | null> {
  const { people, isTheirs, isMention, words, by, why } = asked
  const subjects = isTheirs ? await subjectsOf(tx, ticketId) : []
  const patterns = isMention ? certainOf(words) : patternsOf(words, subjects)
  const at = desk.clock.now()
  const went = await eraseOnTicket(tx, {
    ticketId,
    people,
    isTheirs,
    isMention,
    addresses: words.addresses,
    patterns,
    at,
  })
  if (went === null) return null
  await forgetKept(tx, [ticketId])
  const facts = [{ kind: 'words_erased', payload: { why } }] as const
  const subjectReads = await subjectNow(tx, ticketId)
  // Nobody is told, and no rule asked: what was said long ago is not said anew.
  const outcome = await act(desk, tx, ticketId, { kind: 'record', facts }, by, {
    silent: true,
    via: 'import',
    subjectReads,
  })
  if (!outcome.ok) throw new Error(`Bug: an erasure could not be written down: ${outcome.refusal.name}`)
  if (isTheirs) await markErased(tx, desk.secret, { people: [], ticketIds: [ticketId] })
  await indexTickets(tx, [ticketId])
  return went
}
