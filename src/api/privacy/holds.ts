// Legal holds: on a person or a ticket, with a reason, until somebody lifts them.
import type { FastifyInstance } from 'fastify'
import { holdBody, holdList, holdPage } from '#api/contract/privacy.ts'
import { idParams, pageQuery } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import {
  holdOn,
  holdsOfPeople,
  holdsOfTicket,
  liftHold,
  listHolds,
  setHold,
} from '#desk/privacy/hold-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function holdRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/holds',
    access: 'privacy.write',
    summary: 'Legal holds that stand, newest first',
    query: pageQuery,
    answer: holdPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listHolds(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      return pageFrom(
        rows,
        limit,
        (each) => each.id,
        (each) => each,
      )
    },
  })
  onRoutes(app, desk, 'people')
  onRoutes(app, desk, 'tickets')
}

/** The same three of a person and of a ticket. */
function onRoutes(app: FastifyInstance, desk: Desk, noun: 'people' | 'tickets'): void {
  const one = noun === 'people' ? 'a person' : 'a ticket'
  const onOf = (id: number) => (noun === 'people' ? { personId: id } : { ticketId: id })
  const listOf = async (db: Db, id: number) => ({
    items: await (noun === 'people' ? holdsOfPeople(db, [id]) : holdsOfTicket(db, id)),
  })
  const assertThere = async (db: Db, id: number, principal: Principal) => {
    if (noun === 'tickets') await ticketFor(db, id, principal, 'ticket.read')
    else if ((await peopleById(db, [id])).length === 0) decline('not-found')
  }
  route(app, desk, {
    method: 'GET',
    url: `/${noun}/:id/holds`,
    access: noun === 'people' ? 'privacy.write' : 'ticket.read',
    summary: `The legal holds that keep ${one}`,
    params: idParams,
    answer: holdList,
    handler: async ({ db, params, principal }) => {
      await assertThere(db, params.id, principal)
      return listOf(db, params.id)
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: `/${noun}/:id/hold`,
    access: 'privacy.write',
    summary: `Keeps ${one} from being erased`,
    params: idParams,
    body: holdBody,
    answer: holdList,
    handler: async ({ db, params, body, principal }) => {
      await assertThere(db, params.id, principal)
      const before = await holdOn(db, onOf(params.id))
      const at = desk.clock.now()
      await setHold(db, onOf(params.id), { reason: body.reason, by: principal.agentId, at })
      if (before?.reason !== body.reason) {
        const from = before?.reason ?? null
        await noted(desk, db, principal, {
          noun,
          id: params.id,
          action: 'legal_hold_set',
          from,
          to: body.reason,
        })
      }
      return listOf(db, params.id)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: `/${noun}/:id/hold`,
    access: 'privacy.write',
    stepUp: true,
    summary: `Lifts the legal hold on ${one}`,
    params: idParams,
    answer: holdList,
    handler: async ({ db, params, principal }) => {
      await assertThere(db, params.id, principal)
      const before = await holdOn(db, onOf(params.id))
      if (before === null) return decline('not-found', 'There is no legal hold on it.')
      await liftHold(db, before.id, { by: principal.agentId, at: desk.clock.now() })
      await noted(desk, db, principal, {
        noun,
        id: params.id,
        action: 'legal_hold_lifted',
        from: before.reason,
        to: null,
      })
      return listOf(db, params.id)
    },
  })
}

async function noted(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  what: { noun: 'people' | 'tickets'; id: number; action: string; from: string | null; to: string | null },
): Promise<void> {
  const { noun, id, action, from, to } = what
  // Neither name nor subject: the entry outlives them.
  await audit(tx, principal, desk.clock.now(), {
    action,
    thing: { type: noun === 'people' ? 'person' : 'ticket', id, name: null },
    changes: [{ field: 'reason', from, to }],
  })
  tell(tx, noun === 'people' ? { changed: 'people', id } : { changed: 'people', id: null })
}
