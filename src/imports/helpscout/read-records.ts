// Help Scout's records as our story. Pure. Names of its API: https://developer.helpscout.com/mailbox-api/
import type { Json } from '#imports/client.ts'
import { allSaid, filledAs, unknownPlaceholders } from '#imports/placeholders.ts'
import { fixed, momentOf, textOf, zoneOf } from '#imports/read-values.ts'
import type {
  FieldStory,
  GroupStory,
  OrganizationStory,
  ReplyStory,
  Skipped,
  UserStory,
} from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import { htmlOfText } from '#mail/sanitise.ts'
import type { Role } from '#people/role.ts'
import type { FieldType } from '#setup/field-type.ts'

const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  SINGLE_LINE: 'text',
  MULTI_LINE: 'long_text',
  DATE: 'date',
  NUMBER: 'number',
  DROPDOWN: 'select',
}
const ROLES: Readonly<Record<string, Role>> = { owner: 'admin', admin: 'admin', user: 'agent' }

/** What lies in a record beside it, under a name. */
export function within(record: Json, name: string): readonly Json[] {
  const list = (record['_embedded'] as Json | undefined)?.[name]
  return Array.isArray(list) ? (list as Json[]) : []
}

/** Users and customers, mailboxes and teams count for themselves there: here each name says what it is of. */
export const nameOf = {
  user: (id: unknown) => `u${String(id)}`,
  customer: (id: unknown) => `c${String(id)}`,
  mailbox: (id: unknown) => `m${String(id)}`,
  team: (id: unknown) => `t${String(id)}`,
} as const

/** A mailbox or a team; both become teams. */
export function groupOf(record: Json, name: (id: unknown) => string): GroupStory {
  const told = textOf(record['name']).trim()
  return { kind: 'groups', id: name(record['id']), version: versionOf(told), name: told }
}

/** One of the staff, with the teams and mailboxes that they are in. */
export function userOf(record: Json, groups: ReadonlyMap<string, readonly string[]>): UserStory {
  const id = nameOf.user(record['id'])
  const others = record['alternateEmails']
  const told = {
    name: namesOf(record),
    email: fixed(record['email']),
    otherEmails: Array.isArray(others) ? others.flatMap((each) => fixed(each) ?? []) : [],
    role: ROLES[String(record['role'])] ?? ('agent' as const),
    active: true,
    organization: null,
    groups: groups.get(id) ?? [],
    phone: fixed(record['phone']),
    language: null,
    timeZone: zoneOf(record['timezone']),
    notes: null,
    createdAt: momentOf(record['createdAt']),
  }
  return { kind: 'users', id, version: versionOf(told), ...told }
}

/** A customer, after the organisation that they name. */
export function customerOf(record: Json): (OrganizationStory | UserStory)[] {
  const id = nameOf.customer(record['id'])
  const [email = null, ...otherEmails] = within(record, 'emails').flatMap(({ value }) => fixed(value) ?? [])
  const organization = fixed(record['organization'])
  const told = {
    name: namesOf(record) || (email ?? ''),
    email,
    otherEmails,
    role: null,
    active: true,
    organization,
    groups: [],
    phone: within(record, 'phones').flatMap(({ value }) => fixed(value) ?? [])[0] ?? null,
    language: null,
    timeZone: null,
    notes: fixed(record['background']),
    createdAt: momentOf(record['createdAt']),
  }
  const user: UserStory = { kind: 'users', id, version: versionOf(told), ...told }
  if (organization === null) return [user]
  return [
    { kind: 'organizations', id: organization, version: versionOf(organization), name: organization },
    user,
  ]
}

function namesOf(record: Json): string {
  const names = [record['firstName'] ?? record['first'], record['lastName'] ?? record['last']]
  return names.map(textOf).join(' ').trim()
}

/** A field of a mailbox's conversations; null for a type that is not known. */
export function fieldOf(record: Json): FieldStory | null {
  const type = FIELD_TYPES[String(record['type'])]
  if (type === undefined) return null
  const id = String(record['id'])
  const label = textOf(record['name'])
  const given = record['options']
  const options = Array.isArray(given) ? given.map((each: Json) => textOf(each['label'])) : []
  return {
    kind: 'fields',
    id,
    version: versionOf([label, type, options]),
    key: `hs${id}`,
    label,
    type,
    options,
  }
}

const VARIABLES = {
  'customer.firstname': 'requester.firstName',
  'customer.fullname': 'requester.name',
  'customer.email': 'requester.email',
  'user.firstname': 'agent.firstName',
  'user.fullname': 'agent.name',
  'conversation.number': 'ticket.id',
  'conversation.subject': 'ticket.subject',
  'mailbox.name': 'desk.name',
  'company.name': 'desk.name',
} as const

/** A saved reply; where there are several mailboxes it is for the team of its own. */
export function replyOf(record: Json, group: string | null): ReplyStory {
  const plain = fixed(record['chatText'])
  const filled = filledAs(
    fixed(record['text']) ?? (plain === null ? '' : htmlOfText(plain)),
    'braces',
    VARIABLES,
  )
  const told = {
    name: textOf(record['name']),
    folder: '',
    html: filled.text,
    messageKind: 'reply' as const,
    owner: null,
    group,
    isInUse: true,
    set: {},
    mended: allSaid([unknownPlaceholders(filled.unknown)]),
  }
  return { kind: 'replies', id: String(record['id']), version: versionOf(told), ...told }
}

/** Why a conversation never comes; null when it does. */
export function whyNot(record: Json): Skipped | null {
  const skipped = (reason: string): Skipped => ({
    kind: 'tickets',
    id: String(record['id']),
    skipped: reason,
  })
  if (record['state'] === 'deleted') return skipped('deleted there')
  return record['state'] === 'draft' ? skipped('a draft there') : null
}

/** The version of a conversation: what its record says, but not how long ago something was when it was asked. */
export function versionOfConversation(record: Json): string {
  const { customerWaitingSince, preview: _preview, _links, ...rest } = record
  return versionOf({ ...rest, since: (customerWaitingSince as Json | undefined)?.['time'] ?? null })
}
