// /views: saved searches. /tickets/ids: a whole list as numbers. /tickets/next: the next ticket nobody else works on.
import { z } from 'zod'

import { count, id, instant, name, nameRef, pageOf } from './shapes.ts'
import { ticket, ticketSort, ignoredTerm } from './tickets.ts'

export const viewScope = z.enum(['personal', 'team', 'shared'])
export type ViewScope = z.infer<typeof viewScope>
export const groupKey = z.enum(['status', 'priority', 'assignee', 'team', 'organization'])
export type GroupKey = z.infer<typeof groupKey>

export const savedView = z.object({
  id,
  name: z.string(),
  scope: viewScope,
  owner: nameRef,
  team: nameRef.nullable(),
  /** In the search language, with the names as they are now. */
  query: z.string(),
  sort: ticketSort.nullable(),
  groupBy: groupKey.nullable(),
  /** The caller may change and delete it. */
  mine: z.boolean(),
  /** Put away: in nobody's list, and can be restored. */
  archived: z.boolean(),
})
export type SavedView = z.infer<typeof savedView>
export const savedViewPage = pageOf(savedView)

/** A query with terms that are not understood is refused with what they could mean. */
export const newView = z.strictObject({
  name,
  scope: viewScope,
  team: id.nullable().optional(),
  query: z.string().max(2_000),
  sort: ticketSort.nullable().optional(),
  groupBy: groupKey.nullable().optional(),
})
export type NewView = z.infer<typeof newView>
export const viewPatch = newView.extend({ archived: z.boolean() }).partial()
export type ViewPatch = z.infer<typeof viewPatch>

/** GET /views/counts: each stops at 1,000. */
export const viewCounts = z.object({ items: z.array(z.object({ id, count })), at: instant })
export type ViewCounts = z.infer<typeof viewCounts>

/** GET /views/health: views of teams and of everybody, those put away last, with what speaks against each. */
export const viewFinding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unopened'), days: z.number().int() }),
  z.object({ kind: z.literal('empty') }),
  /** It holds this share of the newest tickets of the desk. */
  z.object({ kind: z.literal('everything'), share: z.number() }),
  /** It shares this share of its tickets with an older view. */
  z.object({ kind: z.literal('overlaps'), view: nameRef, share: z.number() }),
])
export type ViewFinding = z.infer<typeof viewFinding>
export const viewHealthItem = z.object({
  view: savedView,
  usedAt: instant,
  count,
  findings: z.array(viewFinding),
})
export type ViewHealthItem = z.infer<typeof viewHealthItem>
export const viewHealthPage = pageOf(viewHealthItem)

/**
 * GET /tickets/ids: at most 5,000 numbers in order (1,000 where words are looked for), with the first tickets whole, so that a list shows at once.
 * `total` is exact up to 100,000. With `group` the order is by group first and there is no further page.
 */
export const idsQuery = z.strictObject({
  q: z.string().max(2_000).default(''),
  sort: ticketSort.optional(),
  group: groupKey.optional(),
  cursor: z.string().max(500).optional(),
})
export const idsPage = z.object({
  ids: z.array(id),
  items: z.array(ticket),
  total: count,
  nextCursor: z.string().nullable(),
  ignored: z.array(ignoredTerm),
  /** Where each group begins in `ids`; empty without `group`. */
  groups: z.array(z.object({ key: z.string(), label: z.string().nullable(), at: z.number().int() })),
})
export type IdsPage = z.infer<typeof idsPage>

/** POST /tickets/next: locks the first ticket of the list for the caller, for two minutes. Null: nothing is left. */
export const nextTicket = z.strictObject({
  q: z.string().max(2_000).default(''),
  sort: ticketSort.optional(),
  skip: z.array(id).max(1_000).default([]),
})
export const nextAnswer = z.object({ ticket: ticket.nullable(), lockedUntil: instant.nullable() })
export type NextAnswer = z.infer<typeof nextAnswer>
export const lockAnswer = z.object({ lockedUntil: instant })

/** GET /search/spelling: a search text with its mistyped words as they were likely meant, when that finds something; else null. */
export const spellingQuery = z.strictObject({ q: z.string().max(2_000) })
export const spelling = z.object({ q: z.string().nullable() })
export type Spelling = z.infer<typeof spelling>

/** GET /search/suggestions: what could come next in a search text at the cursor. */
export const suggestionsQuery = z.strictObject({
  q: z.string().max(2_000).default(''),
  cursor: z.coerce.number().int().min(0).max(2_000),
})
export const suggestions = z.object({
  items: z.array(z.object({ text: z.string(), cursor: z.number().int(), label: z.string() })),
})
export type Suggestions = z.infer<typeof suggestions>
