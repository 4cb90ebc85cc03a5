// The outbox: what waits, what left, what failed and why; held mail can be read here when there is no relay.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { outboxEntry, outboxMail, outboxPage, outboxQuery } from '#api/contract/mail.ts'
import { idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { stateOf } from '#api/tickets/present-message.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import {
  findOutbox,
  listOutbox,
  retrySend,
  type OutboxEntry,
  type OutboxState,
  type Reported,
} from '#channels/outbox-store.ts'
import { composeEntry, UNSENDABLE } from '#desk/outbound/compose-entry.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { parse } from '#mail/parse.ts'
import { audit } from '#people/audit-store.ts'
import { tell } from '#store/listen.ts'

const REPORTED: readonly string[] = ['delivered', 'delayed', 'bounced'] satisfies Reported[]

export function outboxRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/outbox',
    access: 'outbox.read',
    summary: 'Mail on its way out, newest first',
    query: outboxQuery,
    answer: outboxPage,
    handler: async ({ db, query: { state, ticketId, limit, cursor } }) => {
      const reported = state !== undefined && REPORTED.includes(state) ? (state as Reported) : null
      const entryState = state === 'held' ? 'queued' : (state as OutboxState | undefined)
      const page = {
        states: entryState === undefined || reported !== null ? null : [entryState],
        reported,
        ticketId: ticketId ?? null,
        limit: limit + 1,
        before: readCursor(cursor, idKey),
      }
      return pageFrom(
        await listOutbox(db, page),
        limit,
        (row) => row.id,
        (row) => present(desk, row),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/outbox/:id',
    access: 'outbox.read',
    summary: 'One mail as it leaves',
    params: idParams,
    answer: outboxMail,
    handler: async ({ db, params }) => {
      const entry = (await findOutbox(db, params.id)) ?? decline('not-found')
      const parsed = await parse((await composeEntry(desk, entry).catch(declineUnsendable)).raw)
      if (!parsed.ok) throw new Error(`Bug: our own mail cannot be read: ${parsed.detail}`)
      const { mail } = parsed
      const headers = [...mail.headers].flatMap(([name, values]) => values.map((value) => ({ name, value })))
      return {
        ...present(desk, entry),
        subject: mail.subject,
        from: mail.from === null ? null : { name: mail.from.name, email: mail.from.email },
        cc: [...entry.recipients.cc],
        headers,
        text: mail.text ?? '',
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/outbox/:id/retry',
    access: 'outbox.retry',
    summary: 'Puts a failed mail back into the queue',
    params: idParams,
    answer: outboxEntry,
    status: 200,
    handler: async ({ db, params, principal }) => {
      if ((await findOutbox(db, params.id)) === null) return decline('not-found')
      const at = desk.clock.now()
      const entry = await retrySend(db, params.id, at)
      if (entry === null)
        return decline('refused', 'It has left, or waits to leave already.', { refusal: 'already_sent' })
      await audit(db, principal, at, {
        action: 'mail_retried',
        thing: { type: 'outbox', id: entry.id, name: null },
      })
      tell(db, { lane: 'outbox' })
      tell(db, { changed: 'outbox', id: entry.id })
      return present(desk, entry)
    },
  })
}

/** A mail whose message was removed since, or that has no mailbox any more, is no fault of the server. */
function declineUnsendable(error: unknown): never {
  if (error instanceof Fault && error.code === UNSENDABLE)
    return decline('refused', `There is no such mail any more: ${error.message}.`, { refusal: 'unsendable' })
  throw error
}

const subjects = {
  reply: 'Reply',
  acknowledgement: 'Acknowledgement',
  resolved: 'Word that it is resolved',
  notification: 'Notification',
  alert: 'Word about mail that does not work',
}

function present(desk: Desk, entry: OutboxEntry): z.input<typeof outboxEntry> {
  const state = entry.reported ?? stateOf(desk, entry)
  return {
    id: entry.id,
    kind: 'email',
    state,
    ticketId: entry.ticketId,
    messageId: entry.messageId,
    to: [...entry.recipients.to],
    subject: subjects[entry.kind],
    createdAt: entry.createdAt,
    sendAt: entry.sendAt,
    sentAt: entry.state === 'sent' ? entry.settledAt : null,
    attempts: entry.attempts,
    nextAttemptAt: entry.state === 'queued' && entry.attempts > 0 ? entry.sendAt : null,
    detail: entry.report ?? entry.response,
  }
}
