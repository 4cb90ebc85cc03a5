// How routes come to a ticket: found, in sight, and with the right to do what is asked. What is out of sight is not there.
import type { FastifyRequest } from 'fastify'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
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
  switch (refusal.name) {
    case 'not_found':
      return decline('not-found', `There is no such ${refusal.what.split(' ')[0]}.`, { refusal: name })
    case 'forbidden':
      return decline('forbidden', `This needs the right "${refusal.needs}".`, { refusal: name })
    case 'conflict':
      return decline('conflict', 'Somebody changed the same field in the meantime.', {
        refusal: name,
        conflict: await withActorNames(desk, db, refusal.conflict),
      })
    case 'newer_message':
      return decline('refused', 'A newer message has come in. Read it, or send anyway.', {
        refusal: name,
        messageIds: refusal.messageIds,
      })
    case 'fields_required': {
      const { fields } = await desk.setup.now()
      const missing = fields.filter(({ id }) => refusal.fieldIds.includes(id))
      const labels = missing.map(({ label }) => label).join(', ')
      return decline('refused', `Fill in first: ${labels}.`, {
        refusal: name,
        fields: missing.map(({ key }) => key),
      })
    }
    case 'privacy_ack_required': {
      const people = await peopleById(db, refusal.newReaders)
      const newReaders = people.map((each) => ({ id: each.id, name: each.name, email: each.email ?? '' }))
      return decline('refused', 'People would newly read this conversation. Name them to go on.', {
        refusal: name,
        newReaders,
      })
    }
    default:
      return decline('refused', words[refusal.name] ?? `Refused: ${refusal.name}.`, {
        refusal: name,
        ...details,
      })
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

const words: Partial<Record<Refusal['name'], string>> = {
  transition_not_allowed: 'The ticket cannot go to this status from where it is.',
  ticket_closed: 'The ticket is closed: only tags, notes and links can change.',
  ticket_flagged: 'The ticket is marked as spam, deleted or merged.',
  assignee_required: 'A ticket needs an assignee before it is resolved.',
  children_open: 'Some of its child tickets are still open.',
  close_reason_required: 'Closing without resolving needs a reason.',
  reopen_window_passed: 'It was closed too long ago to be reopened. Open a follow-up instead.',
  target_closed: 'The other ticket is closed.',
  merge_cycle: 'These tickets would be merged into each other.',
  limit_exceeded: 'That is more than one command may take.',
  already_sent: 'The mail has left already.',
  changed_since: 'It was changed again since.',
}
