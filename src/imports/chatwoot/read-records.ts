// Chatwoot's records as our story. Pure.
import type { Entry } from '#imports/old-store.ts'
import { entryIn, fixed, inTime, textOf, utc } from '#imports/read-values.ts'
import type {
  FieldStory,
  FileStory,
  GroupStory,
  Step,
  TicketState,
  TicketStory,
  UserStory,
} from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import { instant, type Instant } from '#kit/time.ts'
import { messageIdOf } from '#mail/message-id.ts'
import { written } from '#mail/written.ts'
import type { FieldType } from '#setup/field-type.ts'
import type { Channel, Priority, Status } from '#tickets/vocabulary.ts'

/** By the numbers of its enums. What is pending there a bot still speaks with; what is snoozed waits. */
const STATUSES: readonly Status[] = ['open', 'resolved', 'new', 'on_hold']
const PRIORITIES: readonly Priority[] = ['low', 'normal', 'high', 'urgent']
const FIELD_TYPES: readonly FieldType[] = [
  'text',
  'number',
  'number',
  'number',
  'url',
  'date',
  'select',
  'checkbox',
]
const CHANNELS: Readonly<Record<string, Channel>> = {
  'Channel::Email': 'email',
  'Channel::Api': 'api',
  'Channel::Voice': 'phone',
}
const [INCOMING, TEMPLATE] = [0, 3]
const INPUT_CSAT = 9

export type Belongings = {
  readonly messages: readonly Entry[]
  readonly events: readonly Entry[]
  readonly labels: readonly Entry[]
  /** By message. */
  readonly files: ReadonlyMap<number, readonly FileStory[]>
}

export function teamOf(record: Entry): GroupStory {
  const name = textOf(record['name'])
  return { kind: 'groups', id: String(record['id']), version: versionOf(name), name }
}

/** What the account has made up for its conversations. */
export function fieldOf(record: Entry): FieldStory {
  const id = textOf(record['attribute_key'])
  const type = FIELD_TYPES[Number(record['attribute_display_type'])] ?? 'text'
  const label = textOf(record['attribute_display_name']) || id
  const values = record['attribute_values']
  const options = type === 'select' && Array.isArray(values) ? [...new Set(values.map(textOf))] : []
  const key = `cw_${id.replace(/\W/g, '_')}`.slice(0, 60)
  return { kind: 'fields', id, version: versionOf([label, type, options]), key, label, type, options }
}

/** An agent among the people. */
export const agentName = (id: unknown) => `user-${String(id)}`
const contactName = (id: unknown) => `contact-${String(id)}`

export function agentOf(record: Entry): UserStory {
  const teams = record['teams']
  return personOf(agentName(record['id']), record, {
    role: 'agent',
    groups: Array.isArray(teams) ? teams.map(String) : [],
    phone: null,
  })
}

export function contactOf(record: Entry): UserStory {
  const phone = fixed(record['phone_number'])
  return personOf(contactName(record['id']), record, { role: null, groups: [], phone })
}

function personOf(id: string, record: Entry, known: Pick<UserStory, 'role' | 'groups' | 'phone'>): UserStory {
  const email = fixed(record['email'])
  const told = {
    name: fixed(record['name']) ?? email ?? known.phone ?? 'Visitor',
    email,
    otherEmails: [],
    active: true,
    organization: null,
    language: null,
    timeZone: null,
    notes: null,
    createdAt: utc(record['created_at']),
    ...known,
  }
  return { kind: 'users', id, version: versionOf(told), ...told }
}

/** The story of a conversation: what was said, and when it was resolved and opened again. */
export function lifeOf(
  conversation: Entry,
  { messages, events, labels, files }: Belongings,
  fields: readonly FieldStory[],
): TicketStory {
  const openedAt = utc(conversation['created_at']) ?? instant(0)
  const channel = CHANNELS[String(conversation['channel_type'])] ?? 'chat'
  const said = messages.flatMap((each) => messageOf(each, { conversation, channel, openedAt, files }))
  const steps = [...said, ...events.flatMap(eventOf)]
  const first = said[0]?.message?.text ?? ''
  const mail = entryIn(conversation['additional_attributes'])['mail_subject']
  const line = first.split('\n', 1)[0]?.replace(/\s+/g, ' ').slice(0, 80).toWellFormed()
  return {
    label: `CW-${String(conversation['display_id'])}`,
    number: Number(conversation['display_id']),
    subject: fixed(mail) ?? (line || 'Conversation'),
    requester: conversation['contact_id'] == null ? null : contactName(conversation['contact_id']),
    channel,
    openedAt,
    participants: [],
    steps: inTime(steps),
    end: {
      at: utc(conversation['updated_at']) ?? openedAt,
      set: stateOf(conversation, labels, fields),
    },
    mergedInto: null,
    isSpam: false,
    // Pictures within mails lie at an address of the old server, by no row of their own.
    mended: said.some(({ message }) => message?.html?.includes('/rails/active_storage/') === true)
      ? 'a picture within a mail stayed behind'
      : null,
  }
}

function stateOf(conversation: Entry, labels: readonly Entry[], fields: readonly FieldStory[]): TicketState {
  const values = entryIn(conversation['custom_attributes'])
  const priority = conversation['priority']
  return {
    status: STATUSES[Number(conversation['status'])] ?? 'open',
    priority: priority == null ? 'normal' : (PRIORITIES[Number(priority)] ?? 'normal'),
    assignee: conversation['assignee_id'] == null ? null : agentName(conversation['assignee_id']),
    group: fixed(conversation['team_id']),
    tags: [...new Set(labels.map(({ name }) => textOf(name)))],
    fields: Object.fromEntries(fields.map(({ id }) => [id, plain(values[id])])),
  }
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

type Scene = {
  readonly conversation: Entry
  readonly channel: Channel
  readonly openedAt: Instant
  readonly files: Belongings['files']
}

/** A message; nothing for one that was deleted, and for the question whether it helped. */
function messageOf(message: Entry, { conversation, channel, openedAt, files }: Scene): Step[] {
  const attributes = entryIn(message['content_attributes'])
  const type = Number(message['message_type'])
  if (attributes['deleted'] === true || Number(message['content_type']) === INPUT_CSAT) return []
  const direction = message['private'] === true ? 'internal' : type === INCOMING ? 'inbound' : 'outbound'
  const text = textOf(message['content'])
  const full = entryIn(entryIn(attributes['email'])['html_content'])['full']
  return [
    {
      id: String(message['id']),
      at: utc(message['created_at']) ?? openedAt,
      by: type === TEMPLATE ? null : authorOf(message, direction, conversation),
      message: {
        direction,
        text,
        // What agents write there is Markdown.
        html: direction === 'inbound' ? fixed(full) : written(text, 'markdown').html,
        channel,
        to: [],
        cc: [],
        rfcMessageId: channel === 'email' ? messageIdOf(fixed(message['source_id'])) : null,
        files: files.get(Number(message['id'])) ?? [],
      },
      set: {},
    },
  ]
}

/** Bots are nobody here. A customer whose contact is gone is the one whose conversation it is. */
function authorOf(message: Entry, direction: string, conversation: Entry): string | null {
  const id = message['sender_id']
  if (id != null && message['sender_type'] === 'User') return agentName(id)
  if (id != null && message['sender_type'] === 'Contact') return contactName(id)
  const contact = conversation['contact_id']
  return direction === 'inbound' && contact != null ? contactName(contact) : null
}

function eventOf(event: Entry): Step[] {
  const at = utc(event['event_end_time'])
  if (at === null) return []
  const status = event['name'] === 'conversation_resolved' ? ('resolved' as const) : ('open' as const)
  // Its user is whose conversation it was, not who did it.
  return [{ id: `event-${String(event['id'])}`, at, by: null, message: null, set: { status } }]
}
