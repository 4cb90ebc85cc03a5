// What a path says in a scene: one plain value, or null when it is missing. The only reader of scenes.
import { secondsBetween, type Instant } from '#kit/time.ts'
import { calendarOf } from '#rules/calendar.ts'
import type { Leaf } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import type { Content, MessageText, Scene } from '#rules/scene.ts'
import { propertyCalled } from '#tickets/property.ts'
import { hidingOf } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** `redacted` is text that may not be read any more: it matches nothing. */
export type Seen =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | readonly number[]
  | { readonly texts: readonly string[]; readonly redacted: boolean }

/** What a path of the ticket's own state says; undefined when the path is of another kind. */
export function ofTicket(path: string, ticket: Ticket, directory: Directory): Seen | undefined {
  if (path.startsWith('field.')) return customField(path.slice('field.'.length), ticket, directory)
  switch (path) {
    case 'status':
      return ticket.status
    case 'channel':
      return ticket.channel
    case 'assignee':
      return ticket.assigneeId
    case 'mailbox':
      return ticket.mailboxId
    case 'onHoldLabel':
      return ticket.labelId
    case 'tags':
      return ticket.tags
    case 'number':
      return ticket.id
    case 'flag':
      return hidingOf(ticket)
    case 'snoozed':
      return ticket.snoozedUntil !== null
    case 'count.reopens':
      return ticket.reopenCount
    case 'count.publicReplies':
      return ticket.replyCount
    case 'count.inbound':
      return ticket.inboundCount
    case 'created':
      return ticket.openedAt
    case 'updated':
      return ticket.updatedAt
    case 'resolved':
      return ticket.resolvedAt
    case 'closed':
      return ticket.closedAt
    default: {
      const property = propertyCalled(path)
      return property === null ? undefined : ticket[property]
    }
  }
}

function customField(key: string, ticket: Ticket, { fields }: Directory): Seen {
  const field = fields.find((each) => each.key === key)
  const value = field === undefined ? undefined : ticket.fields[field.id]
  if (value === undefined || (typeof value === 'object' && 'valueId' in value)) return null
  return value
}

/** What a leaf's path says in the scene. */
export function valueOf({ field: path, calendar }: Pick<Leaf, 'field' | 'calendar'>, scene: Scene): Seen {
  const own = ofTicket(path, scene.now, scene.directory)
  if (own !== undefined) return own
  const since = sinceOf(path, scene)
  if (since !== undefined) {
    if (since === null) return null
    return calendarOf(calendar) === null
      ? secondsBetween(since, scene.at)
      : scene.calendars.secondsBetween(calendar ?? 'always', since, scene.at)
  }
  if (path.startsWith('message.')) return ofMessages(path, scene)
  if (path.startsWith('sla.')) return ofClocks(path, scene)
  if (path.startsWith('assistant.')) return ofAssistant(path, scene)
  return ofContent(path, scene)
}

/** When the time that a path measures began; undefined when it measures none. */
export function sinceOf(path: string, { now, content }: Scene): Instant | null | undefined {
  switch (path) {
    case 'age':
      return now.openedAt
    case 'timeInStatus':
      return now.statusSince
    case 'timeSinceInbound':
      return now.lastInboundAt
    case 'timeSinceReply':
      return now.lastReplyAt
    case 'timeSinceUpdate':
      return now.updatedAt
    case 'timeSinceAssigned':
      return now.assigneeId === null ? null : content.history.assignedAt
    default:
      return undefined
  }
}

/** What a path says of the requester or their organisation; undefined when it is of another kind. */
export function ofPeople(
  path: string,
  { requester, organization }: Pick<Content, 'requester' | 'organization'>,
): Seen | undefined {
  switch (path) {
    case 'requester.name':
      return requester?.name ?? null
    case 'requester.email':
      return requester?.email == null || !requester.otherEmails?.length
        ? (requester?.email ?? null)
        : [requester.email, ...requester.otherEmails]
    case 'requester.domain':
      return requester?.email?.split('@')[1] ?? null
    case 'language':
    case 'requester.language':
      return requester?.language ?? null
    case 'requester.tags':
      return requester?.tags ?? null
    case 'requester.createdAt':
      return requester?.createdAt ?? null
    case 'organization.name':
      return organization?.name ?? null
    case 'organization.tags':
      return organization?.tags ?? null
    default:
      return undefined
  }
}

function ofContent(path: string, { now, content, update, reader }: Scene): Seen {
  const { requester, history } = content
  const ofThem = ofPeople(path, content)
  if (ofThem !== undefined) return ofThem
  switch (path) {
    case 'subject':
      return content.subject
    case 'text':
      return textsOf(content.messages, [
        String(now.id),
        content.subject,
        requester?.name ?? '',
        requester?.email ?? '',
      ])
    case 'anyMessage.text':
      return textsOf(content.messages)
    case 'hasAttachment':
      return content.messages.some(({ attachmentCount }) => attachmentCount > 0)
    case 'participants':
      return now.participants.flatMap(({ personId }) => {
        return [String(personId), ...(content.participantEmails.get(personId) ?? [])]
      })
    case 'count.assignees':
      return history.assignees
    case 'count.teams':
      return history.teams
    case 'count.inboundSinceReply':
      return history.inboundSinceReply
    case 'count.ruleFirings':
      return history.ruleFirings
    case 'unread':
      return reader === null ? null : reader.lastMessageSeq > reader.readSeq
    case 'rating':
      return update?.rating ?? null
    case 'actor.type':
      return update?.actor.type ?? null
    case 'actor.id':
      return update?.actor.id ?? null
    case 'actor.role':
      return update?.actorRole ?? null
    case 'via':
      return update?.via ?? null
    default:
      return null
  }
}

function textsOf(messages: readonly MessageText[], more: readonly string[] = []): Seen {
  const texts = messages.flatMap(({ text }) => (text === null ? [] : [text]))
  return { texts: [...more, ...texts], redacted: messages.some(({ text }) => text === null) }
}

/** The messages of this update: one is enough for a test to hold. */
function ofMessages(path: string, { update, content }: Scene): Seen {
  const ids = new Set(update?.messageIds)
  const messages = content.messages.filter(({ id }) => ids.has(id))
  if (path === 'message.text') return textsOf(messages)
  if (path === 'message.recipient') return messages.flatMap(({ recipients }) => recipients)
  const last = messages.at(-1)
  if (last === undefined) return null
  switch (path) {
    case 'message.kind':
      return last.kind
    case 'message.direction':
      return last.direction
    case 'message.author':
      return last.authorId
    case 'message.authorRole':
      return last.authorRole
    case 'message.thanks':
      return last.thanks
    case 'message.hasAttachment':
      return last.attachmentCount > 0
    case 'message.isAutoReply':
      return last.isAutoReply
    default:
      return null
  }
}

function ofClocks(path: string, { content, at }: Scene): Seen {
  if (path === 'sla.policy') return content.slaPolicy
  const running = content.clocks.flatMap(({ state, dueAt }) =>
    state === 'running' && dueAt !== null ? [secondsBetween(at, dueAt)] : [],
  )
  if (path === 'sla.next') return running.length === 0 ? null : Math.min(...running)
  const [, metric, part] = path.split('.')
  const clock = content.clocks.findLast((each) => each.metric === metric)
  if (clock === undefined) return null
  switch (part) {
    case 'state':
      return clock.state
    case 'secondsLeft':
      return clock.secondsLeft
    case 'percentUsed':
      return clock.percentUsed
    case 'breached':
      return clock.breached
    default:
      return null
  }
}

function ofAssistant(path: string, { content }: Scene): Seen {
  const [, name = '', part] = path.split('.')
  const found = content.assistant[name]
  return (part === 'confidence' ? found?.confidence : found?.value) ?? null
}
