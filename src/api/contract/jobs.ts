// /tickets/bulk and /jobs: one change of many tickets, in the background, with what became of each.
import { z } from 'zod'

import { id, instant, pageOf, pageQuery } from './shapes.ts'
import { status, ticketPatch } from './tickets.ts'

/** What can be done to many tickets at once. A macro's messages are left out: nothing is mailed in bulk. */
export const bulkChange = ticketPatch.pick({
  status: true,
  closeReason: true,
  priority: true,
  assignee: true,
  team: true,
  category: true,
  addTags: true,
  removeTags: true,
  snoozedUntil: true,
})
export type BulkChange = z.infer<typeof bulkChange>

/** Either `ids`, or every ticket that matches `q` now, at most 100,000. */
export const newBulk = z.strictObject({
  ids: z.array(id).min(1).max(5_000).optional(),
  q: z.string().max(2_000).optional(),
  change: bulkChange,
})
export type NewBulk = z.infer<typeof newBulk>

export const itemState = z.enum(['waiting', 'done', 'unchanged', 'skipped', 'failed'])
export type ItemState = z.infer<typeof itemState>

export const job = z.object({
  id,
  state: z.enum(['running', 'cancelled', 'done']),
  change: bulkChange.nullable(),
  /** The job that this one takes back. */
  undoOf: id.nullable(),
  /** The firings that this one takes back. */
  firings: z.object({ version: z.number().int(), ruleId: id.nullable() }).nullable(),
  /** The job that took this one back. */
  undoneBy: id.nullable(),
  total: z.number().int(),
  counts: z.record(itemState, z.number().int()),
  createdAt: instant,
  finishedAt: instant.nullable(),
  /** Undo is offered until then. */
  undoUntil: instant.nullable(),
})
export type Job = z.infer<typeof job>
export const jobPage = pageOf(job)

export const jobItem = z.object({
  ticket: z.object({ id, subject: z.string(), status }),
  state: itemState,
  /** A refusal's name, or what failed. */
  reason: z.string().nullable(),
})
export type JobItem = z.infer<typeof jobItem>
export const jobItemPage = pageOf(jobItem)
export const jobItemsQuery = pageQuery.extend({ state: itemState.optional() })
