// Freshdesk's records as our story. Pure. Names of its API: https://developers.freshdesk.com/api
import { filesOf, fixed, momentOf, textOf, zoneOf } from '#imports/read-values.ts'
import { versionOf } from '#imports/version.ts'
import type {
  FieldStory,
  GroupStory,
  OrganizationStory,
  Skipped,
  Step,
  TicketState,
  TicketStory,
  UserStory,
} from '#imports/story.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { FieldType } from '#setup/field-type.ts'
import type { Channel, Priority, Status, TicketType } from '#tickets/vocabulary.ts'

type Entry = Readonly<Record<string, unknown>>

/** 6 and 7 are waiting for the customer and for others unless a desk has renamed them; what else it has of its own is work to do. */
const STATUSES: Readonly<Record<string, Status>> = {
  2: 'open',
  3: 'pending',
  4: 'resolved',
  5: 'closed',
  6: 'pending',
  7: 'on_hold',
}
const PRIORITIES: Readonly<Record<string, Priority>> = { 1: 'low', 2: 'normal', 3: 'high', 4: 'urgent' }
const CHANNELS: Readonly<Record<string, Channel>> = {
  1: 'email',
  2: 'portal',
  3: 'phone',
  7: 'chat',
  9: 'form',
  10: 'email',
}
const OUTBOUND_MAIL = '10'
const TYPES: Readonly<Record<string, TicketType>> = {
  question: 'question',
  incident: 'incident',
  problem: 'problem',
  task: 'task',
}
const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  custom_text: 'text',
  custom_paragraph: 'long_text',
  custom_checkbox: 'checkbox',
  custom_number: 'number',
  custom_decimal: 'number',
  custom_dropdown: 'select',
  custom_date: 'date',
}

/** A group; it becomes a team. */
export function groupOf(record: Entry): GroupStory {
  const name = textOf(record['name'])
  return { kind: 'groups', id: String(record['id']), version: versionOf(name), name }
}

/** A company. */
export function companyOf(record: Entry): OrganizationStory {
  const name = textOf(record['name'])
  return { kind: 'organizations', id: String(record['id']), version: versionOf(name), name }
}

/** An agent, whose person stands inside. */
export function agentOf(record: Entry): UserStory {
  const contact = (record['contact'] ?? record) as Entry
  const groups = Array.isArray(record['group_ids']) ? record['group_ids'].map(String) : []
  return userOf(
    { ...contact, id: record['id'], deactivated: record['deactivated'] },
    { role: 'agent', groups },
  )
}

/** A contact; who was deleted there is still the author of what was said. */
export function contactOf(record: Entry): UserStory {
  return userOf(record, { role: null, groups: [] })
}

function userOf(record: Entry, { role, groups }: Pick<UserStory, 'role' | 'groups'>): UserStory {
  const others = record['other_emails']
  const told = {
    name: textOf(record['name']),
    email: fixed(record['email']),
    otherEmails: Array.isArray(others) ? others.map(textOf) : [],
    role,
    active: record['deactivated'] !== true && record['deleted'] !== true,
    organization: fixed(record['company_id']),
    groups,
    phone: fixed(record['phone']) ?? fixed(record['mobile']),
    language: fixed(record['language'])?.slice(0, 2) ?? null,
    timeZone: zoneOf(record['time_zone']),
    notes: fixed(record['description']),
    createdAt: momentOf(record['created_at']),
  }
  return { kind: 'users', id: String(record['id']), version: versionOf(told), ...told }
}

/** A field of tickets that the desk has made itself; null for the others. */
export function fieldOf(record: Entry): FieldStory | null {
  const type = FIELD_TYPES[String(record['type'])]
  const name = textOf(record['name'])
  if (type === undefined || name === '') return null
  const choices = record['choices']
  const options = Array.isArray(choices) ? choices.map(String) : Object.keys((choices ?? {}) as object)
  const key = `fd_${name.replace(/\W/g, '_')}`.slice(0, 60)
  const label = textOf(record['label'])
  return { kind: 'fields', id: name, version: versionOf([label, type, options]), key, label, type, options }
}

/** Why a ticket never comes; null when it does. */
export function whyNot(record: Entry): Skipped | null {
  if (record['deleted'] !== true) return null
  return { kind: 'tickets', id: String(record['id']), skipped: 'deleted there' }
}

/** The story of a ticket: what it began with, and what was said since. */
export function lifeOf(ticket: Entry, conversations: readonly Entry[]): TicketStory {
  const openedAt = momentOf(ticket['created_at']) ?? instant(0)
  const requester = fixed(ticket['requester_id'])
  const steps = [
    openingOf(ticket, openedAt, requester),
    ...conversations.map((each) => said(each, openedAt)),
    ...endOf(ticket),
  ]
  return {
    label: `FD-${String(ticket['id'])}`,
    number: Number(ticket['id']),
    subject: textOf(ticket['subject']),
    requester,
    channel: CHANNELS[String(ticket['source'])] ?? 'api',
    openedAt,
    participants: [],
    steps: steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    end: { at: momentOf(ticket['updated_at']) ?? openedAt, set: stateOf(ticket) },
    mergedInto: null,
    isSpam: ticket['spam'] === true,
  }
}

function openingOf(ticket: Entry, at: Instant, requester: string | null): Step {
  const isOurs = String(ticket['source']) === OUTBOUND_MAIL
  const by = isOurs ? fixed(ticket['responder_id']) : requester
  const { files, html } = filesOf(ticket['attachments'], fixed(ticket['description']))
  const text = textOf(ticket['description_text'] ?? ticket['description'])
  const channel = CHANNELS[String(ticket['source'])] ?? 'api'
  return {
    id: 'description',
    at,
    by,
    message: {
      direction: isOurs ? 'outbound' : 'inbound',
      text,
      html,
      channel,
      to: [],
      cc: [],
      rfcMessageId: null,
      files,
    },
    set: {},
  }
}

/** `incoming` says who spoke, whoever is found under the number today; `private` stays inside. */
function said(conversation: Entry, openedAt: Instant): Step {
  const { files, html } = filesOf(conversation['attachments'], fixed(conversation['body']))
  const isInside = conversation['private'] === true
  const direction = isInside ? 'internal' : conversation['incoming'] === true ? 'inbound' : 'outbound'
  return {
    id: String(conversation['id']),
    at: momentOf(conversation['created_at']) ?? openedAt,
    by: fixed(conversation['user_id']),
    message: {
      direction,
      text: textOf(conversation['body_text'] ?? conversation['body']),
      html,
      channel: 'email',
      to: [],
      cc: [],
      rfcMessageId: null,
      files,
    },
    set: {},
  }
}

/** When it was resolved and closed, for the last time. */
function endOf(ticket: Entry): Step[] {
  const stats = (ticket['stats'] ?? {}) as Entry
  const status = STATUSES[String(ticket['status'])]
  const [resolvedAt, closedAt] = [momentOf(stats['resolved_at']), momentOf(stats['closed_at'])]
  const isOver = status === 'resolved' || status === 'closed'
  const step = (id: string, at: Instant, to: Status): Step => ({
    id,
    at,
    by: null,
    message: null,
    set: { status: to },
  })
  return [
    ...(isOver && resolvedAt !== null ? [step('resolved', resolvedAt, 'resolved')] : []),
    ...(status === 'closed' && closedAt !== null ? [step('closed', closedAt, 'closed')] : []),
  ]
}

function stateOf(ticket: Entry): TicketState {
  const values = (ticket['custom_fields'] ?? {}) as Entry
  const tags = ticket['tags']
  return {
    status: STATUSES[String(ticket['status'])] ?? 'open',
    priority: PRIORITIES[String(ticket['priority'])] ?? 'normal',
    type: TYPES[textOf(ticket['type']).toLowerCase()] ?? null,
    assignee: fixed(ticket['responder_id']),
    group: fixed(ticket['group_id']),
    organization: fixed(ticket['company_id']),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    fields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])),
  }
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
