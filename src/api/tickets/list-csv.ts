// A list of tickets as a file for spreadsheets, in the order of the list.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { csvLine } from '#kit/csv.ts'
import { ticketSort } from '#api/contract/tickets.ts'
import { listingOf } from '#api/tickets/listing.ts'
import { presentTickets, type WireTicket } from '#api/tickets/present-ticket.ts'
import type { Desk } from '#desk/desk.ts'
import type { Principal } from '#people/can.ts'
import { listTicketIds } from '#rules/list-store.ts'

/** As many rows as one file has. */
const MOST_ROWS = 10_000
const AT_ONCE = 500
/** By it spreadsheets know that the file is UTF-8. */
const MARK = '\u{feff}'

const csvQuery = z.strictObject({ q: z.string().max(2_000).default(''), sort: ticketSort.optional() })

const columns: Readonly<Record<string, (ticket: WireTicket) => string | number | null | undefined>> = {
  id: ({ id }) => id,
  subject: ({ subject }) => subject,
  status: ({ status }) => status,
  priority: ({ priority }) => priority,
  requester: ({ requester }) => requester.name,
  email: ({ requester }) => requester.email,
  assignee: ({ assignee }) => assignee?.name,
  team: ({ team }) => team?.name,
  category: ({ category }) => category,
  tags: ({ tags }) => tags.join(' '),
  channel: ({ channel }) => channel,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  resolvedAt: ({ resolvedAt }) => resolvedAt,
  dueAt: ({ clocks }) =>
    clocks
      .flatMap(({ state, dueAt }) => (state === 'running' && dueAt !== null ? [dueAt] : []))
      .toSorted()
      .at(0),
}

export function listCsvRoute(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/tickets/list.csv',
    {
      config: { access: 'ticket.read' },
      schema: {
        summary:
          'The first 10,000 tickets that match a query as CSV, moments in UTC, one column for each field',
        tags: ['tickets'],
        querystring: csvQuery,
      },
    },
    async (request, reply) => {
      const { q, sort: given } = request.query as z.output<typeof csvQuery>
      const principal = request.principal as Principal
      const { listing, sort } = await listingOf(desk, principal, q, given)
      const found = await listTicketIds(desk.database, listing, { sort, limit: MOST_ROWS, after: null })
      const { fields } = await desk.setup.now()
      const own = fields.filter(({ archived, personal }) => !archived && !personal)
      const lines = [csvLine([...Object.keys(columns), ...own.map(({ label }) => label)])]
      for (let from = 0; from < found.length; from += AT_ONCE) {
        const ids = found.slice(from, from + AT_ONCE).map(({ id }) => id as number)
        for (const ticket of await presentTickets(desk, desk.database, ids, principal))
          lines.push(lineOf(ticket, own))
      }
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="tickets.csv"')
        .header('cache-control', 'private, no-store')
        .send(`${MARK}${lines.join('')}`)
    },
  )
}

function lineOf(ticket: WireTicket, own: readonly { readonly key: string }[]): string {
  const values = own.map(({ key }) => {
    const value = ticket.fields[key] ?? null
    return Array.isArray(value) ? value.join(', ') : value
  })
  return csvLine([...Object.values(columns).map((column) => column(ticket)), ...values])
}
