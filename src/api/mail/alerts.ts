// What somebody must hear of about mail: replies that did not arrive, mailboxes that fail, automatic mail that was stopped.
import { keptMails } from '#channels/outbox-store.ts'
import { sendableOf } from '#api/mail/outbox.ts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { alerts, mailBrakeQuery, mailBrakes, type Alert } from '#api/contract/alerts.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import { markSeen, undeliveredOf } from '#channels/alert-store.ts'
import { brakesOn, endBrake } from '#channels/brake-store.ts'
import { failingMailboxes } from '#channels/fetch-store.ts'
import { archivedFeeds } from '#desk/archived-feeds.ts'
import type { Desk } from '#desk/desk.ts'
import { surprisesFor } from '#desk/past/first-days.ts'
import { endingCertificates } from '#people/provider-store.ts'
import { backupHealth } from '#setup/backup-plan-store.ts'
import { audit } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const SHOWN = 20

export function alertRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/alerts',
    access: 'ticket.read',
    summary: 'Replies of the caller that did not arrive, and mailboxes that fail',
    answer: alerts,
    handler: async ({ db, principal }) => {
      const failing = can(principal, 'mailboxes.read') ? await failingMailboxes(db, desk.clock.now()) : []
      const kept = can(principal, 'outbox.retry')
        ? await keptMails(db, await sendableOf(desk), principal)
        : { count: 0, since: null }
      const lost = await undeliveredOf(db, principal, SHOWN)
      const surprising = can(principal, 'rules.read') ? await surprisesFor(desk, db, principal.agentId) : []
      return {
        items: [
          ...(await wayOutAlerts(desk, principal)),
          ...(kept.since === null
            ? []
            : [
                {
                  kind: 'kept' as const,
                  id: null,
                  ticketId: null,
                  mailboxId: null,
                  ruleId: null,
                  address: String(kept.count),
                  detail: '',
                  at: kept.since,
                },
              ]),
          ...failing.map(({ mailboxId, address, since, failure }) => ({
            kind: 'mailbox' as const,
            id: null,
            ticketId: null,
            mailboxId,
            ruleId: null,
            address,
            detail: failure,
            at: since,
          })),
          ...(await feedAlerts(desk, db, principal)),
          ...(await certificateAlerts(desk, db, principal)),
          ...(await backupAlerts(desk, db, principal)),
          ...lost.map(({ recipient, ...rest }) => ({
            kind: 'undelivered' as const,
            mailboxId: null,
            ruleId: null,
            address: recipient,
            ...rest,
          })),
          ...surprising.map(({ ruleId, what, title, day, count, low, high }) => ({
            kind: what === 'fired' ? ('foretold' as const) : ('foretold_mails' as const),
            id: null,
            ticketId: null,
            mailboxId: null,
            ruleId,
            address: title,
            detail: `${day}: ${count}, ${low}–${high}`,
            at: desk.clock.now(),
          })),
        ],
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/alerts/:id/seen',
    access: 'ticket.read',
    summary: 'Marks an alert of the caller as seen',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      if (!(await markSeen(db, principal.agentId, params.id, desk.clock.now()))) return decline('not-found')
      tell(db, { changed: 'alerts', id: null })
      return null
    },
  })
  brakeRoutes(app, desk)
}

function brakeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/mail-brakes',
    access: 'ticket.read',
    summary: 'Where automatic mail was stopped; without a ticket, for those who see the outbox',
    query: mailBrakeQuery,
    answer: mailBrakes,
    handler: async ({ db, query: { ticketId }, principal }) => {
      const at = desk.clock.now()
      if (ticketId === undefined) {
        if (!can(principal, 'outbox.read')) return decline('forbidden')
        return { items: await brakesOn(db, { at, limit: 200, ticket: null }, principal) }
      }
      const { ticket } = await ticketFor(db, ticketId, principal, 'ticket.read')
      const copied = ticket.participants.filter(({ role }) => role === 'cc').map(({ personId }) => personId)
      const about = { id: ticket.id, personIds: [ticket.requesterId, ...copied] }
      return { items: await brakesOn(db, { at, limit: 50, ticket: about }, principal) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/mail-brakes/:id/end',
    access: 'outbox.retry',
    summary: 'Lets automatic mail go on',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const at = desk.clock.now()
      const brake = await endBrake(db, params.id, at, principal)
      if (brake === null) return decline('not-found')
      const name = brake.email ?? `ticket ${brake.ticketId}`
      await audit(db, principal, at, {
        action: 'mail_brake_ended',
        thing: { type: 'mail_brake', id: brake.id, name },
      })
      tell(db, { changed: 'alerts', id: null })
      return null
    },
  })
}

/** Mail that nothing carries away: told to everybody when it is all mail, else to those who see mailboxes. */
async function wayOutAlerts(desk: Desk, principal: Principal): Promise<Alert[]> {
  const sendable = await sendableOf(desk)
  if (sendable === 'all') return []
  const { mailboxes } = await desk.setup.now()
  // One that is only being set up, or rests, carries nothing for the others and warns of nothing by itself.
  const working = mailboxes.filter(({ paused }) => !paused)
  const mute = working.filter(({ id }) => !sendable.includes(id))
  const isAll = mute.length === working.length
  const [first] = mute
  if (first === undefined || !(isAll || can(principal, 'mailboxes.read'))) return []
  return [
    {
      kind: 'no_way_out',
      id: null,
      ticketId: null,
      mailboxId: can(principal, 'mailboxes.read') ? first.id : null,
      ruleId: null,
      address: isAll ? '' : mute.map(({ address }) => address).join(', '),
      detail: '',
      at: desk.clock.now(),
    },
  ]
}

/** What still feeds a team that was put away, for those who set teams up. */
async function feedAlerts(desk: Desk, db: Db, principal: Principal): Promise<Alert[]> {
  const feeds = can(principal, 'teams.write') ? await archivedFeeds(desk, db) : []
  return feeds.map(({ feeder, id, title, team }) => ({
    kind: 'archived_team',
    id: null,
    ticketId: null,
    mailboxId: feeder === 'mailbox' ? id : null,
    ruleId: feeder === 'rule' ? id : null,
    feeder,
    address: title,
    detail: team,
    at: desk.clock.now(),
  }))
}

/** Backups that fail, or of which there was no good one for a week, for those who can mend it. */
async function backupAlerts(desk: Desk, db: Db, principal: Principal): Promise<Alert[]> {
  if (!can(principal, 'backups.write')) return []
  const at = desk.clock.now()
  const { failedAt, isLate, place } = await backupHealth(db, at)
  if (failedAt === null && !isLate) return []
  return [
    {
      kind: failedAt === null ? 'backup_late' : 'backup_failed',
      id: null,
      ticketId: null,
      mailboxId: null,
      ruleId: null,
      address: place,
      detail: '',
      at: failedAt ?? at,
    },
  ]
}

/** Providers of identity by whom nobody comes in soon, for those who can give them another certificate. */
async function certificateAlerts(desk: Desk, db: Db, principal: Principal): Promise<Alert[]> {
  if (!can(principal, 'sign_in.write')) return []
  return (await endingCertificates(db, desk.clock.now())).map(({ id: providerId, name, endsAt }) => ({
    kind: 'certificate',
    id: null,
    ticketId: null,
    mailboxId: null,
    ruleId: null,
    providerId,
    address: name,
    detail: '',
    at: endsAt,
  }))
}
