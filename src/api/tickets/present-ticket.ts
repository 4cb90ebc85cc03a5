// Tickets on the wire: the folded state with names for its ids, read together for a whole page.
import type { z } from 'zod'
import { permission } from '#api/contract.ts'
import type { ticket as ticketSchema } from '#api/contract/tickets.ts'
import type { Desk } from '#desk/desk.ts'
import { riskOf } from '#desk/sla/risk.ts'
import { can, type Principal } from '#people/can.ts'
import { presentClock } from '#api/sla/present-clocks.ts'
import { clocksOfTickets } from '#sla/clock-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { Person } from '#people/people.ts'
import type { Db } from '#store/database.ts'
import { listDetails, type ListDetail } from '#tickets/message-store.ts'
import { namesOf } from '#tickets/name-store.ts'
import { fieldValuesById, ticketsById, type TicketRow } from '#tickets/ticket-store.ts'
import type { FieldValue, Ticket } from '#tickets/ticket.ts'

export type WireTicket = z.input<typeof ticketSchema>

/** Tickets by number, as `principal` may see them, in the order of the ids. */
export async function presentTickets(
  desk: Desk,
  db: Db,
  ids: readonly number[],
  principal: Principal,
): Promise<WireTicket[]> {
  return presentRows(desk, db, await ticketsById(db, ids), principal)
}

type Named = Pick<Person, 'id' | 'name' | 'email'>

/** What the caller knows already and need not be read. */
type Known = { readonly details?: readonly ListDetail[]; readonly people?: readonly Named[] }

/** Rows that were read already, with everything a list or a page of one ticket shows. */
export async function presentRows(
  desk: Desk,
  db: Db,
  rows: readonly TicketRow[],
  principal: Principal,
  known: Known = {},
): Promise<WireTicket[]> {
  const tickets = rows.map(({ ticket }) => ticket)
  const ids = tickets.map(({ id }) => id)
  const people = new Map<number, Named>((known.people ?? []).map((person) => [person.id, person]))
  const others = await peopleById(
    db,
    peopleIn(tickets).filter((id) => !people.has(id)),
  )
  for (const person of others) people.set(person.id, person)
  const names = await namesOf(db, {
    teams: tickets.map((each) => each.teamId),
    categories: tickets.map((each) => each.categoryId),
  })
  const { fields, sla } = await desk.setup.now()
  const now = desk.clock.now()
  const rowsOfClocks = sla.versions.size === 0 ? [] : await clocksOfTickets(db, ids)
  const riskAt = rowsOfClocks.length === 0 ? () => null : await riskOf(desk)
  const clocks = Map.groupBy(rowsOfClocks, ({ ticketId }) => ticketId)
  const keys = new Map(fields.map(({ id, key }) => [String(id), key]))
  const personal = await fieldValuesById(
    db,
    tickets.flatMap((each) => Object.values(each.fields).flatMap(valueIdOf)),
  )
  const details = new Map(
    (known.details ?? (await listDetails(db, principal.agentId, ids))).map((each) => [each.ticketId, each]),
  )
  return rows.map(({ ticket, subject, lastMessageSeq }) => ({
    ...plain(desk, ticket, subject, people),
    category: ticket.categoryId === null ? null : (names.categories.get(ticket.categoryId) ?? null),
    team: ticket.teamId === null ? null : { id: ticket.teamId, name: names.teams.get(ticket.teamId) ?? '' },
    fields: Object.fromEntries(
      Object.entries(ticket.fields).map(([id, value]) => [keys.get(id) ?? id, valueOf(value, personal)]),
    ),
    clocks: (clocks.get(ticket.id) ?? []).map((each) => presentClock(each, sla, now, riskAt)),
    snippet: details.get(ticket.id)?.snippet ?? '',
    lastMessageAt: details.get(ticket.id)?.lastMessageAt ?? ticket.openedAt,
    unread: lastMessageSeq > (details.get(ticket.id)?.readSeq ?? 0),
    draft: details.get(ticket.id)?.drafted === true,
    permissions: permission.options.filter((action) => can(principal, action, ticket)),
  }))
}

function peopleIn(tickets: readonly Ticket[]): number[] {
  return [
    ...new Set(
      tickets.flatMap(({ requesterId, assigneeId, participants }) => [
        requesterId,
        ...(assigneeId === null ? [] : [assigneeId]),
        ...participants.map(({ personId }) => personId),
      ]),
    ),
  ]
}

function plain(
  desk: Desk,
  ticket: Ticket,
  subject: string,
  people: ReadonlyMap<number, Named>,
): Omit<WireTicket, 'category' | 'team' | 'fields' | 'clocks'> {
  const personOf = (id: number) => {
    const person = people.get(id)
    return { id, name: person?.name || person?.email || '', email: person?.email ?? '' }
  }
  return {
    id: ticket.id,
    subject,
    status: ticket.status,
    priority: ticket.priority,
    tags: [...ticket.tags],
    requester: personOf(ticket.requesterId),
    assignee:
      ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: personOf(ticket.assigneeId).name },
    channel: ticket.channel,
    participants: ticket.participants.map(({ personId, role }) => ({ ...personOf(personId), role })),
    createdAt: ticket.openedAt,
    updatedAt: ticket.updatedAt,
    statusSince: ticket.statusSince,
    resolvedAt: ticket.resolvedAt,
    closedAt: ticket.closedAt,
    snoozedUntil: ticket.snoozedUntil,
    reopenCount: ticket.reopenCount,
    seq: ticket.seq,
    mergedInto: ticket.flags.mergedInto,
    url: `${desk.baseUrl}/tickets/${ticket.id}`,
    spam: ticket.flags.spam,
    deleted: ticket.flags.deleted,
  }
}

function valueIdOf(value: FieldValue): number[] {
  return typeof value === 'object' && 'valueId' in value ? [value.valueId] : []
}

function valueOf(value: FieldValue, personal: ReadonlyMap<number, unknown>) {
  if (typeof value === 'object' && 'valueId' in value)
    return (personal.get(value.valueId) ?? null) as string | null
  return Array.isArray(value) ? [...(value as readonly string[])] : (value as string | number | boolean)
}
