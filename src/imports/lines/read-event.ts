// What an event of a line says, as far as it becomes a ticket's state: a word that nobody knows here would be in the way of every list
// that the ticket is in. Pure.
import { z } from 'zod'
import { moment } from '#imports/lines/moment.ts'
import { propertyOf } from '#tickets/property.ts'
import {
  channels,
  closeReasons,
  directions,
  linkTypes,
  messageKinds,
  participantRoles,
  priorities,
  statuses,
  ticketTypes,
} from '#tickets/vocabulary.ts'

const id = z.int().positive()
const texts = z.array(z.string())
const changed = <Value extends z.ZodType>(value: Value) => z.object({ from: value, to: value })
const message = {
  messageId: id,
  messageKind: z.enum(messageKinds),
  direction: z.enum(directions),
  channel: z.enum(channels),
}
const participant = z.object({ personId: id, role: z.enum(participantRoles) })
const value = z.union([z.string(), z.number(), z.boolean(), texts])
const flagged = z.object({ reason: z.string().optional() })
const away = z.object({ targetTicketId: id, batchId: id })
const merged = z.object({
  sourceTicketId: id,
  sourceOpenedAt: moment,
  messageIds: z.array(id),
  addedTags: texts,
  addedParticipants: z.array(participant),
  batchId: id,
})
const split = z.object({ ticketId: id, messageIds: z.array(id) })
const link = z.object({ linkType: z.enum(linkTypes), ticketId: id })
const aside = z.object({ sideConversationId: id })

/** Words that a change or an undo sets, by what is changed. */
const words: Readonly<Record<string, z.ZodType>> = {
  status: z.enum(statuses),
  priority: z.enum(priorities),
  type: z.enum(ticketTypes).nullable(),
  tags: texts,
}

const payloads: Readonly<Record<string, z.ZodType>> = {
  ticket_opened: z.object({
    ...message,
    status: z.enum(statuses),
    priority: z.enum(priorities),
    requesterId: id,
    brandId: id,
    teamId: id.optional(),
    queueId: id.optional(),
    mailboxId: id.optional(),
    categoryId: id.optional(),
    formId: id.optional(),
  }),
  message_added: z.object({
    ...message,
    authorId: id.nullable(),
    attachmentCount: z.int(),
    recipientCount: z.int(),
    sideConversationId: id.optional(),
    viaTicketId: id.optional(),
  }),
  status_changed: changed(z.enum(statuses)).extend({
    closeReason: z.enum(closeReasons).optional(),
    labelId: id.optional(),
  }),
  priority_changed: changed(z.enum(priorities)),
  type_changed: changed(z.enum(ticketTypes).nullable()),
  assignee_changed: changed(id.nullable()),
  field_changed: z.union([
    z.object({ fieldId: id, fromValueId: id.nullable(), toValueId: id.nullable() }),
    changed(value.nullable()).extend({ fieldId: id }),
  ]),
  subject_changed: z.object({ fromRevisionId: id.nullable(), toRevisionId: id }),
  tags_changed: z.object({ added: texts, removed: texts }),
  participant_added: participant,
  participant_removed: participant,
  snoozed: z.object({ until: moment }),
  spam_marked: flagged,
  spam_unmarked: flagged,
  ticket_deleted: flagged,
  ticket_restored: flagged,
  ticket_purged: flagged,
  ticket_merged_into: away,
  ticket_unmerged_from: away,
  ticket_merged_in: merged,
  ticket_unmerged: merged,
  ticket_split: split,
  split_from: split,
  link_added: link,
  link_removed: link,
  side_conversation_opened: aside,
  side_conversation_done: aside,
  undone: z.object({
    seqs: z.array(z.int()),
    changedSince: texts,
    restores: z.array(
      z
        .object({ field: z.string(), from: z.unknown(), to: z.unknown() })
        .refine(({ field, to }) => words[field]?.safeParse(to).success !== false, 'is no word of a ticket'),
    ),
  }),
}

const plain = changed(id.nullable())

/** What is wrong with what an event says; null: nothing that this desk would stumble over. */
export function problemOf(kind: string, payload: unknown): string | null {
  const schema = payloads[kind] ?? (propertyOf(kind) === null ? null : plain)
  const parsed = schema?.safeParse(payload)
  const issue = parsed?.error?.issues[0]
  return issue === undefined ? null : `${kind} ${issue.path.map(String).join('.')}: ${issue.message}`
}
