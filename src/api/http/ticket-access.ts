// How routes come to a ticket: found, in sight, and with the right to do what is asked. What is out of sight is not there.
import type { FastifyRequest } from 'fastify'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
import { refusalSentence } from '#desk/refusal-words.ts'
import type { Outcome } from '#desk/update.ts'
import { can, sees, type Principal } from '#people/can.ts'
import type { Action } from '#people/rights.ts'
import type { Db } from '#store/database.ts'
import type { Conflict, Refusal } from '#tickets/refusal.ts'
import { findTicket, type TicketRow } from '#tickets/ticket-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { Desk } from '#desk/desk.ts'

export const ticketParams = idParams

/** The ticket, if `principal` may do `action` to it: 404 when it is out of sight, 403 when the right is missing. */
export async function ticketFor(
  db: Db,
  ticketId: number,
  principal: Principal,
  action: Action,
): Promise<TicketRow> {
  const row = await findTicket(db, ticketId)
  if (row === null || !sees(principal, row.ticket))
    return decline('not-found', `There is no ticket ${ticketId}.`)
  if (!can(principal, action, row.ticket)) return declineRight(principal, action)
  return row
}

/** The seq the caller believes is newest: from the body, else from `If-Match: "12"`. */
export function expectedSeqOf(
  request: FastifyRequest,
  fromBody: number | undefined,
): { expectedSeq?: number } {
  if (fromBody !== undefined) return { expectedSeq: fromBody }
  const header = request.headers['if-match']
  if (header === undefined) return {}
  const seq = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1]
  return seq === undefined
    ? decline('bad-input', 'If-Match: expects "SEQ", such as "12"')
    : { expectedSeq: Number(seq) }
}

/** The outcome of an update, or its refusal as a problem. */
export async function doneOr(desk: Desk, db: Db, outcome: Outcome) {
  return outcome.ok ? outcome : declineRefusal(desk, db, outcome.refusal)
}

/** Turns a refusal into HTTP: the one table. */
export async function declineRefusal(desk: Desk, db: Db, refusal: Refusal): Promise<never> {
  const { name, ...details } = refusal
  const sentence = await refusalSentence(desk, refusal)
  switch (refusal.name) {
    case 'not_found':
      return decline('not-found', sentence, { refusal: name })
    case 'forbidden':
      return decline('forbidden', sentence, { refusal: name })
    case 'conflict':
      return decline('conflict', sentence, {
        refusal: name,
        conflict: await withActorNames(desk, db, refusal.conflict),
      })
    case 'newer_message':
      return decline('refused', sentence, { refusal: name, messageIds: refusal.messageIds })
    case 'fields_required': {
      const { fields } = await desk.setup.now()
      const missing = fields.filter(({ id }) => refusal.fieldIds.includes(id))
      return decline('refused', sentence, { refusal: name, fields: missing.map(({ key }) => key) })
    }
    case 'privacy_ack_required': {
      const people = await peopleById(db, refusal.newReaders)
      const newReaders = people.map((each) => ({ id: each.id, name: each.name, email: each.email ?? '' }))
      return decline('refused', sentence, { refusal: name, newReaders })
    }
    default:
      return decline('refused', sentence, { refusal: name, ...details })
  }
}

async function withActorNames(desk: Desk, db: Db, conflicts: readonly Conflict[]) {
  const people = await peopleById(
    db,
    conflicts.flatMap(({ theirActor }) => (theirActor.type === 'rule' ? [] : (theirActor.id ?? []))),
  )
  const { rulebook, canary } = await desk.setup.now()
  return conflicts.map(({ theirActor: { type, id }, ...conflict }) => {
    const name =
      type === 'rule'
        ? (canary?.rulebook.byId.get(id ?? 0) ?? rulebook.byId.get(id ?? 0))?.rule.title
        : type === 'api'
          ? undefined
          : people.find((each) => each.id === id)?.name
    return { ...conflict, theirActor: { type, id, name: name ?? null } }
  })
}
