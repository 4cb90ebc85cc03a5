// Every mail that came in and what became of it, and how one was understood: parse, identity, thread, judge, quote.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  arrivedMail,
  arrivedMailQuery,
  listedMail,
  listedMailPage,
  understoodMail,
} from '#api/contract/safety.ts'
import { idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { rawBodies } from '#api/http/raw-body.ts'
import { route } from '#api/route.ts'
import { findArrived, findRawMail, listArrived, type Arrived } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { explainMail, type MailExplained } from '#desk/inbound/explain-mail.ts'
import type { Party } from '#mail/mail.ts'
import { parse } from '#mail/parse.ts'
import { createParser } from '#mail/parser.ts'

const MOST_BYTES = 50_000_000
/** It asks around in the network, and the mail that comes in does not wait for that. */
const explaining = rawBodies()
type Wire = z.input<typeof understoodMail>

export function mailRoutes(app: FastifyInstance, desk: Desk): void {
  const parser = createParser({ threads: 1 })
  app.addHook('onClose', () => parser.close())
  route(app, desk, {
    method: 'GET',
    url: '/mails',
    access: 'mails.read',
    summary: 'Every mail that came in, newest first, and what became of it',
    query: arrivedMailQuery,
    answer: listedMailPage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listArrived(db, { limit: limit + 1, before: readCursor(cursor, idKey) })
      const page = pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => row,
      )
      return { ...page, items: await Promise.all(page.items.map(listed)) }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/mails/:id',
    access: 'mails.read',
    summary: 'How a mail was understood, step by step',
    params: idParams,
    answer: understoodMail,
    handler: async ({ db, params }) => {
      const arrived = (await findArrived(db, params.id)) ?? decline('not-found')
      const raw = (await findRawMail(db, desk.blobs, params.id)) ?? decline('not-found')
      const explained = await explainMail(desk, db, raw, await parser.parse(raw.bytes), arrived.auth)
      return { ...present(arrived), envelope: envelopeOf(raw.envelope), ...steps(explained) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/mails/explain',
    access: 'mails.read',
    summary: 'How a raw mail would be understood; nothing is kept',
    isReading: true,
    bodyLimit: MOST_BYTES,
    answer: understoodMail,
    status: 200,
    rateLimit: { max: 60, timeWindow: '1 minute' },
    handler: ({ request }) =>
      explaining(request, async (bytes) => {
        if (bytes.length === 0)
          decline('bad-input', 'Send the raw mail as the body, with Content-Type: message/rfc822.')
        const envelope = { from: null, to: [], remoteAddress: null }
        const raw = { bytes, envelope, history: null }
        const explained = await explainMail(desk, desk.database, raw, await parser.parse(bytes), null)
        const outcome = { what: 'waiting' as const, ticketId: null, reason: null }
        const arrived = {
          id: 1,
          receivedAt: desk.clock.now(),
          source: 'explain',
          mailbox: null,
          size: bytes.length,
          outcome,
        }
        return { ...arrived, envelope: envelopeOf(envelope), ...steps(explained) }
      }),
  })
}

function present({ id, receivedAt, source, mailbox, size, outcome }: Arrived): z.input<typeof arrivedMail> {
  return { id, receivedAt, source, mailbox, size, outcome: outcomeOf(outcome) }
}

/** With who wrote it about what, by its headers alone: a few bytes, which need no thread of their own. */
async function listed(row: Arrived & { head: Buffer }): Promise<z.input<typeof listedMail>> {
  const end = /\r?\n\r?\n/.exec(row.head.toString('latin1'))
  const parsed = await parse(end === null ? row.head : row.head.subarray(0, end.index + 4))
  const mail = parsed.ok ? parsed.mail : null
  const from = mail?.from == null ? null : named(mail.from)
  return { ...present(row), from, subject: mail?.subject ?? '' }
}

function outcomeOf(outcome: Arrived['outcome']): z.input<typeof arrivedMail>['outcome'] {
  const of = (what: 'opened' | 'joined' | 'delivery', ticketId: number) => ({ what, ticketId, reason: null })
  if (outcome === null) return { what: 'waiting', ticketId: null, reason: null }
  if (outcome.opened !== undefined) return of('opened', outcome.opened)
  if (outcome.joined !== undefined) return of('joined', outcome.joined)
  if (outcome.delivery !== undefined) return of('delivery', outcome.delivery)
  if (outcome.tested !== undefined) return { what: 'tested', ticketId: null, reason: null }
  return { what: 'held', ticketId: null, reason: outcome.held ?? null }
}

function envelopeOf({
  from,
  to,
  remoteAddress,
}: {
  from: string | null
  to: readonly string[]
  remoteAddress: string | null
}) {
  return { from, to: [...to], remoteAddress }
}

const named = ({ name, email }: Party) => ({ name, email })

function steps({
  parsed,
  found,
  role,
  hold,
  quote,
}: MailExplained): Pick<Wire, 'parse' | 'identity' | 'thread' | 'judge' | 'quote' | 'failure'> {
  if (!parsed.ok || found === null || quote === null) {
    const failure = parsed.ok ? null : `${parsed.reason}: ${parsed.detail}`
    return { parse: null, identity: null, thread: null, judge: null, quote: null, failure }
  }
  const { mail } = parsed
  const { visibleText, quotedText, signature, originalSender } = quote
  return {
    parse: {
      from: mail.from === null ? null : named(mail.from),
      to: mail.to.map(named),
      cc: mail.cc.map(named),
      subject: mail.subject,
      messageId: mail.messageId,
      inReplyTo: mail.inReplyTo,
      references: [...mail.references],
      date: mail.date,
      attachments: mail.attachments.map(({ name, type, bytes, inline }) => ({
        name,
        type,
        size: bytes.length,
        inline,
      })),
      headers: [...mail.headers].flatMap(([name, values]) => values.map((value) => ({ name, value }))),
      problems: [...mail.problems],
    },
    identity: { author: found.author, check: found.check, authentication: found.auth, listed: found.listed },
    thread: {
      ticketId: found.agentToken?.ticketId ?? found.reference?.ticketId ?? null,
      by: found.agentToken === null ? (found.reference?.by ?? null) : 'agent_token',
      subjectNumber: found.subjectNumber,
      role,
    },
    judge: {
      kind: found.judgement.kind,
      mayAutoReply: found.judgement.mayAutoReply,
      reason: found.judgement.reason,
      score: found.score,
      points: [...found.points],
      hold,
    },
    quote: { visibleText, quotedText, signature, originalSender },
    failure: null,
  }
}
