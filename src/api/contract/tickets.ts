// /tickets: list, counts, one ticket, its log, participants, links and the commands that move it.
// POST merge answers the target; unmerge, PATCH and participants answer the ticket; split answers the new ticket (201).
import { z } from 'zod'
import { fieldValueShape } from '#setup/field-value.ts'
import { CLOCK_STATES } from '#sla/policy.ts'
import {
  channels,
  closeReasons,
  linkTypes,
  maxSnoozeSeconds,
  participantRoles,
  priorities,
  statuses,
} from '#tickets/vocabulary.ts'

import { actor, count, email, id, instant, name, nameRef, pageOf, pageQuery, personRef } from './shapes.ts'

export const status = z.enum(statuses)
export const priority = z.enum(priorities)
export const channel = z.enum(channels)
export const closeReason = z.enum(closeReasons)
export type Status = z.infer<typeof status>
export type Priority = z.infer<typeof priority>
export type Channel = z.infer<typeof channel>
export type CloseReason = z.infer<typeof closeReason>
export const fieldValue = fieldValueShape
export type FieldValue = z.infer<typeof fieldValue>

const tag = z.string().trim().min(1).max(60)
const fields = z.record(z.string().max(80), fieldValue)
/** A team by id or exact name, an agent by id or address. */
const teamRef = z.union([id, z.string().min(1).max(200)])
const agentRef = z.union([id, z.string().min(1).max(254)])

export const participant = personRef.extend({ role: z.enum(participantRoles) })
export type Participant = z.infer<typeof participant>

export const clock = z.object({
  /** Whose agreement: customer, internal, supplier. */
  kind: z.string(),
  metric: z.string(),
  instance: z.number().int(),
  state: z.enum(CLOCK_STATES),
  dueAt: instant.nullable(),
  breachedAt: instant.nullable(),
  elapsedSeconds: z.number(),
  targetSeconds: z.number(),
  /** Both are counted in a calendar's open hours, not by the clock on the wall. */
  openHours: z.boolean(),
  /** How likely it is to be missed, from 0 to 1, by the desk's own history; null when that says too little. */
  risk: z.number().nullable(),
})
export type Clock = z.infer<typeof clock>

export const ticket = z.object({
  id,
  subject: z.string(),
  status,
  priority,
  /** Path of names, such as `billing/refund`. */
  category: z.string().nullable(),
  tags: z.array(z.string()),
  requester: personRef,
  assignee: nameRef.nullable(),
  team: nameRef.nullable(),
  channel,
  /** By field key; fields without a value are left out. */
  fields,
  participants: z.array(participant),
  createdAt: instant,
  updatedAt: instant,
  /** Since when it has its status. */
  statusSince: instant,
  resolvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  snoozedUntil: instant.nullable(),
  reopenCount: z.number().int(),
  seq: z.number().int(),
  clocks: z.array(clock),
  mergedInto: id.nullable(),
  url: z.string(),
  /** Start of the customer's last public words, plain text, at most 160 characters; never of an internal note. */
  snippet: z.string().optional(),
  /** The caller has not read the newest message. */
  unread: z.boolean().optional(),
  lastMessageAt: instant.optional(),
  /** The caller has an unsent draft here. */
  draft: z.boolean().optional(),
  spam: z.boolean().optional(),
  deleted: z.boolean().optional(),
  /** What the caller may do with this ticket: names of `permission` in contract.ts. */
  permissions: z.array(z.string()).optional(),
})
export type Ticket = z.infer<typeof ticket>

export const ticketSort = z.enum(['due', 'newest', 'oldest', 'updated', 'priority', 'waiting', 'relevance'])
export type TicketSort = z.infer<typeof ticketSort>

/** Without `sort`: relevance if `q` has free text, else `updated`, newest first. */
export const ticketsQuery = pageQuery.extend({
  q: z.string().max(2_000).default(''),
  sort: ticketSort.optional(),
  /** The last word of `q` is still being typed: tickets with a word that begins so are found too. */
  typing: z.literal('true').optional(),
  /** Exactly these, at most 200, whatever else is asked. */
  ids: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,199}$/)
    .optional(),
})
export const ignoredTerm = z.object({ term: z.string(), suggestion: z.string().nullable() })
export const ticketPage = pageOf(ticket).extend({ ignored: z.array(ignoredTerm) })
export type TicketPage = z.infer<typeof ticketPage>

/** Counts of the tickets that match `q`, each capped at 1,000. `mine` and `teams` count active, unsnoozed tickets. */
export const countsQuery = z.strictObject({ q: z.string().max(2_000).default('') })
export const counts = z.object({
  all: count,
  active: count,
  byStatus: z.record(status, count),
  unassigned: count,
  mine: count,
  teams: z.array(nameRef.extend({ active: count })),
  at: instant,
})
export type Counts = z.infer<typeof counts>

export const newTicket = z.strictObject({
  subject: z.string().trim().min(1).max(500),
  body: z.string().min(1).max(500_000),
  bodyFormat: z.enum(['text', 'html', 'markdown']).optional(),
  requester: z.strictObject({ email, name: name.optional() }),
  priority: priority.optional(),
  category: z.string().max(500).optional(),
  tags: z.array(tag).max(100).optional(),
  team: teamRef.optional(),
  assignee: agentRef.optional(),
  fields: fields.optional(),
  channel: channel.optional(),
  attachments: z.array(id).max(50).optional(),
  /** `outbound`: the body is written to the requester, by mail, and not by them; the ticket then waits for them unless said otherwise. */
  direction: z.enum(['inbound', 'outbound']).optional(),
  /** Who gets a copy of it, and of all that follows. */
  cc: z.array(email).max(50).optional(),
  status: status.exclude(['new']).optional(),
})
export type NewTicket = z.infer<typeof newTicket>

/** `null` clears. `closeReason` belongs to `status: "closed"`. `spam` and `deleted` mark and unmark. */
export const ticketPatch = z.strictObject({
  subject: z.string().trim().min(1).max(500).optional(),
  status: status.exclude(['new']).optional(),
  closeReason: closeReason.optional(),
  priority: priority.optional(),
  assignee: agentRef.nullable().optional(),
  team: teamRef.nullable().optional(),
  category: z.string().max(500).nullable().optional(),
  tags: z.array(tag).max(100).optional(),
  addTags: z.array(tag).max(100).optional(),
  removeTags: z.array(tag).max(100).optional(),
  fields: fields.optional(),
  snoozedUntil: instant.nullable().optional(),
  requester: z.strictObject({ email, name: name.optional() }).optional(),
  spam: z.boolean().optional(),
  deleted: z.boolean().optional(),
  /** Assigns also to an agent who has a conflict of interest with the requester; without it that answers 409. */
  despiteConflict: z.literal(true).optional(),
  expectedSeq: z.int32().optional(),
})
export type TicketPatch = z.infer<typeof ticketPatch>

/** What a macro may change, and what can be set together with a message. `me` is who applies it. */
export const macroChange = ticketPatch
  .pick({
    status: true,
    closeReason: true,
    priority: true,
    team: true,
    category: true,
    addTags: true,
    removeTags: true,
    fields: true,
  })
  .extend({
    assignee: z.union([id, z.literal('me'), z.null()]).optional(),
    /** Snoozes for so long from when it is applied; ended by what ends any snooze. */
    snoozeSeconds: z.int().min(60).max(maxSnoozeSeconds).optional(),
    /** Asks the assistant for its answer; without a live one nobody is asked. */
    askAssistant: z.literal(true).optional(),
  })
export type MacroChange = z.infer<typeof macroChange>

/** POST /tickets/{id}/read: the caller has read up to this seq; lower values mark it unread again. */
export const readMark = z.strictObject({ seq: z.int32().min(0) })

export const merge = z.strictObject({ into: id, acknowledgedNewReaders: z.array(id).default([]) })
export type Merge = z.input<typeof merge>
export const split = z.strictObject({
  messageIds: z.array(id).min(1).max(200),
  subject: z.string().trim().min(1).max(500).optional(),
})

/** `seq` is any seq of the update to undo. Fields that changed again since are kept and named. */
export const undo = z.strictObject({ seq: z.int32() })
export const undone = z.object({ ticket, restored: z.array(z.string()), changedSince: z.array(z.string()) })
export type Undone = z.infer<typeof undone>

/** POST /tickets/{id}/participants; DELETE /tickets/{id}/participants/{personId}?role=cc. Both answer the ticket. */
export const newParticipant = z.strictObject({
  role: z.enum(participantRoles),
  email: email.optional(),
  name: name.optional(),
  personId: id.optional(),
})
export type NewParticipant = z.infer<typeof newParticipant>

export const linkType = z.enum(linkTypes)
export type LinkType = z.infer<typeof linkType>
/** GET and POST /tickets/{id}/links; DELETE /tickets/{id}/links/{type}/{ticketId}. All answer the page of links. */
export const newLink = z.strictObject({ type: linkType, ticketId: id })
export const link = z.object({ type: linkType, ticket: z.object({ id, subject: z.string(), status }) })
export const linkPage = pageOf(link)
export type Link = z.infer<typeof link>

/**
 * GET /tickets/{id}/events, oldest first; `after` skips seqs up to it. `cause` is the event that led to this one.
 * `names` says the ids of `payload` in words, keyed `person:3`, `team:2`, `category:5`, `field:1`, `ticket:9`.
 */
/** `changes=true` leaves out what the conversation shows anyway: messages, deliveries, queued mail. */
export const eventsQuery = pageQuery.extend({
  after: z.coerce.number().pipe(z.int32()).optional(),
  changes: z.literal('true').optional(),
})
export const ticketEvent = z.object({
  seq: z.number().int(),
  at: instant,
  updateId: z.union([z.string(), z.number()]),
  actor,
  cause: z.object({ ticketId: id, seq: z.number().int(), kind: z.string() }).nullable(),
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()),
  names: z.record(z.string(), z.string()).optional(),
  /** The macro that was applied by hand in this update. */
  macro: nameRef.optional(),
})
export const eventPage = pageOf(ticketEvent)
export type TicketEvent = z.infer<typeof ticketEvent>
