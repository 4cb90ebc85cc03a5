// Held mail: why it is held, what it says, and the way out: recover it into a ticket, or discard it.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  quarantinedMail,
  quarantinePage,
  quarantineQuery,
  recover,
  recovered,
  verdict,
  type Quarantined,
} from '#api/contract/mail.ts'
import { idParams } from '#api/contract/shapes.ts'
import { allowSender, quarantineBulkRoutes } from '#api/mail/quarantine-bulk.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import { byOf } from '#desk/update.ts'
import { findHeld, listHeld, finishHeld, type Held } from '#channels/quarantine-store.ts'
import { findRawMail } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { recoverMail } from '#desk/inbound/recover.ts'
import { mendedAddress } from '#mail/address.ts'
import { overLimit } from '#mail/limits.ts'
import type { Mail } from '#mail/mail.ts'
import { parse } from '#mail/parse.ts'
import { candidates } from '#mail/sender.ts'
import { audit } from '#people/audit-store.ts'

export function quarantineRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/quarantine',
    access: 'quarantine.read',
    summary: 'Held mail, newest first',
    query: quarantineQuery,
    answer: quarantinePage,
    handler: async ({ db, query: { reason, q, limit, cursor }, principal }) => {
      const page = { reason: reason ?? null, q: q ?? '', limit: limit + 1, before: readCursor(cursor, idKey) }
      return pageFrom(await listHeld(db, page, principal), limit, (row) => row.id, present)
    },
  })
  quarantineBulkRoutes(app, desk)
  route(app, desk, {
    method: 'GET',
    url: '/quarantine/:id',
    access: 'quarantine.read',
    summary: 'One held mail',
    params: idParams,
    answer: quarantinedMail,
    handler: async ({ db, params, principal }) => {
      const held = (await findHeld(db, params.id, principal)) ?? decline('not-found')
      const raw = (await findRawMail(db, desk.blobs, held.rawMailId)) ?? decline('not-found')
      const parsed =
        overLimit(raw.bytes) === null && raw.bytes.length < 1_000_000 ? await parse(raw.bytes) : null
      const mail = parsed?.ok === true ? parsed.mail : null
      return {
        ...present(held),
        senders: isNamed(mail, held) ? null : sendersOf(mail, raw.envelope.from),
        text: mail?.text ?? raw.bytes.subarray(0, 20_000).toString('latin1').replaceAll('\0', ''),
        headers: [...(mail?.headers ?? [])].flatMap(([name, values]) =>
          values.map((value) => ({ name, value })),
        ),
        attachments: (mail?.attachments ?? []).map(({ name, type, bytes }) => ({
          name,
          type,
          size: bytes.length,
        })),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/quarantine/:id/recover',
    access: 'quarantine.decide',
    summary: 'Opens a ticket of a held mail, or adds it to one',
    params: idParams,
    body: recover,
    answer: recovered,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const held =
        (await findHeld(db, params.id, principal, true)) ?? decline('not-found', 'It was decided already.')
      const target =
        body.ticketId === undefined
          ? null
          : (await ticketFor(db, body.ticketId, principal, 'ticket.update')).ticket
      const sender = body.sender === undefined ? null : mendedAddress(body.sender)
      if (sender === null && body.sender !== undefined)
        return decline('refused', `${body.sender} is no address that could be answered.`)
      const outcome = await recoverMail(desk, db, held, target, byOf(principal), sender)
      if ('failed' in outcome) return decline('refused', outcome.failed)
      await finishHeld(db, held.id, 'recovered', principal.agentId, at)
      if (body.allowSender === true) await allowSender(db, held, at, principal.agentId)
      await audit(db, principal, at, {
        action: 'mail_recovered',
        thing: { type: 'quarantine', id: held.id, name: held.subject },
      })
      return { ticketId: outcome.ticketId }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/quarantine/:id/discard',
    access: 'quarantine.decide',
    summary: 'Discards a held mail',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const at = desk.clock.now()
      const held =
        (await findHeld(db, params.id, principal, true)) ?? decline('not-found', 'It was decided already.')
      await finishHeld(db, held.id, 'discarded', principal.agentId, at)
      await audit(db, principal, at, {
        action: 'mail_discarded',
        thing: { type: 'quarantine', id: held.id, name: held.subject },
      })
      return null
    },
  })
}

// Our own address is nobody's to be answered.
function isNamed(mail: Mail | null, held: Held): boolean {
  return mail?.from?.address != null && held.reasons[0] !== 'from_own_address'
}

function sendersOf(mail: Mail | null, envelopeFrom: string | null): { name: string; email: string }[] {
  const found = mail === null ? [] : candidates(mail, envelopeFrom)
  return found.map(({ name, email }) => ({ name, email }))
}

const verdicts = new Set(verdict.options as readonly string[])

function shown(result: string | undefined): Quarantined['spf'] {
  if (result === undefined) return 'unknown'
  return (verdicts.has(result) ? result : 'none') as Quarantined['spf']
}

function present(held: Held): Quarantined {
  const [first = 'unparseable', ...rest] = held.reasons
  const reasons = [
    { name: first, detail: held.detail === '' ? null : held.detail },
    ...rest.map((name) => ({ name, detail: null })),
  ]
  return {
    id: held.id,
    receivedAt: held.heldAt,
    from: held.sender === null ? null : { name: '', email: held.sender },
    to: [...held.recipients],
    subject: held.subject ?? '',
    snippet: held.snippet,
    reasons: reasons as Quarantined['reasons'],
    score: held.score,
    breakdown: [...held.breakdown],
    rawMailId: held.rawMailId,
    spf: shown(held.auth?.spf),
    dkim: shown(held.auth?.dkim),
    dmarc: shown(held.auth?.dmarc),
    ticketId: held.ticketId,
    size: held.size,
    expiresAt: held.expiresAt,
  }
}
