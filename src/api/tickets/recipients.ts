// Whom a reply reaches, before it is written: what the composer shows.
import type { FastifyInstance } from 'fastify'
import { replyRecipients } from '#api/contract/messages.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { recipientsNow } from '#desk/outbound/reply-recipients.ts'
import { addressesOf } from '#people/address-store.ts'

export function recipientRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/recipients',
    access: 'ticket.reply',
    summary: 'Where a reply goes unless said otherwise',
    params: ticketParams,
    answer: replyRecipients,
    handler: async ({ db, params, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.reply')
      const { to, cc } = await recipientsNow(db, ticket)
      const addresses = (await addressesOf(db, [ticket.requesterId])).get(ticket.requesterId) ?? []
      return {
        to: to[0]?.email ?? null,
        addresses: [...addresses],
        cc: cc.map(({ email }) => email),
      }
    },
  })
}
