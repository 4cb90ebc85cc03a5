// What came to a hook: the recorder, a sample sent by hand, telling a failed event again, and trying a mapping without writing.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  hookDelivery,
  hookDeliveryDetail,
  hookDeliveryPage,
  hookDeliveryParams,
  hookDeliveryQuery,
  hookSample,
  hookTried,
  hookTry,
} from '#api/contract/hooks.ts'
import { idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { declineUnderHold } from '#api/http/under-hold.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { jsonOf, readEvent } from '#desk/rules/hook-event.ts'
import { liveTicketOf, receive, takeDelivery } from '#desk/rules/hook-take.ts'
import { declineOther } from '#api/rules/hook-door.ts'
import { route } from '#api/route.ts'
import {
  eraseHookDelivery,
  findHook,
  findHookDelivery,
  listHookDeliveries,
  ticketOfMatter,
} from '#channels/hook-store.ts'
import type { HookDelivery, HookDeliveryRow } from '#channels/hook.ts'
import type { Desk } from '#desk/desk.ts'
import { readFields } from '#desk/field-input.ts'
import { holdsOfTicket, keepHoldsStill } from '#desk/privacy/hold-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export function hookDeliveryRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/hooks/:id/deliveries',
    access: 'webhooks.write',
    summary:
      'What came to an address, newest first; the content of the newest fifty is kept, and of what failed',
    params: idParams,
    query: hookDeliveryQuery,
    answer: hookDeliveryPage,
    handler: async ({ db, params, query: { limit, cursor, state } }) => {
      const page = { limit: limit + 1, before: readCursor(cursor, idKey), state: state ?? null }
      return pageFrom(await listHookDeliveries(db, params.id, page), limit, (row) => row.id, present)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/hooks/:id/deliveries/:deliveryId',
    access: 'webhooks.write',
    summary: 'One event with what it said',
    params: hookDeliveryParams,
    answer: hookDeliveryDetail,
    handler: async ({ db, params }) => {
      const row = await deliveryOf(db, params)
      return { ...present(row), headers: row.headers, body: row.body }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/hooks/:id/deliveries',
    access: 'webhooks.write',
    summary: 'Carries out a sample as if its sender had told it',
    isOneStatement: true,
    params: idParams,
    body: hookSample,
    answer: hookDelivery,
    // What an event does is committed by itself, and stays known under the key of the request.
    beforehand: async ({ db, params, body: { body: text, headers }, principal, request }) => {
      const hook = (await findHook(db, params.id)) ?? decline('not-found')
      if (jsonOf(text) === undefined) declineInput('body', 'is not JSON')
      const key = request.headers['idempotency-key']
      const received = await receive(desk, hook, {
        senderKey: null,
        knownBy: typeof key === 'string' ? `sample ${principal.agentId} ${key}` : null,
        isKeyForOneBody: true,
        headers,
        text,
        causeEventId: null,
      })
      if (received === null) return decline('not-found')
      return received.isOther ? declineOther(received.deliveryId) : received
    },
    handler: async ({ db, params, principal, early: { deliveryId } }) => {
      const row = await deliveryOf(db, { ...params, deliveryId })
      await audit(db, principal, desk.clock.now(), {
        action: 'hook_sample_sent',
        thing: { type: 'hook', id: row.hookId, name: (await findHook(db, row.hookId))?.name ?? null },
      })
      return present(row)
    },
  })
  againRoutes(app, desk)
  tryRoute(app, desk)
}

function againRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/hooks/:id/deliveries/:deliveryId/replay',
    access: 'webhooks.write',
    summary: 'Carries out an event that failed, by the mapping of today',
    isOneStatement: true,
    params: hookDeliveryParams,
    answer: hookDelivery,
    status: 200,
    // A repeat of the request finds it carried out, and gets the first answer.
    beforehand: async ({ db, params }) => {
      const row = await deliveryOf(db, params)
      if (row.state === 'done' || row.state === 'skipped') return 'carried_out' as const
      if (row.body === null) return 'forgotten' as const
      return (await takeDelivery(desk, row.id)) ?? decline('not-found')
    },
    handler: async ({ db, params, principal, early }) => {
      if (early === 'carried_out')
        return decline('refused', 'It was carried out already.', { refusal: 'not_possible' })
      if (early === 'forgotten')
        return decline('refused', 'What it said is no longer kept. Have its sender send it again.', {
          refusal: 'not_possible',
        })
      const row = await deliveryOf(db, params)
      await audit(db, principal, desk.clock.now(), {
        action: 'hook_replayed',
        thing: { type: 'hook', id: row.hookId, name: (await findHook(db, row.hookId))?.name ?? null },
      })
      return { ...present(row), ...early }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/hooks/:id/deliveries/:deliveryId',
    access: 'webhooks.write',
    summary: 'Takes away what an event said; that it came stays written down',
    params: hookDeliveryParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      await keepHoldsStill(db)
      const { id, hookId, ticketId } = await deliveryOf(db, params)
      const holds = ticketId === null ? [] : await holdsOfTicket(db, ticketId)
      if (holds.length > 0) declineUnderHold(holds)
      await eraseHookDelivery(db, id)
      await audit(db, principal, desk.clock.now(), {
        action: 'hook_delivery_erased',
        thing: { type: 'hook', id: hookId, name: (await findHook(db, hookId))?.name ?? null },
      })
      tell(db, { changed: 'hooks', id: hookId })
      return null
    },
  })
}

function tryRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/hooks/tries',
    access: 'webhooks.write',
    summary: 'What a mapping makes of an event that was recorded, or of a sample; nothing is written',
    isOneStatement: true,
    isReading: true,
    body: hookTry,
    answer: hookTried,
    status: 200,
    handler: async ({
      db,
      body: { mapping, hook, delivery, body = '', headers },
    }): Promise<z.input<typeof hookTried>> => {
      const event =
        hook === undefined || delivery === undefined
          ? { body, headers }
          : await deliveryOf(db, { id: hook, deliveryId: delivery })
      const read = await readEvent(desk, mapping, event)
      const nothing = { detail: null, path: null, ticketId: null, texts: [...read.texts] }
      if ('skipped' in read) return { ...nothing, outcome: 'skipped', detail: read.skipped }
      if ('problem' in read)
        return { ...nothing, outcome: 'failed', detail: read.problem.message, path: read.problem.path }
      const { told, ends } = read
      const fault = await readFields(desk, told.fields)
      if ('message' in fault)
        return { ...nothing, outcome: 'failed', detail: fault.message, path: fault.path }
      const known = hook === undefined ? null : await ticketOfMatter(db, hook, told.matter)
      const ticket = await liveTicketOf(db, known)
      if (ticket !== null && ticket.status !== 'closed')
        return { ...nothing, outcome: 'updates', ticketId: ticket.id }
      return ends
        ? { ...nothing, outcome: 'skipped', detail: 'nothing_open' }
        : { ...nothing, outcome: 'opens' }
    },
  })
}

function present(row: HookDeliveryRow): z.input<typeof hookDelivery> {
  const { id, at, senderKey, state, detail, ticketId, isKept } = row
  return { id, at, senderKey, state, detail, ticketId, isKept }
}

async function deliveryOf(
  db: Db,
  { id, deliveryId }: { id: number; deliveryId: number },
): Promise<HookDelivery> {
  return (await findHookDelivery(db, id, deliveryId)) ?? decline('not-found')
}
