// What is done to tickets as wholes: merge, unmerge, split, undo, people who join and leave, links.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { id } from '#api/contract/shapes.ts'
import {
  linkPage,
  linkType,
  merge as mergeBody,
  newLink,
  newParticipant,
  split as splitBody,
  ticket,
  undo as undoBody,
  undone,
} from '#api/contract/tickets.ts'
import { declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { doneOr, ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { byOf } from '#desk/update.ts'
import { presentOne } from '#api/tickets/tickets.ts'
import { act } from '#desk/act.ts'
import { merge, split, undo, unmerge } from '#desk/act-many.ts'
import type { Desk } from '#desk/desk.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { sees, type Principal } from '#people/can.ts'
import { identify, peopleById } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { inverseLink } from '#tickets/decide/link.ts'
import { ticketsById } from '#tickets/ticket-store.ts'
import { participantRoles } from '#tickets/vocabulary.ts'

export function ticketActionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/merge',
    access: 'ticket.merge',
    summary: 'Merges this ticket into another; answers the other',
    params: ticketParams,
    body: mergeBody,
    answer: ticket,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.merge')
      await ticketFor(db, body.into, principal, 'ticket.merge')
      const merging = {
        sourceIds: [params.id as TicketId],
        targetId: body.into as TicketId,
        acknowledgedNewReaders: body.acknowledgedNewReaders as PersonId[],
      }
      const done = await doneOr(desk, db, await merge(desk, db, merging, byOf(principal)))
      return presentOne(desk, db, done.ticket.id, principal)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/unmerge',
    access: 'ticket.merge',
    summary: 'Takes this ticket out of the one it was merged into',
    params: ticketParams,
    answer: ticket,
    status: 200,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.merge')
      await doneOr(desk, db, await unmerge(desk, db, params.id as TicketId, byOf(principal)))
      return presentOne(desk, db, params.id, principal)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/split',
    access: 'ticket.split',
    summary: 'Moves messages into a new ticket; answers the new one',
    params: ticketParams,
    body: splitBody,
    answer: ticket,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.split')
      const splitting = {
        ticketId: params.id as TicketId,
        messageIds: body.messageIds as MessageId[],
        subject: body.subject ?? null,
      }
      const done = await doneOr(desk, db, await split(desk, db, splitting, byOf(principal)))
      return presentOne(desk, db, done.ticket.id, principal)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/undo',
    access: 'ticket.update',
    summary: 'Takes a whole update back; what changed again since is kept and named',
    params: ticketParams,
    body: undoBody,
    answer: undone,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const done = await doneOr(
        desk,
        db,
        await undo(desk, db, params.id as TicketId, body.seq, byOf(principal)),
      )
      const event = done.events.find((each) => each.kind === 'undone')
      const { restores, changedSince } =
        event?.kind === 'undone' ? event.payload : { restores: [], changedSince: [] }
      return {
        ticket: await presentOne(desk, db, params.id, principal),
        restored: [...new Set(restores.map(({ field }) => String(field)))],
        changedSince: [...changedSince],
      }
    },
  })
  participantRoutes(app, desk)
  linkRoutes(app, desk)
}

function participantRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/participants',
    access: 'ticket.update',
    summary: 'Adds somebody in copy, or a follower',
    params: ticketParams,
    body: newParticipant,
    answer: ticket,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const personId = await personOf(db, body)
      const command = { kind: 'addParticipant', personId, role: body.role } as const
      await doneOr(desk, db, await act(desk, db, params.id as TicketId, command, byOf(principal)))
      return presentOne(desk, db, params.id, principal)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tickets/:id/participants/:personId',
    access: 'ticket.update',
    summary: 'Takes somebody off the ticket',
    params: ticketParams.extend({ personId: z.coerce.number().pipe(id) }),
    query: z.strictObject({ role: z.enum(participantRoles).optional() }),
    answer: ticket,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const command = { kind: 'removeParticipant', personId: params.personId as PersonId } as const
      await doneOr(desk, db, await act(desk, db, params.id as TicketId, command, byOf(principal)))
      return presentOne(desk, db, params.id, principal)
    },
  })
}

async function personOf(
  db: Db,
  { personId, email, name }: z.output<typeof newParticipant>,
): Promise<PersonId> {
  if (personId !== undefined)
    return (await peopleById(db, [personId]))[0]?.id ?? declineInput('personId', 'is nobody')
  return identify(db, email ?? declineInput('email', 'is missing'), name ?? '')
}

function linkRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/links',
    access: 'ticket.read',
    summary: 'The tickets this one is linked with',
    params: ticketParams,
    answer: linkPage,
    handler: ({ db, params, principal }) => presentLinks(db, params.id, principal),
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/links',
    access: 'ticket.update',
    summary: 'Links two tickets, on both sides',
    params: ticketParams,
    body: newLink,
    answer: linkPage,
    handler: async ({ db, params, body, principal }) => {
      await linkBoth(
        desk,
        db,
        { kind: 'link', id: params.id, type: body.type, other: body.ticketId },
        principal,
      )
      return presentLinks(db, params.id, principal)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tickets/:id/links/:type/:ticketId',
    access: 'ticket.update',
    summary: 'Takes a link away, on both sides',
    params: ticketParams.extend({ type: linkType, ticketId: z.coerce.number().pipe(id) }),
    answer: linkPage,
    handler: async ({ db, params, principal }) => {
      await linkBoth(
        desk,
        db,
        { kind: 'unlink', id: params.id, type: params.type, other: params.ticketId },
        principal,
      )
      return presentLinks(db, params.id, principal)
    },
  })
}

/** Links two tickets, or takes their link away, for a person who may change both. */
export async function linkBoth(
  desk: Desk,
  tx: Transaction,
  {
    kind,
    id: ticketId,
    type,
    other,
  }: { kind: 'link' | 'unlink'; id: number; type: z.output<typeof linkType>; other: number },
  principal: Principal,
): Promise<void> {
  await ticketFor(tx, ticketId, principal, 'ticket.update')
  await ticketFor(tx, other, principal, 'ticket.update')
  const [low, high] = [Math.min(ticketId, other), Math.max(ticketId, other)]
  for (const here of [low, high]) {
    const linkType_ = here === ticketId ? type : inverseLink(type)
    const there = (here === ticketId ? other : ticketId) as TicketId
    const outcome = await act(
      desk,
      tx,
      here as TicketId,
      { kind, linkType: linkType_, ticketId: there },
      byOf(principal),
    )
    await doneOr(desk, tx, outcome)
  }
}

async function presentLinks(
  db: Db,
  ticketId: number,
  principal: Principal,
): Promise<z.input<typeof linkPage>> {
  const { ticket: found } = await ticketFor(db, ticketId, principal, 'ticket.read')
  const others = await ticketsById(
    db,
    found.links.map((link) => link.ticketId),
  )
  const items = found.links.flatMap(({ linkType: type, ticketId: otherId }) => {
    const other = others.find((row) => row.ticket.id === otherId)
    if (other === undefined || !sees(principal, other.ticket)) return []
    return [{ type, ticket: { id: otherId, subject: other.subject, status: other.ticket.status } }]
  })
  return { items, nextCursor: null }
}
