// Queues: which tickets they take, in which order and by whose hands they go. A change has all waiting tickets looked at again.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newQueue,
  newWorkUnits,
  queue,
  queuePage,
  queuePatch,
  workUnits,
  type Queue,
} from '#api/contract/routing.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { passGate } from '#api/http/pass-gate.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { definitionFrom, presentQueue, unitsOf } from '#api/routing/queue-input.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween, type Change } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { QueueRow } from '#routing/book.ts'
import { hashOf } from '#rules/rulebook.ts'
import { addQueue, changeQueue, findQueue, listQueues, lookAtAll, writeUnits } from '#routing/queue-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** Why what was live may come back without another try. */
export const WAS_LIVE = 'It was live before'

export function queueRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/queues',
    access: 'desk.read',
    summary: 'Queues in the order in which tickets are offered to them',
    answer: queuePage,
    handler: async ({ db }) => {
      const { directory } = await desk.setup.now()
      const rows = await listQueues(db)
      return { items: rows.map((row) => presentQueue(row, directory)), nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/queues',
    access: 'routing.write',
    summary: 'Adds a queue behind the others',
    body: newQueue,
    answer: queue,
    handler: async ({ db, body, principal }) => {
      const definition = await definitionFrom(desk, body, null)
      const tried = { id: null, title: body.title, definition }
      const passed = await passGate(desk, db, principal, { queue: tried }, body.reason)
      const added = (await addQueue(db, body.title, definition)) ?? declineInput('title', 'is taken')
      const thing = { type: 'queue', id: added, name: body.title }
      await audit(db, principal, desk.clock.now(), { action: 'queue_added', thing, changes: passed })
      return published(desk, db, added)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/queues/:id',
    access: 'routing.write',
    summary: 'Changes, moves or archives a queue; its tickets then look for another',
    params: idParams,
    body: queuePatch,
    answer: queue,
    handler: async ({ db, params, body, principal }) => {
      const from = await found(db, params.id)
      const { directory } = await desk.setup.now()
      const others = (await listQueues(db)).filter((each) => each.id !== from.id)
      if (body.title !== undefined && others.some(({ title }) => title === body.title))
        declineInput('title', 'is taken')
      const definition = await definitionFrom(desk, body, from)
      const { archived, position } = body
      const moves = position !== undefined && position !== placeOf(from, others)
      const goes = archived === true && !from.archived
      const tried = {
        id: from.id,
        title: body.title ?? from.title,
        definition,
        ...(moves && !goes ? { position } : {}),
        ...(goes ? { archived: true as const } : {}),
      }
      const isAsBefore = !moves && !goes && hashOf(definition) === hashOf(from.definition)
      const passed = isAsBefore ? [] : await passGate(desk, db, principal, { queue: tried }, body.reason)
      if (body.position !== undefined) await move(db, from, others, body.position)
      const change = { definition, ...(body.title === undefined ? {} : { title: body.title }) }
      await changeQueue(db, from.id, body.archived === false ? { ...change, archivedAt: null } : change)
      const to = {
        ...from,
        ...change,
        position: body.position ?? from.position,
        archived: body.archived ?? from.archived,
      }
      await auditChange(desk, db, principal, { from, to, passed, back: presentQueue(from, directory) })
      if (body.archived !== true) return published(desk, db, from.id)
      await archive(desk, db, from)
      return presentQueue(from, directory)
    },
  })
  unitRoutes(app, desk)
}

function unitRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/queues/units',
    access: 'desk.read',
    summary: 'How much work tickets are',
    answer: workUnits,
    handler: () => unitsNow(desk),
  })
  route(app, desk, {
    method: 'PUT',
    url: '/queues/units',
    access: 'routing.write',
    summary: 'Sets how much work tickets are',
    body: newWorkUnits,
    answer: workUnits,
    handler: async ({ db, body: { reason, ...body }, principal }) => {
      const before = await unitsNow(desk)
      const units = unitsOf(body)
      const isAsBefore = hashOf(units) === hashOf(unitsOf(before))
      const passed = isAsBefore ? [] : await passGate(desk, db, principal, { units }, reason)
      await writeUnits(db, units)
      await audit(db, principal, desk.clock.now(), {
        action: 'units_changed',
        thing: { type: 'routing', id: null, name: 'units' },
        changes: [...changesBetween(before, body), ...passed],
        back: { method: 'PUT', path: '/queues/units', body: { ...before, reason: WAS_LIVE } },
      })
      await tellAll(db)
      return body
    },
  })
}

async function unitsNow(desk: Desk): Promise<z.output<typeof workUnits>> {
  const { channels, complexity, pending } = (await desk.setup.now()).routing.units
  const factors = [...complexity].map(([categoryId, factor]) => ({ categoryId, factor }))
  return { channels, complexity: factors, pending }
}

async function archive(desk: Desk, db: Db, { id: queueId, title }: QueueRow): Promise<void> {
  await refuseInUse(db, { kind: 'queue', id: queueId }, `The queue “${title}”`)
  await changeQueue(db, queueId, { archivedAt: desk.clock.now() })
  await tellAll(db)
}

/** The place of a queue among the others, from 1 on. */
function placeOf({ position, id: queueId }: QueueRow, others: readonly QueueRow[]): number {
  return (
    1 +
    others.filter((each) => each.position < position || (each.position === position && each.id < queueId))
      .length
  )
}

/** Puts a queue at a place in the order; the others close up. */
async function move(
  db: Db,
  { id: queueId }: QueueRow,
  others: readonly QueueRow[],
  position: number,
): Promise<void> {
  const order = others.map((each) => each.id).toSpliced(position - 1, 0, queueId)
  for (const [index, each] of order.entries()) await changeQueue(db, each, { position: index + 1 })
}

async function auditChange(
  desk: Desk,
  db: Db,
  principal: Principal,
  { from, to, passed, back }: { from: FoundQueue; to: FoundQueue; passed: readonly Change[]; back: Queue },
): Promise<void> {
  const { id: queueId, version: _, ...body } = back
  const plain = ({ title, archived, position, definition }: FoundQueue) => ({
    title,
    archived,
    position,
    ...definition,
  })
  await audit(db, principal, desk.clock.now(), {
    action: 'queue_changed',
    thing: { type: 'queue', id: from.id, name: to.title },
    changes: [...changesBetween(plain(from), plain(to)), ...passed],
    back: {
      method: 'PATCH',
      path: `/queues/${queueId}`,
      body: { ...body, archived: from.archived, reason: WAS_LIVE },
    },
  })
}

async function published(desk: Desk, db: Db, queueId: number) {
  await tellAll(db)
  const { directory } = await desk.setup.now()
  return presentQueue(await found(db, queueId), directory)
}

/** After the commit every waiting ticket is looked at again. */
export async function tellAll(db: Db): Promise<void> {
  await lookAtAll(db)
  tell(db, { changed: 'queues', id: null })
  tell(db, { lane: 'routing' })
}

type FoundQueue = QueueRow & { readonly archived: boolean }

async function found(db: Db, queueId: number): Promise<FoundQueue> {
  return (await findQueue(db, queueId)) ?? decline('not-found', 'There is no such queue.')
}
