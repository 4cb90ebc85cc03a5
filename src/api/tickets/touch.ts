// For how long the caller had a ticket before them: told in small sums by the app, and back to whoever spent it. Nothing is kept on a
// desk that does not ask for it.
import type { FastifyInstance } from 'fastify'
import { newTouch, touch } from '#api/contract/touch.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { addTouch, touchOf } from '#tickets/touch-store.ts'

export function touchRoutes(app: FastifyInstance, desk: Desk): void {
  const isCounted = async () => (await desk.setup.now()).desk.touchTime
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/touch',
    access: 'ticket.note',
    summary: 'For how long the caller had a ticket before them; null on a desk that does not count that',
    params: ticketParams,
    answer: touch,
    handler: async ({ db, params, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.note')
      return { seconds: (await isCounted()) ? await touchOf(db, ticket.id, principal.agentId) : null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/touch',
    access: 'ticket.note',
    summary:
      'Adds seconds in which the caller had a ticket before them; nothing is kept on a desk that does not count that',
    params: ticketParams,
    body: newTouch,
    answer: touch,
    status: 200,
    handler: async ({ db, params, body: { seconds }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.note')
      if (!(await isCounted())) return { seconds: null }
      const at = desk.clock.now()
      return { seconds: await addTouch(db, { ticketId: ticket.id, agentId: principal.agentId, seconds, at }) }
    },
  })
}
