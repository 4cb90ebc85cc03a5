// Two people become one, and two again: addresses, fields and tickets move in one transaction, the tickets by ordinary commands.
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { By } from '#desk/update.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { makePrimary, ticketIdsOf } from '#people/address-store.ts'
import {
  copyConflicts,
  copyOptOut,
  dropConflicts,
  endJoin,
  fieldsOf,
  giveAddresses,
  giveBack,
  keepJoin,
  keepPrimary,
  openedFrom,
  writeFields,
  type Fields,
  type Join,
  type Stake,
} from '#people/join-store.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import { revokePortal } from '#people/portal-store.ts'
import { joinVisitors, partVisitors } from '#people/visitor-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { Refusal } from '#tickets/refusal.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** So many tickets change hands in one transaction. */
export const MOST_TICKETS = 500

type Pair = { readonly keptId: PersonId; readonly goneId: PersonId }
export type NotMoved = { readonly ticketId: TicketId; readonly refusal: Refusal }
export type Joined = { readonly id: number } | NotMoved

/** Makes one person of two; both are locked, and who asks may. A ticket that does not move stops it all. */
export async function joinPeople(
  desk: Desk,
  tx: Transaction,
  { keptId, goneId, fields }: Pair & { readonly fields: Fields },
  by: By & { readonly personId: PersonId },
): Promise<Joined> {
  const people = await peopleById(tx, [keptId, goneId])
  const emailOf = (wanted: PersonId) => people.find(({ id }) => id === wanted)?.email ?? null
  const goneEmail = emailOf(goneId)
  const before = await fieldsOf(tx, keptId)
  const locked = await lockTickets(tx, await ticketIdsOf(tx, goneId, MOST_TICKETS))
  const stakes = [...locked.values()].map(({ ticket }) => stakeOf(ticket, { keptId, goneId }))
  for (const stake of stakes) {
    const refused = await ask(desk, tx, stake.ticketId, handedOver(stake, { keptId, goneId }), by)
    if (refused !== null) return refused
  }
  const addresses = await giveAddresses(tx, goneId, keptId)
  if (emailOf(keptId) === null && goneEmail !== null) await makePrimary(tx, keptId, goneEmail)
  await writeFields(tx, keptId, fields)
  const conflictIds = await copyConflicts(tx, goneId, keptId)
  await copyOptOut(tx, goneId, keptId)
  await joinVisitors(tx, goneId, keptId)
  const moved = { addresses, goneEmail, before, after: fields, stakes, conflictIds }
  return { id: await keepJoin(tx, { keptId, goneId, at: desk.clock.now(), moved }, by.personId) }
}

/** Makes two people of one again: what was changed since stays as it is. Refuses by a word when it cannot be. */
export async function undoJoin(
  desk: Desk,
  tx: Transaction,
  join: Join,
  by: By,
): Promise<NotMoved | 'address_taken' | 'no_address_left' | null> {
  const { keptId, moved } = join
  const owners = moved.goneEmail === null ? [] : await peopleByEmail(tx, [moved.goneEmail])
  if (owners.some(({ id }) => id !== keptId)) return 'address_taken'
  if (!(await keepPrimary(tx, keptId, moved.addresses))) return 'no_address_left'
  const since = (await openedFrom(tx, join)).map((ticketId): Stake => ({
    ticketId,
    asked: true,
    role: null,
    keptRole: null,
  }))
  const all = new Map([...since, ...moved.stakes].map((stake) => [stake.ticketId, stake]))
  for (const { ticket } of (await lockTickets(tx, [...all.keys()])).values()) {
    const refused = await ask(desk, tx, ticket.id, handedBack(ticket, all.get(ticket.id), join), by)
    if (refused !== null) return refused
  }
  await giveBack(tx, join)
  await partVisitors(tx, join, moved.addresses)
  await writeFields(tx, keptId, restored(await fieldsOf(tx, keptId), moved))
  await dropConflicts(tx, moved.conflictIds)
  await endJoin(tx, join.id, desk.clock.now())
  // Whoever came in as both is one of them.
  await revokePortal(tx, keptId, desk.clock.now())
  return null
}

function stakeOf(ticket: Ticket, { keptId, goneId }: Pair): Stake {
  const roleOf = (id: PersonId) => ticket.participants.find(({ personId }) => personId === id)?.role ?? null
  return {
    ticketId: ticket.id,
    asked: ticket.requesterId === goneId,
    role: roleOf(goneId),
    keptRole: ticket.requesterId === keptId ? 'cc' : roleOf(keptId),
  }
}

function handedOver({ asked, role, keptRole }: Stake, { keptId, goneId }: Pair): Command[] {
  const commands: Command[] = []
  if (asked) commands.push({ kind: 'changeRequester', requesterId: keptId, evenLocked: true })
  if (role === null) return commands
  commands.push({ kind: 'removeParticipant', personId: goneId, evenLocked: true })
  if (!asked && keptRole === null)
    commands.push({ kind: 'addParticipant', personId: keptId, role, evenLocked: true })
  return commands
}

/** Only where the one still stands as the join left them. */
function handedBack(ticket: Ticket, stake: Stake | undefined, { keptId, goneId }: Pair): Command[] {
  if (stake === undefined) return []
  const commands: Command[] = []
  const { asked, role, keptRole } = stake
  if (asked) {
    if (ticket.requesterId !== keptId) return []
    commands.push({ kind: 'changeRequester', requesterId: goneId, evenLocked: true })
    if (keptRole !== null)
      commands.push({ kind: 'addParticipant', personId: keptId, role: keptRole, evenLocked: true })
    return commands
  }
  if (role === null || ticket.requesterId === goneId) return []
  const stands = ticket.participants.some(({ personId }) => personId === keptId)
  if (keptRole === null && !stands) return []
  if (keptRole === null) commands.push({ kind: 'removeParticipant', personId: keptId, evenLocked: true })
  commands.push({ kind: 'addParticipant', personId: goneId, role, evenLocked: true })
  return commands
}

function restored(now: Fields, { before, after }: Join['moved']): Partial<Fields> {
  const keys = Object.keys(before) as (keyof Fields)[]
  const same = (key: keyof Fields) => JSON.stringify(now[key]) === JSON.stringify(after[key])
  return Object.fromEntries(keys.filter(same).map((key) => [key, before[key]]))
}

async function ask(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  commands: readonly Command[],
  by: By,
): Promise<NotMoved | null> {
  for (const command of commands) {
    // Nobody is written to because two people turn out to be one.
    const outcome = await act(desk, tx, ticketId, command, by, { silent: true })
    if (!outcome.ok) return { ticketId, refusal: outcome.refusal }
  }
  return null
}
