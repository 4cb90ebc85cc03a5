// Tools that read tickets and views: what is there, what was said, what happened.
import { z } from 'zod'
import { messagePage } from '#api/contract/messages.ts'
import { id, pageOf, pageQuery } from '#api/contract/shapes.ts'
import {
  eventPage,
  ignoredTerm,
  ticket,
  ticketPage,
  ticketSort,
  type TicketEvent,
} from '#api/contract/tickets.ts'
import { savedView, savedViewPage } from '#api/contract/views.ts'
import { showMessage, shownMessage, shownTicket, showTicket } from '#programs/shown-ticket.ts'
import { moment, tool } from '#programs/tool.ts'

const limit = z.number().int().min(1).max(50).default(20)
/** The input of tools that list. */
export const page = { limit, cursor: pageQuery.shape.cursor.describe('The nextCursor of the page before') }

/** How far back get_ticket tells what happened. */
const NEWEST_EVENTS = 50

const searchTickets = tool({
  name: 'search_tickets',
  title: 'Search tickets',
  about:
    'Finds tickets by words and terms, such as `status:open priority:urgent refund` or `assignee:me`. `ignored` names terms that were not understood, with what they could mean. Of the newest message it shows the start; get_ticket has the whole.',
  scopes: ['tickets:read'],
  effect: 'reads',
  input: z.strictObject({
    query: z.string().max(2_000).default('').describe('Empty for all tickets'),
    sort: ticketSort.optional(),
    ...page,
  }),
  output: pageOf(shownTicket).extend({ ignored: z.array(ignoredTerm) }),
  run: async (api, { query, ...rest }) => {
    const { items, ...found } = await api.get('/tickets', ticketPage, { q: query, ...rest })
    return { ...found, items: items.map(showTicket) }
  },
})

const shownEvent = z.object({
  seq: z.number().int(),
  at: moment,
  by: z.string(),
  kind: z.string(),
  /** The event that led to it. */
  because: z.string().nullable(),
})

const getTicket = tool({
  name: 'get_ticket',
  title: 'Read a ticket',
  about:
    'One ticket with its clocks, its newest messages in the order they were written (nextCursor leads to earlier ones), and what happened to it of late.',
  scopes: ['tickets:read'],
  effect: 'reads',
  input: z.strictObject({ ticketId: id, ...page }),
  output: z.object({ ticket: shownTicket, messages: pageOf(shownMessage), events: z.array(shownEvent) }),
  run: async (api, { ticketId, limit: most, cursor = 'end' }) => {
    const found = await api.get(`/tickets/${ticketId}`, ticket)
    const after = Math.max(0, found.seq - NEWEST_EVENTS)
    const [messages, events] = await Promise.all([
      api.get(`/tickets/${ticketId}/messages`, messagePage, { before: cursor, limit: most }),
      api.get(`/tickets/${ticketId}/events`, eventPage, { after, limit: NEWEST_EVENTS }),
    ])
    const first = messages.items[0]
    return {
      ticket: showTicket(found),
      messages: {
        items: messages.items.map(showMessage),
        nextCursor: messages.earlier > 0 && first !== undefined ? String(first.id) : null,
      },
      events: events.items.map(showEvent),
    }
  },
})

function showEvent({ seq, at, actor, kind, cause }: TicketEvent): z.output<typeof shownEvent> {
  const because = cause === null ? null : `${cause.kind} (ticket ${cause.ticketId}, event ${cause.seq})`
  // Customers name themselves; whoever else acts is named by the desk.
  const isOurs = actor.type !== 'requester' && actor.type !== 'participant' && actor.name !== null
  return { seq, at, kind, because, by: isOurs ? `${actor.type} ${actor.name}` : actor.type }
}

const listViews = tool({
  name: 'list_views',
  title: 'List views',
  about: "The saved searches that the token's agent has. The query of one is what search_tickets takes.",
  scopes: ['desk:read'],
  effect: 'reads',
  input: z.strictObject({}),
  output: pageOf(savedView.pick({ id: true, name: true, scope: true, query: true, sort: true })),
  run: async (api) => api.get('/views', savedViewPage),
})

export const readingTools = [searchTickets, getTicket, listViews]
