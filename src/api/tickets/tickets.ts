// Tickets: list, counts, open, one, change, read mark.
import { firstMessage } from '#api/tickets/first-message.ts'
import { begin } from '#desk/begin.ts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  counts,
  countsQuery,
  newTicket,
  readMark,
  ticket,
  ticketPage,
  ticketPatch,
  ticketsQuery,
} from '#api/contract/tickets.ts'
import { cursorAt, ignoredOf, listingOf, placeAfter } from '#api/tickets/listing.ts'
import { declineRight } from '#api/http/right.ts'
import { decline } from '#api/http/problem.ts'
import { presentRows, presentTickets } from '#api/tickets/present-ticket.ts'
import { route } from '#api/route.ts'
import { askAboutConflict } from '#api/routing/conflicts.ts'
import { doneOr, expectedSeqOf, ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { byOf, type Outcome } from '#desk/update.ts'
import { resolveInput } from '#api/tickets/input.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { can, sees, type Principal } from '#people/can.ts'
import { identify, identifyByName, peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import { COUNT_CAP, countTickets, listTicketIds } from '#rules/list-store.ts'
import { tell } from '#store/listen.ts'
import { markRead } from '#tickets/message-store.ts'
import { findTicket, ticketsById } from '#tickets/ticket-store.ts'
import { activeStatuses, statuses, type Status } from '#tickets/vocabulary.ts'

export function ticketRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'Tickets that match a query',
    query: ticketsQuery,
    answer: ticketPage,
    handler: async ({ db, query, principal }) => {
      if (query.ids !== undefined) return byNumber(desk, db, query.ids, principal)
      const { listing, sort, ignored } = await listingOf(
        desk,
        principal,
        query.q,
        query.sort,
        query.typing === 'true',
      )
      const page = { sort, limit: query.limit + 1, after: placeAfter(query.cursor) }
      const found = await listTicketIds(db, listing, page)
      const shown = found.slice(0, query.limit)
      const last = shown.at(-1)
      const ids = shown.map(({ id }) => id)
      return {
        items: await presentTickets(desk, db, ids, principal),
        nextCursor: found.length > query.limit && last !== undefined ? cursorAt(last) : null,
        ignored: ignoredOf(ignored),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/tickets/counts',
    access: 'ticket.read',
    asksMuch: true,
    summary:
      'How many tickets match a query, by status, team and owner; each count stops at 1,000, and of hits of words the newest 1,000 are counted',
    query: countsQuery,
    answer: counts,
    handler: async ({ db, query, principal }) => {
      const { listing } = await listingOf(desk, principal, query.q)
      const { at } = listing.how
      const found = await countTickets(db, listing)
      const capped = (count: number) => ({ count, capped: !found.whole || count >= COUNT_CAP })
      const by = (status: string) => capped(found.byStatus[status] ?? 0)
      const active = activeStatuses.reduce((sum, status) => sum + (found.byStatus[status] ?? 0), 0)
      return {
        all: capped(found.all),
        active: capped(Math.min(active, COUNT_CAP)),
        byStatus: Object.fromEntries(statuses.map((status) => [status, by(status)])) as Record<
          Status,
          ReturnType<typeof capped>
        >,
        unassigned: capped(found.unassigned),
        mine: capped(found.mine),
        teams: found.byTeam.map((each) => ({ id: each.id, name: each.name, active: capped(each.active) })),
        at,
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id',
    access: 'ticket.read',
    summary: 'One ticket',
    params: ticketParams,
    answer: ticket,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.read')
      return presentOne(desk, db, params.id, principal)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/read',
    access: 'ticket.read',
    summary: 'Notes how far the caller has read',
    params: ticketParams,
    body: readMark,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, body, principal }) => {
      const { ticket: read } = await ticketFor(db, params.id, principal, 'ticket.read')
      await markRead(db, principal.agentId, params.id, body.seq)
      if (read.channel === 'chat') tell(db, { chat: { ticketId: read.id } })
      return null
    },
  })
  openRoute(app, desk)
  changeRoute(app, desk)
}

/** Some tickets of a list whose numbers are known; what is out of sight is left out. */
async function byNumber(desk: Desk, db: Db, numbers: string, principal: Principal) {
  const rows = await ticketsById(db, numbers.split(',').map(Number))
  const seen = rows.filter(({ ticket: each }) => sees(principal, each))
  return { items: await presentRows(desk, db, seen, principal), nextCursor: null, ignored: [] }
}

export async function presentOne(
  desk: Desk,
  db: Parameters<typeof presentTickets>[1],
  id: number,
  principal: Principal,
) {
  const [found] = await presentTickets(desk, db, [id], principal)
  return found ?? decline('not-found', `There is no ticket ${id}.`)
}

function openRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets',
    access: 'ticket.create',
    summary: 'Opens a ticket for a requester',
    isOneStatement: true,
    body: newTicket,
    answer: ticket,
    handler: async ({ db, body, principal }) => {
      const { requester, body: _text, bodyFormat: _, channel: __, attachments: ___, ...rest } = body
      const { subject, direction, cc: ____, ...input } = rest
      const person = await identifyByName(db, requester.email, requester.name ?? '')
      const first = await firstMessage(desk, db, body, person, principal)
      const { message } = first
      // Who writes first waits for an answer, and it is theirs.
      const isWritten = direction === 'outbound'
      const { changes, fieldValues } = await resolveInput(
        desk,
        db,
        {
          ...(isWritten ? { status: 'pending', assignee: principal.agentId } : {}),
          ...input,
        },
        principal,
      )
      if (changes.assigneeId != null) await askForNew(db, person.id, changes.assigneeId)
      const outcome = await begin(desk, db, {
        ...first,
        requesterId: person.id,
        subject,
        by: byOf(principal),
        set: changes,
        content: { ...first.content, fieldValues },
      })
      const done = await doneOr(desk, db, outcome)
      if (principal.token === null) await markRead(db, principal.agentId, done.ticket.id, done.ticket.seq)
      const row = { ticket: done.ticket, subject, lastMessageSeq: 1 }
      const detail = {
        ticketId: done.ticket.id,
        snippet: message.bodyText.replace(/\s+/g, ' ').slice(0, 160),
        lastMessageAt: message.at,
        readSeq: principal.token === null ? done.ticket.seq : 0,
        drafted: false,
      }
      const known = { details: [detail], people: [person] }
      return (await presentRows(desk, db, [row], principal, known))[0] ?? decline('not-found')
    },
  })
}

/** Nobody is given the ticket of somebody with whom they have a conflict of interest. */
async function askForNew(db: Db, requesterId: PersonId, agentId: PersonId): Promise<void> {
  const [requester] = await peopleById(db, [requesterId])
  const organizationId = requester?.organization?.id ?? null
  await askAboutConflict(db, { requesterId, organizationId, assigneeId: null }, agentId)
}

function changeRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PATCH',
    url: '/tickets/:id',
    access: 'ticket.update',
    summary: 'Changes a ticket; what somebody else changed meanwhile is kept, the same field answers 409',
    params: ticketParams,
    body: ticketPatch,
    answer: ticket,
    handler: async ({ db, params, body, principal, request }) => {
      const { ticket: found } = await ticketFor(db, params.id, principal, 'ticket.update')
      const { requester, spam, deleted, expectedSeq, despiteConflict, ...input } = body
      const { changes, subject, fieldValues } = await resolveInput(desk, db, input, principal)
      await askAboutConflict(db, found, changes.assigneeId, despiteConflict)
      if (spam !== undefined && !can(principal, 'ticket.spam', found)) declineRight(principal, 'ticket.spam')
      if (deleted !== undefined && !can(principal, 'ticket.delete', found))
        decline('forbidden', undefined, { refusal: 'forbidden' })
      const expected = expectedSeqOf(request, expectedSeq)
      const tx = db
      const run = async (command: Command, content = {}): Promise<Outcome> =>
        act(desk, tx, params.id as TicketId, command, byOf(principal), { ...content, ...expected })
      if (spam === false || deleted === false) {
        if (spam === false) await doneOr(desk, db, await run({ kind: 'unmarkSpam' }))
        if (deleted === false) await doneOr(desk, db, await run({ kind: 'restore' }))
      }
      if (requester !== undefined) {
        const requesterId = await identify(db, requester.email, requester.name ?? '')
        await doneOr(desk, db, await run({ kind: 'changeRequester', requesterId }))
      }
      if (Object.keys(changes).length > 0) {
        await doneOr(desk, db, await run({ kind: 'set', ...changes }, { subject, fieldValues }))
      }
      if (spam === true) await doneOr(desk, db, await run({ kind: 'markSpam' }))
      if (deleted === true) await doneOr(desk, db, await run({ kind: 'delete' }))
      const [after] = await presentTickets(desk, db, [params.id], principal)
      if (after === undefined) return decline('not-found')
      const now = await findTicket(db, params.id)
      return now !== null && sees(principal, now.ticket) ? after : { ...after, snippet: '' }
    },
  })
}
