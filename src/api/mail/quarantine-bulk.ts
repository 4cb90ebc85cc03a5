// Many held mails at once, each in a transaction of its own, and how often each reason to hold was right.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { quarantineBulk, quarantineBulkDone, quarantineRates } from '#api/contract/mail.ts'
import { route } from '#api/route.ts'
import { byOf } from '#desk/update.ts'
import { findHeld, holdRates, finishHeld, type Held } from '#channels/quarantine-store.ts'
import { putSenderRule } from '#channels/sender-store.ts'
import type { Desk } from '#desk/desk.ts'
import { recoverMail } from '#desk/inbound/recover.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { findTicket } from '#tickets/ticket-store.ts'

const DAY_SECONDS = 86_400

export function quarantineBulkRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/quarantine/rates',
    access: 'quarantine.read',
    summary: 'Of what was held for each reason, how much a person let in',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    answer: quarantineRates,
    handler: async ({ db, query, principal }) => {
      const since = plus(desk.clock.now(), -query.days * DAY_SECONDS)
      const rows = await holdRates(db, since, principal)
      return { since, reasons: rows.map((row) => ({ ...row, rate: row.recovered / row.held })) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/quarantine/bulk',
    access: 'quarantine.decide',
    summary: 'Recovers or discards up to 500 held mails',
    body: quarantineBulk,
    answer: quarantineBulkDone,
    status: 200,
    handler: async ({ body, principal }) => {
      const failed: { id: number; detail: string }[] = []
      for (const id of new Set(body.ids)) {
        const detail = await finishOne(desk, id, body, principal)
        if (detail !== null) failed.push({ id, detail })
      }
      return { done: new Set(body.ids).size - failed.length, failed }
    },
  })
}

/** Null when it is done, else why not; what failed stays held. */
async function finishOne(
  desk: Desk,
  id: number,
  { action, allowSender: allow }: z.output<typeof quarantineBulk>,
  principal: Principal,
): Promise<string | null> {
  const at = desk.clock.now()
  const thing = (held: Held) => ({ type: 'quarantine', id: held.id, name: held.subject })
  return desk.database
    .transaction(async (tx) => {
      const held = await findHeld(tx, id, principal, true)
      if (held === null) return 'It was decided already.'
      if (action === 'recover') {
        // A stranger does not join a conversation by the dozen: that takes a look at the one mail.
        const joins = held.ticketId !== null && held.reasons[0] !== 'unknown_author_update'
        const target = !joins ? null : ((await findTicket(tx, held.ticketId ?? 0))?.ticket ?? null)
        if (target !== null && !can(principal, 'ticket.update', target))
          return 'Its ticket is not in your sight.'
        const outcome = await recoverMail(desk, tx, held, target, byOf(principal))
        if ('failed' in outcome) return outcome.failed
        if (allow === true) await allowSender(tx, held, at, principal.agentId)
      }
      await finishHeld(tx, held.id, action === 'recover' ? 'recovered' : 'discarded', principal.agentId, at)
      await audit(tx, principal, at, {
        action: action === 'recover' ? 'mail_recovered' : 'mail_discarded',
        thing: thing(held),
      })
      return null
    })
    .catch((error: unknown) => {
      desk.log.error({ err: error, quarantineId: id }, 'A held mail could not be settled')
      return 'Something failed here; it is still held.'
    })
}

/** "Always let this sender through". */
export async function allowSender(db: Db, { sender }: Held, at: Instant, by: PersonId): Promise<void> {
  const pattern = sender?.toLowerCase() ?? ''
  if (/^[^\s@]+@[^\s@]+$/.test(pattern)) await putSenderRule(db, { pattern, verdict: 'allow' }, at, by)
}
