// Zendesk's records as our story. Pure. Names of its API: https://developer.zendesk.com/api-reference
import { fixed, momentOf, textOf, zoneOf } from '#imports/read-values.ts'
import { versionOf } from '#imports/version.ts'
import type {
  FieldStory,
  GroupStory,
  OrganizationStory,
  Skipped,
  TicketState,
  UserStory,
} from '#imports/story.ts'
import type { Role } from '#people/role.ts'
import type { FieldType } from '#setup/field-type.ts'
import type { Channel, Priority, Status, TicketType } from '#tickets/vocabulary.ts'

export type Record_ = Readonly<Record<string, unknown>>

/** How the fields of a desk read: names of options, and tags that options and boxes set by themselves. */
export type Fields = ReadonlyMap<
  string,
  { readonly names: ReadonlyMap<string, string>; readonly tag: string | null }
>

const STATUSES: Readonly<Record<string, Status>> = {
  new: 'new',
  open: 'open',
  pending: 'pending',
  hold: 'on_hold',
  solved: 'resolved',
  closed: 'closed',
}
const CHANNELS: Readonly<Record<string, Channel>> = {
  email: 'email',
  web: 'portal',
  web_form: 'form',
  help_center: 'portal',
  mobile_sdk: 'portal',
  mobile: 'portal',
  chat: 'chat',
  native_messaging: 'chat',
  voice: 'phone',
  phone: 'phone',
}
const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  text: 'text',
  textarea: 'long_text',
  checkbox: 'checkbox',
  date: 'date',
  integer: 'number',
  decimal: 'number',
  regexp: 'text',
  tagger: 'select',
  multiselect: 'multi_select',
}

/** The status that a value of Zendesk's is here; null for what is none. */
export function statusOf(value: unknown): Status | null {
  return STATUSES[String(value)] ?? null
}

/** The priority that a value is here; what has none is normal. */
export function priorityOf(value: unknown): Priority {
  return value === 'low' || value === 'high' || value === 'urgent' ? value : 'normal'
}

function typeOf(value: unknown): TicketType | null {
  return value === 'question' || value === 'incident' || value === 'problem' || value === 'task'
    ? value
    : null
}

/** The channel by which something came. */
export function channelOf(via: unknown): Channel {
  return CHANNELS[String((via as Record_ | null)?.['channel'])] ?? 'api'
}

const skipped = (kind: Skipped['kind'], record: Record_, reason: string): Skipped => ({
  kind,
  id: String(record['id']),
  skipped: reason,
})

/** A group; it becomes a team. */
export function groupOf(record: Record_): GroupStory | Skipped {
  if (record['deleted'] === true) return skipped('groups', record, 'deleted there')
  const name = textOf(record['name'])
  return { kind: 'groups', id: String(record['id']), version: versionOf(name), name }
}

/** An organisation. */
export function organizationOf(record: Record_): OrganizationStory | Skipped {
  if (record['deleted_at'] != null) return skipped('organizations', record, 'deleted there')
  const name = textOf(record['name'])
  return { kind: 'organizations', id: String(record['id']), version: versionOf(name), name }
}

const ROLES: Readonly<Record<string, Role>> = { agent: 'agent', admin: 'admin' }

/** A user: a customer, or one of the staff. */
export function userOf(record: Record_, groups: ReadonlyMap<string, readonly string[]>): UserStory {
  const id = String(record['id'])
  const told = {
    name: textOf(record['name']),
    email: fixed(record['email']),
    role: ROLES[String(record['role'])] ?? null,
    active: record['active'] !== false && record['suspended'] !== true,
    organization: fixed(record['organization_id']),
    groups: groups.get(id) ?? [],
    phone: fixed(record['phone']),
    language: fixed(record['locale'])?.slice(0, 2) ?? null,
    timeZone: zoneOf(record['iana_time_zone']),
    notes: fixed(record['notes']),
    createdAt: momentOf(record['created_at']),
  }
  return { kind: 'users', id, version: versionOf(told), otherEmails: [], ...told }
}

/** A field of tickets; null for those that every ticket has. */
export function fieldOf(record: Record_): FieldStory | null {
  const type = FIELD_TYPES[String(record['type'])]
  if (type === undefined) return null
  const id = String(record['id'])
  const label = textOf(record['title'])
  const options = optionsOf(record).map(([, name]) => name)
  return {
    kind: 'fields',
    id,
    version: versionOf([label, type, options]),
    key: `zd${id}`,
    label,
    type,
    options,
  }
}

function optionsOf(record: Record_): (readonly [string, string])[] {
  const options = record['custom_field_options']
  return Array.isArray(options)
    ? options.map((each: Record_) => [String(each['value']), textOf(each['name'])] as const)
    : []
}

/** How values of these fields read. */
export function fieldsOf(records: readonly Record_[]): Fields {
  return new Map(
    records
      .filter((record) => fieldOf(record) !== null)
      .map((record) => [
        String(record['id']),
        { names: new Map(optionsOf(record)), tag: fixed(record['tag']) },
      ]),
  )
}

/** What a ticket's record says of its state. */
export function stateOf(record: Record_, fields: Fields): TicketState {
  const status = statusOf(record['status'])
  const values = valuesOf(record)
  const byFields = new Set(
    values.flatMap(([id, value]) => {
      const field = fields.get(id)
      if (field?.tag != null && value === true) return [field.tag]
      const chosen = Array.isArray(value) ? value : [value]
      return chosen.map(String).filter((each) => field?.names.has(each) === true)
    }),
  )
  const tags = Array.isArray(record['tags']) ? record['tags'].map(String) : []
  return {
    ...(status === null ? {} : { status }),
    priority: priorityOf(record['priority']),
    type: typeOf(record['type']),
    assignee: fixed(record['assignee_id']),
    group: fixed(record['group_id']),
    organization: fixed(record['organization_id']),
    tags: tags.filter((tag) => !byFields.has(tag)),
    fields: Object.fromEntries(
      values.filter(([id]) => fields.has(id)).map(([id, value]) => [id, shown(value, fields.get(id)?.names)]),
    ),
    subject: textOf(record['subject']),
  }
}

/** `fields` repeats `custom_fields`. */
function valuesOf(record: Record_): [string, unknown][] {
  const given = record['custom_fields'] ?? record['fields']
  return Array.isArray(given) ? given.map((each: Record_) => [String(each['id']), each['value']]) : []
}

/** A value as people see it: the name of an option, not its tag. */
export function shown(value: unknown, names: ReadonlyMap<string, string> = new Map()) {
  if (Array.isArray(value)) return value.map((each) => names.get(String(each)) ?? String(each))
  if (typeof value === 'string') return names.get(value) ?? value
  return typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** Why a ticket never comes; null when it does. */
export function whyNot(record: Record_): Skipped | null {
  if (record['status'] === 'deleted') return skipped('tickets', record, 'deleted there')
  const isScrubbed = record['subject'] === 'SCRUBBED' || record['description'] === 'SCRUBBED'
  return isScrubbed ? skipped('tickets', record, 'scrubbed there') : null
}

/** The version of a ticket: what its record says, but not when it was asked. */
export function ticketVersion(record: Record_): string {
  const { generated_timestamp: _, ...rest } = record
  return versionOf(rest)
}
