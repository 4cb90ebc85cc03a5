// One change of many tickets, as a job in the background: asked for, watched, cancelled, taken back.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { job, jobItemPage, jobItemsQuery, jobPage, newBulk, type BulkChange } from '#api/contract/jobs.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { listingOf } from '#api/tickets/listing.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { resolveInput } from '#api/tickets/input.ts'
import type { Desk } from '#desk/desk.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Principal } from '#people/can.ts'
import { listTicketIds } from '#rules/list-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import {
  addBulkJob,
  addUndoJob,
  endBulkJob,
  findBulkJob,
  listBulkItems,
  listBulkJobs,
  type BulkJob,
} from '#tickets/bulk-store.ts'

const MOST_TICKETS = 100_000
const UNDO_SECONDS = 86_400

export function bulkRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/bulk',
    access: 'ticket.bulk',
    summary: 'Changes many tickets in the background; answers the job',
    body: newBulk,
    answer: job,
    status: 202,
    handler: async ({ db, body, principal }) => {
      if ((body.ids === undefined) === (body.q === undefined)) declineInput('ids', 'give either ids or q')
      const { changes } = await resolveInput(desk, db, body.change, principal)
      if (Object.keys(changes).length === 0) declineInput('change', 'changes nothing')
      const ids = body.ids ?? (await matching(desk, db, principal, body.q ?? ''))
      const { agentId } = principal
      const at = desk.clock.now()
      const jobId = await addBulkJob(db, { agentId, at, change: changes, asked: body.change }, [
        ...new Set(ids),
      ])
      return startedJob(db, jobId)
    },
  })
  readRoutes(app, desk)
  route(app, desk, {
    method: 'POST',
    url: '/jobs/:id/cancel',
    access: 'ticket.bulk',
    summary: 'Stops a job; what it did stays and can be undone',
    params: idParams,
    answer: job,
    status: 200,
    handler: async ({ db, params, principal }) => {
      const found = await ownJob(db, params.id, principal)
      await endBulkJob(db, found.id, 'cancelled', desk.clock.now())
      tell(db, { changed: 'jobs', id: found.id })
      return present(await ownJob(db, params.id, principal))
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/jobs/:id/undo',
    access: 'ticket.bulk',
    summary: 'Takes back what a job did, where nobody changed it since; answers the new job',
    params: idParams,
    answer: job,
    status: 202,
    handler: async ({ db, params, principal }) => {
      const found = await ownJob(db, params.id, principal)
      const at = desk.clock.now()
      if (found.state === 'running')
        decline('refused', 'It still runs. Cancel it first.', { refusal: 'in_progress' })
      const until = undoUntil(found)
      if (until === null || until < at)
        decline('refused', 'It can no longer be undone.', { refusal: 'changed_since' })
      return startedJob(db, await addUndoJob(db, found, { agentId: principal.agentId, at }))
    },
  })
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/jobs',
    access: 'ticket.bulk',
    summary: "The caller's jobs, newest first",
    query: pageQuery,
    answer: jobPage,
    handler: async ({ db, query: { limit, cursor }, principal }) => {
      const before = readCursor(cursor, idKey)
      const found = await listBulkJobs(db, principal.agentId, { limit: limit + 1, before })
      return pageFrom(found, limit, (each) => each.id, present)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/jobs/:id',
    access: 'ticket.bulk',
    summary: 'A job and how far it has come',
    params: idParams,
    answer: job,
    handler: async ({ db, params, principal }) => present(await ownJob(db, params.id, principal)),
  })
  route(app, desk, {
    method: 'GET',
    url: '/jobs/:id/items',
    access: 'ticket.bulk',
    summary: 'What became of each ticket of a job',
    params: idParams,
    query: jobItemsQuery,
    answer: jobItemPage,
    handler: async ({ db, params, query: { limit, cursor, state = null }, principal }) => {
      const found = await ownJob(db, params.id, principal)
      const after = readCursor(cursor, idKey) ?? 0
      const rows = await listBulkItems(db, found.id, { limit: limit + 1, after, state }, principal)
      return pageFrom(
        rows,
        limit,
        ({ ticketId }) => ticketId,
        ({ ticketId, subject, status, state: became, reason }) => ({
          ticket: { id: ticketId, subject, status: status as never },
          state: became,
          reason,
        }),
      )
    },
  })
}

async function matching(desk: Desk, db: Db, principal: Principal, q: string): Promise<number[]> {
  const { listing, ignored } = await listingOf(desk, principal, q)
  const [wrong] = ignored
  // A search that is half understood finds more than was meant: fine to look at, not to change.
  if (wrong !== undefined) declineInput('q', `${wrong.term} is not understood`)
  const found = await listTicketIds(db, listing, { sort: 'newest', limit: MOST_TICKETS + 1, after: null })
  if (found.length > MOST_TICKETS) declineInput('q', `matches more than ${MOST_TICKETS} tickets`)
  return found.length === 0
    ? declineInput('q', 'matches no ticket')
    : found.map(({ id: ticketId }) => ticketId)
}

/** Has a new job begun, and shows it. */
export async function startedJob(db: Db, jobId: number) {
  tell(db, { lane: 'bulk' })
  tell(db, { changed: 'jobs', id: jobId })
  return present((await findBulkJob(db, jobId)) ?? decline('not-found'))
}

/** A job belongs to who started it. */
async function ownJob(db: Db, jobId: number, principal: Principal): Promise<BulkJob> {
  const found = await findBulkJob(db, jobId)
  return found?.agentId === principal.agentId ? found : decline('not-found', `There is no job ${jobId}.`)
}

function undoUntil({ change, undoneBy, finishedAt, counts }: BulkJob): Instant | null {
  if (change === null || undoneBy !== null || finishedAt === null || (counts.done ?? 0) === 0) return null
  return plus(finishedAt, UNDO_SECONDS)
}

function present(found: BulkJob): z.input<typeof job> {
  const { waiting = 0, done = 0, unchanged = 0, skipped = 0, failed = 0 } = found.counts
  return {
    id: found.id,
    state: found.state,
    change: found.change === null ? null : (found.asked as BulkChange),
    firings: found.firings,
    undoOf: found.undoOf,
    undoneBy: found.undoneBy,
    total: found.total,
    counts: { waiting, done, unchanged, skipped, failed },
    createdAt: found.createdAt,
    finishedAt: found.finishedAt,
    undoUntil: undoUntil(found),
  }
}
