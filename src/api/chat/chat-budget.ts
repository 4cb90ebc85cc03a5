// How many tickets visitors may begin, and how much they may send with them. A token is free for whoever asks, so that what one visitor may do bounds nobody: a network and a
// widget are bounded as well. Who goes on with what they began is not counted.
import type { FastifyRequest } from 'fastify'
import { networkOf } from '#api/people/sign-in-budget.ts'
import { named } from '#people/sign-in-try-store.ts'
import { widgetOf } from '#api/chat/origin.ts'
import type { MayBegin } from '#desk/chat/say.ts'
import type { Desk } from '#desk/desk.ts'
import { takeTries } from '#people/sign-in-try-store.ts'
import { visitorOfToken } from '#people/visitor-store.ts'
import type { Db } from '#store/database.ts'

/** A company's whole staff may come from one network. */
const FROM_NETWORK = { most: 60, perHour: 60 }
const THROUGH_WIDGET = { most: 1_000, perHour: 2_000 }
/** Megabytes of files in a day. */
const BYTES_FROM_NETWORK = { most: 500, perHour: 500 / 24 }
const BYTES_THROUGH_WIDGET = { most: 20_000, perHour: 20_000 / 24 }

/** Takes room for one more ticket in the transaction that opens it. The network first: what it asks for beyond its share counts against nobody else. */
export function beginningOf(desk: Desk, db: Db, request: FastifyRequest): MayBegin {
  const at = desk.clock.now()
  const hasRoom = async (bucket: string, budget: typeof FROM_NETWORK) =>
    (await takeTries(db, [{ bucket, ...budget }], at)).has(bucket)
  return async () =>
    (await hasRoom(named('chats from', networkOf(request.ip)), FROM_NETWORK)) &&
    hasRoom(`chats of widget ${widgetOf(request).id}`, THROUGH_WIDGET)
}

/** Takes room for so many bytes, before the first of them is read: what is refused later was sent all the same. */
export async function mayBring(desk: Desk, request: FastifyRequest, bytes: number): Promise<boolean> {
  const takes = bytes / 1_000_000
  const hasRoom = async (bucket: string, budget: typeof FROM_NETWORK) =>
    (await takeTries(desk.database, [{ bucket, ...budget, takes }], desk.clock.now())).has(bucket)
  return (
    (await hasRoom(named('bytes from', networkOf(request.ip)), BYTES_FROM_NETWORK)) &&
    hasRoom(`bytes of widget ${widgetOf(request).id}`, BYTES_THROUGH_WIDGET)
  )
}

/** Whom a limit of visits counts: a visitor who is known, else a network. Who comes back is not shut out by new ones beside them. */
export async function whoVisits(desk: Desk, request: FastifyRequest): Promise<string> {
  const token = request.headers['x-docket-visitor']
  const { key } = widgetOf(request)
  const known =
    typeof token === 'string' ? await visitorOfToken(desk.database, token, key, desk.clock.now()) : null
  return known === null ? networkOf(request.ip) : `visitor ${known.id}`
}
