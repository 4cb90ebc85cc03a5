// A Zendesk ticket's life: from its audits, which tell messages and changes alike, or from its comments alone. Pure.
import { filesOf, fixed, momentOf, textOf } from '#imports/read-values.ts'
import {
  channelOf,
  priorityOf,
  shown,
  stateOf,
  statusOf,
  type Fields,
  type Record_,
} from '#imports/zendesk/read-records.ts'
import type { Step, TicketState, TicketStory } from '#imports/story.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { Role } from '#people/role.ts'

/** What is known of people when a life is read: who writes for the desk. */
export type Roles = ReadonlyMap<string, Role | null>

type Told = { readonly audits: readonly Record_[] } | { readonly comments: readonly Record_[] }

/** The story of a ticket. */
export function lifeOf(ticket: Record_, told: Told, roles: Roles, fields: Fields): TicketStory {
  const openedAt = momentOf(ticket['created_at']) ?? instant(0)
  const scene = { ticket, roles, fields, openedAt }
  const steps =
    'audits' in told
      ? told.audits.flatMap((audit) => ofAudit(audit, scene))
      : told.comments.map((comment) => ofComment(comment, scene, comment))
  const sorted = steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const opening = sorted.some(({ message }) => message !== null) ? [] : [descriptionOf(scene)]
  const requester = fixed(ticket['requester_id'])
  const cc = listOf(ticket['email_cc_ids'] ?? ticket['collaborator_ids'])
  const followers = listOf(ticket['follower_ids'])
  return {
    label: `ZD-${String(ticket['id'])}`,
    number: Number(ticket['id']),
    subject: textOf(ticket['subject']) || textOf(ticket['description']).slice(0, 80),
    requester,
    channel: channelOf(ticket['via']),
    openedAt,
    participants: [
      ...cc.map((person) => ({ person, role: 'cc' as const })),
      ...followers.map((person) => ({ person, role: 'follower' as const })),
    ],
    steps: [...opening, ...sorted],
    end: { at: momentOf(ticket['updated_at']) ?? openedAt, set: stateOf(ticket, fields) },
    mergedInto: mergedInto(ticket, steps),
    isSpam: false,
  }
}

type Scene = {
  readonly ticket: Record_
  readonly roles: Roles
  readonly fields: Fields
  readonly openedAt: Instant
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))] : []
}

/** Audits have a message and changes of one moment and author. */
function ofAudit(audit: Record_, scene: Scene): Step[] {
  const events = Array.isArray(audit['events']) ? (audit['events'] as Record_[]) : []
  const comment = events.find(({ type }) => type === 'Comment' || type === 'VoiceComment')
  const set = Object.assign({}, ...events.map((event) => changeOf(event, scene.fields))) as TicketState
  if (comment !== undefined) return [{ ...ofComment(comment, scene, audit), id: String(audit['id']), set }]
  if (Object.keys(set).length === 0) return []
  const at = momentOf(audit['created_at']) ?? scene.openedAt
  return [{ id: String(audit['id']), at, by: authorOf(audit), message: null, set }]
}

function authorOf(record: Record_): string | null {
  const author = fixed(record['author_id'])
  return author === '-1' || author === '0' ? null : author
}

/** A change that stands for itself; what else a ticket has is set at the end. */
function changeOf(event: Record_, fields: Fields): TicketState {
  if (event['type'] !== 'Change' && event['type'] !== 'Create') return {}
  const { field_name: name, value } = event
  switch (name) {
    case 'status': {
      const status = statusOf(value)
      return status === null ? {} : { status }
    }
    case 'priority':
      return { priority: priorityOf(value) }
    case 'assignee_id':
      return { assignee: fixed(value) }
    case 'group_id':
      return { group: fixed(value) }
    case 'subject':
      return { subject: textOf(value) }
    default: {
      const field = fields.get(String(name))
      return field === undefined ? {} : { fields: { [String(name)]: shown(value, field.names) } }
    }
  }
}

/** `public: false` stays inside; who writes for the desk answers, whoever is found under the name today. */
function ofComment(comment: Record_, { ticket, roles, openedAt }: Scene, dated: Record_): Step {
  const by = authorOf(comment) ?? authorOf(dated)
  const isPublic = comment['public'] !== false
  const direction = isPublic ? (isCustomer(by, ticket, roles) ? 'inbound' : 'outbound') : 'internal'
  const { files, html } = filesOf(comment['attachments'], fixed(comment['html_body']))
  const text = textOf(comment['plain_body'] ?? comment['body'])
  const via = comment['via'] ?? dated['via']
  return {
    id: String(comment['audit_id'] ?? comment['id']),
    // Its file names comments where the API names what they came with.
    alsoId: String(comment['id']),
    at: momentOf(comment['created_at']) ?? momentOf(dated['created_at']) ?? openedAt,
    by,
    message: {
      direction,
      text,
      html,
      channel: channelOf(via),
      to: [],
      cc: [],
      rfcMessageId: rfcIdOf(dated) ?? rfcIdOf(comment),
      files,
    },
    set: {},
  }
}

/** The one who asked is a customer even when staff; unknown people are staff that left, unless they take part in the ticket. */
function isCustomer(author: string | null, ticket: Record_, roles: Roles): boolean {
  if (author === null) return false
  if (author === fixed(ticket['requester_id'])) return true
  const role = roles.get(author)
  if (role !== undefined) return role === null
  return [...listOf(ticket['collaborator_ids']), ...listOf(ticket['email_cc_ids'])].includes(author)
}

function rfcIdOf(record: Record_): string | null {
  const metadata = record['metadata'] as { system?: Record_ } | null | undefined
  const id = fixed(metadata?.system?.['message_id'])
  return id === null ? null : /^<.+>$/.test(id) ? id : `<${id}>`
}

function descriptionOf({ ticket, openedAt }: Scene): Step {
  const message = {
    direction: 'inbound' as const,
    text: textOf(ticket['description']),
    html: null,
    channel: channelOf(ticket['via']),
    to: [],
    cc: [],
    rfcMessageId: null,
    files: [],
  }
  return { id: 'description', at: openedAt, by: fixed(ticket['requester_id']), message, set: {} }
}

const MERGED = /\bmerged into (?:request |ticket )?#(\d+)/i

/** A merged ticket carries a tag, and says in its last note where it went. */
function mergedInto(ticket: Record_, steps: readonly Step[]): string | null {
  if (!listOf(ticket['tags']).includes('closed_by_merge')) return null
  const said = steps.findLast(({ message }) => message !== null && MERGED.test(message.text))
  return MERGED.exec(said?.message?.text ?? '')?.[1] ?? null
}
