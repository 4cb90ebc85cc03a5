// The clocks of a ticket, explained: each span, what it counted and why; folded anew from the log as of now.
import type { FastifyInstance } from 'fastify'
import { explainedClocks } from '#api/contract/sla.ts'
import { explainClock } from '#api/sla/present-clocks.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { belongingOf } from '#desk/sla/clocks.ts'
import type { Desk } from '#desk/desk.ts'
import { printQuery } from '#rules/query-print.ts'
import { listCalendars } from '#sla/agreement-store.ts'
import { judge } from '#sla/judge.ts'
import { eventsAfter } from '#tickets/ticket-store.ts'

export function clockRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/clocks',
    access: 'ticket.read',
    summary: 'The clocks of a ticket with every span and why it counted or not',
    params: ticketParams,
    answer: explainedClocks,
    handler: async ({ db, params, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      const { sla, directory } = await desk.setup.now()
      const { clocks } = judge(
        await eventsAfter(db, ticket.id, 0, null),
        belongingOf(ticket),
        sla,
        desk.clock.now(),
      )
      const names = new Map((await listCalendars(db)).map(({ id, name }) => [String(id), name]))
      const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
      const current = new Map(clocks.map(({ kind, policy }) => [kind, policy.id]))
      const passedOver = sla.live.flatMap(({ id, kind, title, filter }) => {
        const place = sla.live.findIndex((each) => each.id === current.get(kind))
        const isBefore = place === -1 || sla.live.findIndex((each) => each.id === id) < place
        return isBefore && current.get(kind) !== id
          ? [{ kind, title, q: printQuery(filter, directory) ?? '' }]
          : []
      })
      return { items: clocks.map((clock) => explainClock(clock, nameOf)), passedOver }
    },
  })
}
