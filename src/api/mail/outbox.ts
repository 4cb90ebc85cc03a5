// The outbox: what waits, what left, what failed and why; held mail can be read here when there is no relay.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  keptDecided,
  keptMail,
  keptVerdict,
  outboxEntry,
  outboxMail,
  outboxPage,
  outboxQuery,
} from '#api/contract/mail.ts'
import { idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { stateOf } from '#api/tickets/present-message.ts'
import { decline } from '#api/http/problem.ts'
import { readsGerman } from '#api/rules/told.ts'
import { route } from '#api/route.ts'
import {
  decideKept,
  findOutboxFor,
  keptMails,
  listOutbox,
  retrySend,
  type OutboxEntry,
  type OutboxState,
  type Reported,
} from '#channels/outbox-store.ts'
import { UNSENDABLE } from '#desk/outbound/automatic-text.ts'
import { composeEntry } from '#desk/outbound/compose-entry.ts'
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
    handler: async ({ db, query: { state, ticketId, limit, cursor }, principal, request }) => {
      const reported = state !== undefined && REPORTED.includes(state) ? (state as Reported) : null
      const entryState = state === 'held' ? 'queued' : (state as OutboxState | undefined)
      const page = {
        states: entryState === undefined || reported !== null ? null : [entryState],
        waits: entryState === 'queued' && desk.canSend ? state === 'held' : null,
        reported,
        ticketId: ticketId ?? null,
        limit: limit + 1,
        before: readCursor(cursor, idKey),
      }
      return pageFrom(
        await listOutbox(db, page, principal),
        limit,
        (row) => row.id,
        (row) => present(desk, row, request),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/outbox/kept',
    access: 'outbox.read',
    summary: 'Mail that was due while nothing could carry it away, and could leave now',
    answer: keptMail,
    handler: async ({ db, principal }) => keptMails(db, await sendableOf(desk), principal),
  })
  route(app, desk, {
    method: 'POST',
    url: '/outbox/kept',
    access: 'outbox.retry',
    summary: 'Lets kept mail leave, or discards it: all that could leave now, or the mails that are named',
    body: keptVerdict,
    answer: keptDecided,
    status: 200,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const which = { ids: body.ids ?? null, mailboxIds: await sendableOf(desk), reader: principal }
      const count = await decideKept(db, body.do, which, at)
      await audit(db, principal, at, {
        action: body.do === 'send' ? 'kept_mail_sent' : 'kept_mail_discarded',
        thing: { type: 'outbox', id: null, name: null },
        changes: [{ field: 'mails', from: null, to: count }],
      })
      tell(db, { lane: 'outbox' })
      tell(db, { changed: 'outbox', id: null })
      tell(db, { changed: 'alerts', id: null })
      return { count }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/outbox/:id',
    access: 'outbox.read',
    summary: 'One mail as it leaves',
    params: idParams,
    answer: outboxMail,
    handler: async ({ db, params, principal, request }) => {
      const entry = (await findOutboxFor(db, params.id, principal)) ?? decline('not-found')
      const parsed = await parse((await composeEntry(desk, entry, 'desk').catch(declineUnsendable)).raw)
      if (!parsed.ok) throw new Error(`Bug: our own mail cannot be read: ${parsed.detail}`)
      const { mail } = parsed
      const headers = [...mail.headers].flatMap(([name, values]) => values.map((value) => ({ name, value })))
      return {
        ...present(desk, entry, request),
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
    handler: async ({ db, params, principal, request }) => {
      if ((await findOutboxFor(db, params.id, principal)) === null) return decline('not-found')
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
      return present(desk, entry, request)
    },
  })
}

/** The mailboxes whose mail something carries away. */
export async function sendableOf(desk: Desk): Promise<readonly number[] | 'all'> {
  if (desk.canSend) return 'all'
  return (await desk.setup.now()).mailboxes.filter(({ hasSmtp }) => hasSmtp).map(({ id }) => id)
}

/** A mail whose message was removed since, or that has no mailbox any more, is no fault of the server. */
function declineUnsendable(error: unknown): never {
  if (error instanceof Fault && error.code === UNSENDABLE)
    return decline('refused', `There is no such mail any more: ${error.message}.`, { refusal: 'unsendable' })
  throw error
}

/** What a mail is, in German and in English. */
const subjects = {
  reply: ['Antwort', 'Reply'],
  acknowledgement: ['Eingangsbestätigung', 'Acknowledgement'],
  resolved: ['Nachricht, dass es gelöst ist', 'Word that it is resolved'],
  notification: ['Benachrichtigung', 'Notification'],
  alert: ['Nachricht an einen Agenten', 'Word to an agent'],
  sign_in: ['Ein Weg ins Portal', 'A way into the portal'],
  confirm: ['Ob eine Adresse in einem Chat stimmt', 'Whether an address in a chat is theirs'],
  survey: ['Umfrage', 'Survey'],
  report: ['Bericht', 'Report'],
} as const

function present(desk: Desk, entry: OutboxEntry, asking: FastifyRequest): z.input<typeof outboxEntry> {
  const [german, english] = subjects[entry.kind]
  const state = entry.reported ?? stateOf(desk, entry)
  return {
    id: entry.id,
    kind: 'email',
    state,
    ticketId: entry.ticketId,
    messageId: entry.messageId,
    to: [...entry.recipients.to],
    subject: readsGerman(asking) ? german : english,
    createdAt: entry.createdAt,
    sendAt: entry.sendAt,
    sentAt: entry.state === 'sent' ? entry.settledAt : null,
    attempts: entry.attempts,
    nextAttemptAt: entry.state === 'queued' && entry.attempts > 0 ? entry.sendAt : null,
    detail: entry.report ?? entry.response,
  }
}
