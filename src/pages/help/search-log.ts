// Writes down what is looked for and what came of it, so that the desk learns what its help center does not say. Never in the way of
// a reader: what cannot be written is left out.
import type { FastifyRequest } from 'fastify'
import { randomBytes } from 'node:crypto'
import { networkOf } from '#api/people/sign-in-budget.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId, PersonId, TicketId } from '#kit/ids.ts'
import { withoutPersons } from '#knowledge/gaps.ts'
import { noteClick, noteSearch, noteTicket } from '#knowledge/search-log-store.ts'
import { quota } from '#pages/help/quota.ts'
import { isReader } from '#pages/help/reads.ts'

/** More in a minute than this are no people, from one network or from all: the rest is not kept. */
const isLeftFrom = quota(30, 60_000)
const isLeft = quota(3_000, 60_000)

type Looked = {
  readonly brandId: BrandId
  readonly language: string
  readonly source: 'help' | 'portal'
  readonly found: number
  readonly personId: PersonId | null
}

/** Notes a search; the mark is for the links that lead on from it, '' where nothing was noted. */
export async function noteLooked(
  desk: Desk,
  request: FastifyRequest,
  query: string,
  looked: Looked,
): Promise<string> {
  const at = desk.clock.now()
  const kept = withoutPersons(query)
  if (kept === '' || !isReader(request) || isFlood(request, Date.parse(at))) return ''
  const mark = randomBytes(9).toString('base64url')
  try {
    await noteSearch(desk.database, { ...looked, mark, at, query: kept })
    return mark
  } catch (error) {
    desk.log.warn({ err: error }, 'A search was not noted')
    return ''
  }
}

const isFlood = ({ ip }: FastifyRequest, nowMs: number): boolean =>
  !isLeftFrom(networkOf(ip), nowMs) || !isLeft('', nowMs)

/** The mark of the search that a request comes from; '' for none. */
export function markIn(given: unknown): string {
  const from = typeof given === 'object' && given !== null ? (given as { from?: unknown }).from : undefined
  return typeof from === 'string' && /^[\w-]{12}$/.test(from) ? from : ''
}

/** A reader opened what a search had found. */
export async function noteOpened(desk: Desk, request: FastifyRequest): Promise<void> {
  const mark = markIn(request.query)
  if (mark === '' || !isReader(request)) return
  await noteClick(desk.database, mark, desk.clock.now()).catch((error: unknown) =>
    desk.log.warn({ err: error }, 'A search was not noted'),
  )
}

/** A ticket was written after a search. */
export async function noteWritten(desk: Desk, mark: string, ticketId: TicketId | null): Promise<void> {
  if (mark === '' || ticketId === null) return
  await noteTicket(desk.database, mark, ticketId, desk.clock.now()).catch((error: unknown) =>
    desk.log.warn({ err: error }, 'A search was not noted'),
  )
}
