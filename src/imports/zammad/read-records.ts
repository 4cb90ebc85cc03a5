// Zammad's records as our story. Pure.
import { parse } from 'yaml'
import { suggestPriority } from '#imports/csv/map.ts'
import type { Entry } from '#imports/old-store.ts'
import { fixed, inTime, textOf, utc } from '#imports/read-values.ts'
import type {
  FieldStory,
  FileStory,
  GroupStory,
  OrganizationStory,
  Step,
  TicketState,
  TicketStory,
  UserStory,
} from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import { instant, type Instant } from '#kit/time.ts'
import { messageIdOf } from '#mail/message-id.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { FieldType } from '#setup/field-type.ts'
import type { Channel, Status } from '#tickets/vocabulary.ts'

/** By the type of a state, whatever a desk calls its states. Closed there is what an answer opens again: resolved. */
const STATUSES: Readonly<Record<string, Status>> = {
  new: 'new',
  open: 'open',
  'pending reminder': 'pending',
  'pending action': 'pending',
  closed: 'resolved',
  merged: 'closed',
}
const CHANNELS: Readonly<Record<string, Channel>> = {
  email: 'email',
  phone: 'phone',
  web: 'portal',
  chat: 'chat',
}
const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  input: 'text',
  textarea: 'long_text',
  richtext: 'long_text',
  integer: 'number',
  boolean: 'checkbox',
  date: 'date',
  datetime: 'text',
  select: 'select',
  tree_select: 'select',
  multiselect: 'multi_select',
  multi_tree_select: 'multi_select',
}
/** The user "-" that the system itself acts as, and that owns what nobody owns. */
const NOBODY = '1'

export type Meanings = {
  readonly states: ReadonlyMap<number, string>
  readonly priorities: ReadonlyMap<number, string>
  readonly types: ReadonlyMap<number, string>
  readonly senders: ReadonlyMap<number, string>
  readonly staff: ReadonlySet<string>
  readonly fields: readonly OwnField[]
}
export type OwnField = FieldStory & {
  /** What its values are called. */
  readonly names: ReadonlyMap<string, string>
}
export type Belongings = {
  readonly articles: readonly Entry[]
  readonly histories: readonly Entry[]
  readonly tags: readonly Entry[]
  /** By article. */
  readonly files: ReadonlyMap<number, readonly FileStory[]>
}

export function groupOf(record: Entry): GroupStory {
  const name = textOf(record['name']).replaceAll('::', ' › ')
  return { kind: 'groups', id: String(record['id']), version: versionOf(name), name }
}

export function organizationOf(record: Entry): OrganizationStory {
  const name = textOf(record['name'])
  return { kind: 'organizations', id: String(record['id']), version: versionOf(name), name }
}

/** A user; null for the system's own. */
export function userOf(record: Entry, isStaff: boolean, groups: readonly string[]): UserStory | null {
  const id = String(record['id'])
  if (id === NOBODY) return null
  const email = fixed(record['email'])
  const name = [fixed(record['firstname']), fixed(record['lastname'])]
    .filter((each) => each !== null)
    .join(' ')
  const told = {
    name: name || email || fixed(record['login']) || `User ${id}`,
    email,
    otherEmails: [],
    role: isStaff ? ('agent' as const) : null,
    active: record['active'] === true,
    organization: fixed(record['organization_id']),
    groups,
    phone: fixed(record['phone']) ?? fixed(record['mobile']),
    language: null,
    timeZone: null,
    notes: fixed(record['note']),
    createdAt: utc(record['created_at']),
  }
  return { kind: 'users', id, version: versionOf(told), ...told }
}

/** A field that the desk has made; null for one of a type that is not here. */
export function fieldOf(record: Entry): OwnField | null {
  const type = FIELD_TYPES[String(record['data_type'])]
  const id = textOf(record['name'])
  if (type === undefined || id === '') return null
  const label = textOf(record['display']) || id
  const names = optionsIn(yaml(record['data_option'])['options'])
  const options = type === 'select' || type === 'multi_select' ? [...new Set(names.values())] : []
  const key = `zm_${id.replace(/\W/g, '_')}`.slice(0, 60)
  return { kind: 'fields', id, version: versionOf([label, type, options]), key, label, type, options, names }
}

/** Options as `{ value: name }`, or as a tree of `{ value, name, children }`. */
function optionsIn(options: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const add = (each: unknown) => {
    if (typeof each !== 'object' || each === null) return
    const { value, name, children } = each as Entry
    if (value !== undefined) found.set(String(value), textOf(name ?? value))
    if (Array.isArray(children)) children.forEach(add)
  }
  if (Array.isArray(options)) options.forEach(add)
  else if (typeof options === 'object' && options !== null)
    for (const [value, name] of Object.entries(options)) found.set(value, textOf(name))
  return found
}

/** What Rails wrote as YAML, its own classes taken as plain maps. */
function yaml(text: unknown): Entry {
  if (typeof text === 'object' && text !== null) return text as Entry
  try {
    const read: unknown = parse(textOf(text), { logLevel: 'silent' })
    return typeof read === 'object' && read !== null ? (read as Entry) : {}
  } catch {
    // Preferences that nobody can read name nothing.
    return {}
  }
}

/** What is said of a file beside its bytes. */
export function fileFacts(record: Entry): { name: string; type: string; contentId: string | null } {
  const said = yaml(record['preferences'])
  const type = fixed(said['Mime-Type']) ?? fixed(said['Content-Type'])
  return {
    name: textOf(record['filename']) || 'file',
    type: type?.split(';')[0]?.toLowerCase() ?? 'application/octet-stream',
    contentId: fixed(said['Content-ID'])?.replace(/^<|>$/g, '') ?? null,
  }
}

/** The text of a mail as it came is kept as a file there, and is none. */
export function isShown(record: Entry): boolean {
  const said = yaml(record['preferences'])
  return said['content-alternative'] !== true && said['original-format'] !== true
}

/** Why a ticket never comes; null when it does. */
export function whyNot(ticket: Entry, { states }: Meanings): string | null {
  return states.get(Number(ticket['state_id'])) === 'removed' ? 'deleted there' : null
}

/** The story of a ticket: its articles, and what changed between them. */
export function lifeOf(ticket: Entry, belongings: Belongings, meanings: Meanings): TicketStory {
  const { articles, histories } = belongings
  const openedAt = utc(ticket['created_at']) ?? utc(articles[0]?.['created_at']) ?? instant(0)
  const scene = { ticket, belongings, meanings, openedAt }
  const changes = histories.flatMap((each) => changeOf(each, scene))
  const said = articles.map((each) => articleOf(each, scene))
  const [first, ...rest] = said
  const opening = first === undefined ? [] : [{ ...first, set: { ...begunAs(scene), ...first.set } }]
  const steps = [...opening, ...rest, ...changes]
  return {
    label: `ZM-${textOf(ticket['number'])}`,
    number: /^\d{1,9}$/.test(textOf(ticket['number'])) ? Number(ticket['number']) : null,
    subject: textOf(ticket['title']),
    requester: userIn(ticket['customer_id']),
    channel: first?.message?.channel ?? 'api',
    openedAt,
    participants: [],
    steps: inTime(steps),
    end: { at: utc(ticket['updated_at']) ?? openedAt, set: stateOf(scene) },
    mergedInto: mergedInto(scene),
    isSpam: false,
  }
}

type Scene = {
  readonly ticket: Entry
  readonly belongings: Belongings
  readonly meanings: Meanings
  readonly openedAt: Instant
}

function userIn(value: unknown): string | null {
  const id = fixed(value)
  return id === NOBODY ? null : id
}

function statusOf(id: unknown, { states }: Meanings): Status {
  return STATUSES[states.get(Number(id)) ?? ''] ?? 'open'
}

function priorityOf(id: unknown, { priorities }: Meanings) {
  return suggestPriority((priorities.get(Number(id)) ?? '').replace(/^\d+\s*/, '')) ?? 'normal'
}

function stateOf({ ticket, belongings, meanings }: Scene): TicketState {
  return {
    status: statusOf(ticket['state_id'], meanings),
    priority: priorityOf(ticket['priority_id'], meanings),
    assignee: userIn(ticket['owner_id']),
    group: fixed(ticket['group_id']),
    organization: fixed(ticket['organization_id']),
    tags: [...new Set(belongings.tags.map(({ name }) => textOf(name)))],
    fields: Object.fromEntries(meanings.fields.map((field) => [field.id, valueOf(field, ticket[field.id])])),
  }
}

function valueOf({ names }: OwnField, value: unknown): string | number | boolean | string[] | null {
  const shown = (each: unknown) => names.get(String(each)) ?? textOf(each)
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value === 'number' || typeof value === 'boolean') return names.get(String(value)) ?? value
  return value == null ? null : shown(value)
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  state: 'state_id',
  priority: 'priority_id',
  group: 'group_id',
  owner: 'owner_id',
}

/** How it was before anything changed: what the first change of each kind changed it from, else as it is. */
function begunAs({ ticket, belongings: { histories }, meanings }: Scene): TicketState {
  const first = (attribute: string) => histories.find((each) => each['attribute'] === attribute)
  const before = (attribute: string) => first(attribute)?.['id_from'] ?? ticket[ATTRIBUTES[attribute] ?? '']
  const title = fixed(first('title')?.['value_from'])
  return {
    status: statusOf(before('state'), meanings),
    priority: priorityOf(before('priority'), meanings),
    group: fixed(before('group')),
    assignee: userIn(before('owner')),
    ...(title === null ? {} : { subject: title }),
  }
}

function changeOf(history: Entry, { meanings, openedAt }: Scene): Step[] {
  const to = history['id_to']
  const set = ((): TicketState | null => {
    switch (history['attribute']) {
      case 'state':
        return { status: statusOf(to, meanings) }
      case 'priority':
        return { priority: priorityOf(to, meanings) }
      case 'group':
        return { group: fixed(to) }
      case 'owner':
        return { assignee: userIn(to) }
      case 'title':
        return { subject: textOf(history['value_to']) }
      default:
        return null
    }
  })()
  if (set === null) return []
  const at = utc(history['created_at']) ?? openedAt
  return [
    { id: `change-${String(history['id'])}`, at, by: userIn(history['created_by_id']), message: null, set },
  ]
}

function articleOf(article: Entry, scene: Scene): Step {
  const { meanings, openedAt, belongings } = scene
  const type = meanings.types.get(Number(article['type_id'])) ?? ''
  const isHtml = textOf(article['content_type']).startsWith('text/html')
  const body = textOf(article['body'])
  const direction = directionOf(article, type, scene)
  return {
    id: String(article['id']),
    at: utc(article['created_at']) ?? openedAt,
    by: authorOf(article, direction, scene),
    message: {
      direction,
      text: isHtml ? textOfHtml(body) : body,
      html: isHtml ? body : null,
      channel: CHANNELS[type] ?? 'api',
      to: [textOf(article['to'])].filter((each) => each !== ''),
      cc: [textOf(article['cc'])].filter((each) => each !== ''),
      rfcMessageId: messageIdOf(fixed(article['message_id'])),
      files: belongings.files.get(Number(article['id'])) ?? [],
    },
    set: {},
  }
}

/** Internal is internal, whoever wrote it; so is the word that a merge leaves behind. */
function directionOf(article: Entry, type: string, { ticket, meanings }: Scene) {
  const isMark = type === 'note' && article['body'] === 'merged' && stateType(ticket, meanings) === 'merged'
  if (article['internal'] === true || isMark) return 'internal'
  return meanings.senders.get(Number(article['sender_id'])) === 'Customer' ? 'inbound' : 'outbound'
}

function stateType(ticket: Entry, { states }: Meanings): string | undefined {
  return states.get(Number(ticket['state_id']))
}

/** What an agent noted of a call is the customer's word. */
function authorOf(article: Entry, direction: string, { ticket, meanings }: Scene): string | null {
  const [origin, by] = [userIn(article['origin_by_id']), userIn(article['created_by_id'])]
  if (direction !== 'inbound') return by
  if (origin !== null) return origin
  return by === null || meanings.staff.has(by) ? userIn(ticket['customer_id']) : by
}

function mergedInto({ ticket, belongings: { histories }, meanings }: Scene): string | null {
  if (stateType(ticket, meanings) !== 'merged') return null
  const merge = histories.findLast((each) => each['type'] === 'merged_into')
  return fixed(merge?.['id_to'])
}
