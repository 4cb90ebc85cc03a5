// Whole lists: their numbers at once, the next ticket of one for an agent who plays through it, and help with the search text.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  idsPage,
  idsQuery,
  lockAnswer,
  nextAnswer,
  nextTicket,
  spelling,
  spellingQuery,
  suggestions,
  suggestionsQuery,
} from '#api/contract/views.ts'
import { cursorAt, ignoredOf, listingOf, placeAfter } from '#api/tickets/listing.ts'
import { presentTickets } from '#api/tickets/present-ticket.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import type { Desk } from '#desk/desk.ts'
import { keptVocabulary, respelled } from '#desk/spelling.ts'
import { plus } from '#kit/time.ts'
import { countMatching, groupedTicketIds, listTicketIds, type Listing } from '#rules/list-store.ts'
import { completionsOf } from '#rules/query-complete.ts'
import { tokensOf } from '#rules/query-lex.ts'
import { hasText } from '#rules/query.ts'
import type { Db } from '#store/database.ts'
import { ticketVocabulary } from '#tickets/search-store.ts'
import { lock, lockedByOthers, lockFirst, unlock } from '#tickets/lock-store.ts'

/** As many numbers as one answer holds: 34 KB. */
const MOST_IDS = 5_000
/** Nobody reads so many hits of words. */
const MOST_HITS = 1_000
const SHOWN_AT_ONCE = 60
const TOTAL_CAP = 100_000
const LOCK_SECONDS = 120
/** So far down the list the next ticket is looked for. */
const LOOK_THROUGH = 300

type Row = { readonly id: number; readonly key: string | number; readonly label?: string | null }

export function listRoutes(app: FastifyInstance, desk: Desk): void {
  idsRoute(app, desk)
  playRoutes(app, desk)
  spellingRoute(app, desk)
  route(app, desk, {
    method: 'GET',
    url: '/search/suggestions',
    access: 'ticket.read',
    summary: 'What could come next in a search text at the cursor',
    query: suggestionsQuery,
    answer: suggestions,
    handler: async ({ query: { q, cursor } }) => {
      const { directory } = await desk.setup.now()
      return { items: completionsOf(q, cursor, directory).map((each) => ({ ...each })) }
    },
  })
}

function spellingRoute(app: FastifyInstance, desk: Desk): void {
  const vocabulary = keptVocabulary(desk, () => ticketVocabulary(desk.database))
  route(app, desk, {
    method: 'GET',
    url: '/search/spelling',
    access: 'ticket.read',
    asksMuch: true,
    summary: 'What was likely meant by a search text that finds nothing',
    query: spellingQuery,
    answer: spelling,
    handler: async ({ db, query: { q }, principal }) => {
      const known = await vocabulary()
      const meant = tokensOf(q).reduceRight((text, { kind, at, text: as }) => {
        const better = kind === 'word' ? respelled(as, known) : null
        return better === null ? text : `${text.slice(0, at)}${better}${text.slice(at + as.length)}`
      }, q)
      if (meant === q) return { q: null }
      // Words of tickets that the caller does not see are none of theirs.
      const { listing, sort } = await listingOf(desk, principal, meant)
      const found = await listTicketIds(db, listing, { sort, limit: 1, after: null })
      return { q: found.length > 0 ? meant : null }
    },
  })
}

function idsRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/ids',
    access: 'ticket.read',
    asksMuch: true,
    summary:
      'A whole list as numbers, 5,000 at a time (1,000 where words are looked for), with its first tickets',
    query: idsQuery,
    answer: idsPage,
    handler: async ({ db, query: { q, sort: given, group, cursor }, principal }) => {
      const { listing, sort, ignored } = await listingOf(desk, principal, q, given)
      const most = hasText(listing.cond) ? MOST_HITS : MOST_IDS
      const limit = most + 1
      const found: Row[] =
        group === undefined
          ? await listTicketIds(db, listing, { sort, limit, after: placeAfter(cursor) })
          : await groupedTicketIds(db, listing, { sort, group, limit })
      const shown = found.slice(0, most)
      const ids = shown.map(({ id }) => id)
      const last = shown.at(-1)
      const isCut = found.length > most
      const isWhole = cursor === undefined && !isCut
      return {
        ids,
        items: await presentTickets(desk, db, ids.slice(0, SHOWN_AT_ONCE), principal),
        total: isWhole ? { count: ids.length, capped: false } : await totalOf(db, listing),
        nextCursor: isCut && group === undefined && last !== undefined ? cursorAt(last) : null,
        ignored: ignoredOf(ignored),
        groups: group === undefined ? [] : groupsOf(shown),
      }
    },
  })
}

/** Of hits of words there are as many as were listed, or more: to count those of a common word is to read them all. */
async function totalOf(db: Db, listing: Listing): Promise<{ count: number; capped: boolean }> {
  if (hasText(listing.cond)) return { count: MOST_HITS, capped: true }
  const count = await countMatching(db, listing, TOTAL_CAP)
  return { count, capped: count >= TOTAL_CAP }
}

function groupsOf(rows: readonly Row[]) {
  return rows.flatMap(({ key, label = null }, at) =>
    key === rows[at - 1]?.key ? [] : [{ key: String(key), label, at }],
  )
}

function playRoutes(app: FastifyInstance, desk: Desk): void {
  const span = () => ({ now: desk.clock.now(), until: plus(desk.clock.now(), LOCK_SECONDS) })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/next',
    access: 'ticket.update',
    summary: 'The next ticket of a list that nobody else has in hand, locked for the caller for two minutes',
    body: nextTicket,
    answer: nextAnswer,
    status: 200,
    handler: async ({ db, body: { q, sort: given, skip }, principal }) => {
      const { listing, sort } = await listingOf(desk, principal, q, given)
      const found = await listTicketIds(db, listing, { sort, limit: LOOK_THROUGH + skip.length, after: null })
      const ids = found.map(({ id }) => id as number).filter((id) => !skip.includes(id))
      const { now, until } = span()
      const held = await lockedByOthers(db, ids, principal.agentId, now)
      const free = ids.filter((id) => !held.has(id))
      const id = await lockFirst(db, free, principal.agentId, { now, until })
      const [ticket = null] = id === null ? [] : await presentTickets(desk, db, [id], principal)
      return { ticket, lockedUntil: ticket === null ? null : until }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/lock',
    access: 'ticket.update',
    summary: 'Keeps a ticket in hand for two more minutes',
    params: ticketParams,
    answer: lockAnswer,
    status: 200,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const { now, until } = span()
      if (!(await lock(db, params.id, principal.agentId, { now, until })))
        decline('refused', 'Somebody else has this ticket in hand.', { refusal: 'locked' })
      return { lockedUntil: until }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tickets/:id/lock',
    access: 'ticket.update',
    summary: 'Gives a ticket back',
    params: ticketParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      await unlock(db, params.id, principal.agentId)
      return null
    },
  })
}
