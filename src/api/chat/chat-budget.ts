// How many tickets visitors may begin, and how much they may send with them. A token is free for whoever asks, so that what one visitor may do bounds nobody: a network and a
// widget are bounded as well. Who goes on with what they began is not counted. Beyond its room a network goes on with work.
import type { FastifyRequest } from 'fastify'
import { networkOf } from '#api/people/sign-in-budget.ts'
import { named } from '#people/sign-in-try-store.ts'
import { widgetOf } from '#api/chat/origin.ts'
import type { WhyNotBegin } from '#desk/chat/say.ts'
import type { Desk } from '#desk/desk.ts'
import { isSolved } from '#kit/puzzle.ts'
import { hasRoomFor, takeTries } from '#people/sign-in-try-store.ts'
import { visitorOfToken } from '#people/visitor-store.ts'
import type { Db } from '#store/database.ts'

/** A company's whole staff may come from one network. */
const FROM_NETWORK = { most: 60, perHour: 60 }
/** Of those who have worked out a small sum for it, so that one who misbehaves shuts out nobody beside them. */
const WITH_WORK = { most: 240, perHour: 240 }
const THROUGH_WIDGET = { most: 1_000, perHour: 2_000 }
/** Megabytes of files in a day. */
const BYTES_FROM_NETWORK = { most: 500, perHour: 500 / 24 }
const BYTES_THROUGH_WIDGET = { most: 20_000, perHour: 20_000 / 24 }

/** Takes room for one more ticket in the transaction that opens it. The network first: what it asks for beyond its share counts against nobody else. */
export function beginningOf(
  desk: Desk,
  db: Db,
  request: FastifyRequest,
  { clientId, answer }: { readonly clientId: string; readonly answer: string },
): WhyNotBegin {
  const at = desk.clock.now()
  const hasRoom = async (bucket: string, budget: typeof FROM_NETWORK) =>
    (await takeTries(db, [{ bucket, ...budget }], at)).has(bucket)
  const network = networkOf(request.ip)
  return async () => {
    if (!(await hasRoom(named('chats from', network), FROM_NETWORK))) {
      if (!isWorkedFor(request, clientId, answer)) return 'puzzle'
      if (!(await hasRoom(named('worked chats from', network), WITH_WORK))) return 'too_many_chats'
    }
    return (await hasRoom(`chats of widget ${widgetOf(request).id}`, THROUGH_WIDGET))
      ? null
      : 'too_many_chats'
  }
}

const isWorkedFor = (request: FastifyRequest, clientId: string, answer: string): boolean =>
  isSolved(`${String(request.headers['x-docket-visitor'])}:${clientId}`, answer)

/** Whether it would ask for work, looked at before files are read: they would be sent twice. Nothing is taken. */
export function workBefore(
  desk: Desk,
  request: FastifyRequest,
  { clientId, answer }: { readonly clientId?: string | undefined; readonly answer: string },
): WhyNotBegin {
  const bucket = named('chats from', networkOf(request.ip))
  return async () => {
    if (clientId === undefined || isWorkedFor(request, clientId, answer)) return null
    return (await hasRoomFor(desk.database, { bucket, ...FROM_NETWORK }, desk.clock.now())) ? null : 'puzzle'
  }
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
