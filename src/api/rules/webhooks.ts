// Webhooks: where programs outside are told, what became of each delivery, and telling them again.
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  createdWebhook,
  delivery,
  deliveryDetail,
  deliveryPage,
  deliveryQuery,
  newWebhook,
  replayAnswer,
  webhook,
  webhookPage,
  webhookPatch,
} from '#api/contract/rules.ts'
import { id, pageQuery, idParams } from '#api/contract/shapes.ts'
import { idKey, nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { readBooks } from '#api/rules/present-rule.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import {
  addWebhook,
  attemptsOf,
  changeWebhook,
  countDeliveries,
  findDelivery,
  findWebhook,
  listDeliveries,
  listWebhooks,
  placeOfSecret,
  replayDead,
  replayDelivery,
  type Delivery,
  type Webhook,
} from '#channels/webhook-store.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { plus } from '#kit/time.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { can } from '#people/can.ts'
import { usesOf } from '#rules/references.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const nothingYet = { waiting: 0, dead: 0, delivered: 0 }

export function webhookRoutes(app: FastifyInstance, desk: Desk): void {
  hookRoutes(app, desk)
  deliveryRoutes(app, desk)
}

async function present(desk: Desk, db: Db, found: readonly Webhook[]): Promise<z.input<typeof webhook>[]> {
  const counts = await countDeliveries(
    db,
    found.map((each) => each.id),
    plus(desk.clock.now(), -86_400),
  )
  return found.map((each) => ({ ...each, ...(counts.get(each.id) ?? nothingYet) }))
}

async function presentOne(desk: Desk, db: Db, webhookId: number): Promise<z.input<typeof webhook>> {
  const found = (await findWebhook(db, webhookId)) ?? decline('not-found')
  return (await present(desk, db, [found]))[0] ?? decline('not-found')
}

/** An address that leads inside the network is refused at once, and again whenever it is connected to. */
async function assertReachable(desk: Desk, url: string): Promise<void> {
  try {
    await desk.egress.addressOf(new URL(url).hostname)
  } catch (error) {
    if (error instanceof Fault && error.code === 'EGRESS') declineInput('url', error.message)
    if (!(error instanceof Fault)) throw error
  }
}

function hookRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/webhooks',
    access: 'rules.read',
    summary: 'Webhooks by name',
    query: pageQuery.extend({ archived: z.enum(['true', 'false']).optional() }),
    answer: webhookPage,
    handler: async ({ db, query: { limit, cursor, archived }, principal }) => {
      const after = readCursor(cursor, nameKey)
      const rows = await listWebhooks(db, { limit: limit + 1, archived: archived === 'true', after })
      const presented = await present(desk, db, rows)
      const isTold = can(principal, 'webhooks.write')
      const shown = new Map(presented.map((each) => [each.id, isTold ? each : { ...each, url: null }]))
      return pageFrom(
        rows,
        limit,
        (row) => ({ name: row.name, id: row.id }),
        (row) => shown.get(row.id) ?? decline('not-found'),
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/webhooks',
    access: 'webhooks.write',
    stepUp: true,
    summary: 'Adds a webhook; its secret is shown this once',
    body: newWebhook,
    answer: createdWebhook,
    answersSecret: true,
    handler: async ({ db, body, principal }) => {
      await assertReachable(desk, body.url)
      const at = desk.clock.now()
      const secret = newSecret()
      const sealed = desk.seal.close(secret, placeOfSecret(body.key))
      const added =
        (await addWebhook(db, { ...body, secret: sealed, at })) ?? declineInput('key', 'is taken already')
      await audit(db, principal, at, {
        action: 'webhook_added',
        thing: { type: 'webhook', id: added, name: body.name },
      })
      tell(db, { changed: 'webhooks', id: added })
      return { ...(await presentOne(desk, db, added)), secret }
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/webhooks/:id',
    access: 'webhooks.write',
    stepUp: true,
    summary: 'Changes, pauses or archives a webhook; refused to archive while a rule uses it',
    params: idParams,
    body: webhookPatch,
    answer: webhook,
    handler: async ({ db, params, body, principal }) => {
      const from = (await findWebhook(db, params.id)) ?? decline('not-found')
      const to = {
        ...from,
        name: body.name ?? from.name,
        url: body.url ?? from.url,
        enabled: body.enabled ?? from.enabled,
        archived: body.archived ?? from.archived,
      }
      if (to.url !== from.url) await assertReachable(desk, to.url)
      if (to.archived && !from.archived) await refuseUsed(db, from)
      const at = desk.clock.now()
      await changeWebhook(db, to, null, at)
      await audit(db, principal, at, {
        action: 'webhook_changed',
        thing: { type: 'webhook', id: to.id, name: to.name },
        changes: changesBetween(from, to),
        back: {
          method: 'PATCH',
          path: `/webhooks/${from.id}`,
          body: { name: from.name, url: from.url, enabled: from.enabled, archived: from.archived },
        },
      })
      tell(db, { changed: 'webhooks', id: to.id })
      tell(db, { lane: 'webhooks' })
      return presentOne(desk, db, to.id)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/webhooks/:id/secret',
    access: 'webhooks.write',
    stepUp: true,
    summary: 'Gives a webhook a new secret; the old one is void at once',
    params: idParams,
    answer: createdWebhook,
    answersSecret: true,
    status: 200,
    handler: async ({ db, params, principal }) => {
      const found = (await findWebhook(db, params.id)) ?? decline('not-found')
      const secret = newSecret()
      const at = desk.clock.now()
      await changeWebhook(db, found, desk.seal.close(secret, placeOfSecret(found.key)), at)
      await audit(db, principal, at, {
        action: 'webhook_secret_changed',
        thing: { type: 'webhook', id: found.id, name: found.name },
      })
      return { ...(await presentOne(desk, db, found.id)), secret }
    },
  })
}

/** As Standard Webhooks writes it: 32 random bytes behind `whsec_`. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

async function refuseUsed(db: Db, { key }: Webhook): Promise<void> {
  const { live, book } = await readBooks(db)
  const used = [...usesOf({ kind: 'webhook', id: key }, live), ...usesOf({ kind: 'webhook', id: key }, book)]
  const titles = [...new Set(used.map(({ title }) => title))]
  if (titles.length > 0)
    decline('refused', `It is used in ${titles.length} rules: ${titles.join(', ')}.`, {
      refusal: 'in_use',
      uses: used,
    })
}

function presentDelivery(row: Delivery): z.input<typeof delivery> {
  const { id: deliveryId, state, ticketId, ruleId, attempts, createdAt, settledAt } = row
  const nextTryAt = state === 'queued' ? row.nextTryAt : null
  return { id: deliveryId, state, ticketId, ruleId, attempts, createdAt, settledAt, nextTryAt }
}

function deliveryRoutes(app: FastifyInstance, desk: Desk): void {
  const delivering = idParams.extend({ deliveryId: z.coerce.number().pipe(id) })
  route(app, desk, {
    method: 'GET',
    url: '/webhooks/:id/deliveries',
    access: 'webhooks.write',
    summary: 'What a webhook was told, newest first',
    params: idParams,
    query: deliveryQuery,
    answer: deliveryPage,
    handler: async ({ db, params, query }) => {
      const page = {
        limit: query.limit + 1,
        before: readCursor(query.cursor, idKey),
        state: query.state ?? null,
      }
      return pageFrom(
        await listDeliveries(db, params.id, page),
        query.limit,
        (row) => row.id,
        presentDelivery,
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/webhooks/:id/deliveries/:deliveryId',
    access: 'webhooks.write',
    summary: 'One delivery with what was sent and every try',
    params: delivering,
    answer: deliveryDetail,
    handler: async ({ db, params }) => {
      const found = await deliveryOf(db, params)
      return { ...presentDelivery(found), payload: found.payload, tries: await attemptsOf(db, found.id) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/webhooks/:id/deliveries/:deliveryId/replay',
    access: 'webhooks.write',
    summary: 'Tells it again, under the same id',
    params: delivering,
    answer: delivery,
    status: 200,
    handler: async ({ db, params, principal }) => {
      await deliveryOf(db, params)
      const at = desk.clock.now()
      const again = await replayDelivery(db, params.deliveryId, at)
      if (again === null) return decline('refused', 'It is on its way already.', { refusal: 'not_possible' })
      await audit(db, principal, at, {
        action: 'webhook_replayed',
        thing: { type: 'webhook_delivery', id: again.id, name: null },
      })
      tell(db, { lane: 'webhooks' })
      return presentDelivery(again)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/webhooks/:id/replay',
    access: 'webhooks.write',
    summary: 'Tells it everything again that was given up',
    params: idParams,
    answer: replayAnswer,
    status: 200,
    handler: async ({ db, params, principal }) => {
      const at = desk.clock.now()
      const deliveries = await replayDead(db, params.id, at)
      await audit(db, principal, at, {
        action: 'webhook_replayed',
        thing: { type: 'webhook', id: params.id, name: `${deliveries} deliveries` },
      })
      tell(db, { lane: 'webhooks' })
      return { deliveries }
    },
  })
}

async function deliveryOf(db: Db, params: { id: number; deliveryId: number }): Promise<Delivery> {
  const found = await findDelivery(db, params.deliveryId)
  return found === null || found.webhookId !== params.id ? decline('not-found') : found
}
