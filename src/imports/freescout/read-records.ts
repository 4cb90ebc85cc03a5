// FreeScout's records as our story. Pure.
import { momentIn } from '#imports/csv/moment.ts'
import type { Entry } from '#imports/old-store.ts'
import { begunAt, entryIn, fixed, idIn, inTime, textOf, withPictures, zoneOf } from '#imports/read-values.ts'
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
import type { Instant } from '#kit/time.ts'
import { messageIdOf } from '#mail/message-id.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { FieldType } from '#setup/field-type.ts'
import type { Channel, Status } from '#tickets/vocabulary.ts'

const [ROBOT, DELETED_USER] = [2, 3]
const [DRAFT, DELETED] = [1, 3]
const [ACTIVE, SPAM] = [1, 4]
/** Closed there is what an answer opens again: resolved. */
const STATUSES: Readonly<Record<number, Status>> = { [ACTIVE]: 'open', 2: 'pending', 3: 'resolved' }
const [CUSTOMER, NOTE, CHANGE] = [1, 3, 4]
const [STATUS_CHANGED, USER_CHANGED, MOVED] = [1, 2, 3]
const [PHONE, CHAT] = [2, 3]
const [WEB, API] = [2, 3]
const FIELD_TYPES: Readonly<Record<number, FieldType>> = {
  1: 'select',
  2: 'text',
  3: 'long_text',
  4: 'number',
  5: 'date',
  7: 'multi_select',
  8: 'multi_select',
}

export type OwnField = FieldStory & {
  /** What its values are called. */
  readonly names: ReadonlyMap<string, string>
}
export type Meanings = {
  /** Of wall clocks. */
  readonly zone: string
  readonly robots: ReadonlySet<number>
  readonly fields: readonly OwnField[]
  readonly hasOwnNumbers: boolean
}
export type Belongings = {
  readonly threads: readonly Entry[]
  /** By thread. */
  readonly files: ReadonlyMap<number, readonly (FileStory & { contentId: string | null })[]>
  /** By thread, what its text calls the files that stand inside. */
  readonly pictures: ReadonlyMap<number, (address: string) => string | null>
  /** By address, of the people who read along. */
  readonly customers: ReadonlyMap<string, number>
}

const userName = (id: unknown) => `user-${String(id)}`
const customerName = (id: unknown) => `customer-${String(id)}`

export function mailboxOf(record: Entry): GroupStory {
  const name = textOf(record['name'])
  return { kind: 'groups', id: String(record['id']), version: versionOf(name), name }
}

/** A field of the desk's own; options are kept as numbers with their names, or as names alone. */
export function fieldOf(record: Entry): OwnField {
  const id = String(record['id'])
  const type = FIELD_TYPES[Number(record['type'])] ?? 'text'
  const label = textOf(record['name']) || `Field ${id}`
  const names = new Map(
    Object.entries(entryIn(record['options'])).flatMap(([value, name]) => {
      const shown = fixed(name)
      return shown === null ? [] : [[value, shown] as const]
    }),
  )
  const options = type === 'select' || type === 'multi_select' ? [...new Set(names.values())] : []
  const version = versionOf([label, type, options])
  return { kind: 'fields', id, version, key: `fs_${id}`, label, type, options, names }
}

/** A user; null for a program. Who was deleted has an address no more. */
export function userOf(record: Entry, zone: string): UserStory | null {
  if (Number(record['type']) === ROBOT) return null
  const isGone = Number(record['status']) === DELETED_USER
  const mailboxes = record['mailboxes'] as readonly Entry[]
  return personOf(userName(record['id']), record, zone, {
    email: isGone ? null : fixed(record['email']),
    otherEmails: isGone
      ? []
      : textOf(record['emails'])
          .split(',')
          .flatMap((each) => fixed(each) ?? []),
    role: 'agent',
    active: Number(record['status']) === 1,
    groups: mailboxes.map((each) => String(each['mailbox_id'])),
    phone: fixed(record['phone']),
    timeZone: zoneOf(record['timezone']),
    notes: null,
  })
}

export function customerOf(record: Entry, zone: string): UserStory {
  const [email = null, ...otherEmails] = (record['emails'] as readonly Entry[]).flatMap(
    (each) => fixed(each['email']) ?? [],
  )
  const phones = Object.values(entryIn(record['phones']))
  const about = ['company', 'job_title', 'notes'].flatMap((name) => fixed(record[name]) ?? [])
  return personOf(customerName(record['id']), record, zone, {
    email,
    otherEmails,
    role: null,
    active: true,
    groups: [],
    phone: fixed(entryIn(phones[0])['value']),
    timeZone: null,
    notes: about.length === 0 ? null : about.join('\n'),
  })
}

type Known = Pick<
  UserStory,
  'email' | 'otherEmails' | 'role' | 'active' | 'groups' | 'phone' | 'timeZone' | 'notes'
>

function personOf(id: string, record: Entry, zone: string, known: Known): UserStory {
  const name = ['first_name', 'last_name'].flatMap((part) => fixed(record[part]) ?? []).join(' ')
  const told = {
    name: name || known.email || known.phone || (known.role === null ? 'Customer' : 'Agent'),
    organization: null,
    language: null,
    createdAt: momentIn(textOf(record['created_at']), 'ymd', zone),
    ...known,
  }
  return { kind: 'users', id, version: versionOf(told), ...told }
}

/** The conversation that this one was merged into; null for none. What was merged is deleted there. */
export function mergedInto(conversation: Entry): number | null {
  if (Number(conversation['state']) !== DELETED) return null
  const merges = conversation['merges'] as readonly Entry[]
  return merges.map(goesInto).findLast((each) => each !== null) ?? null
}

/** The conversation that the line of a merge says its own went into; null when it says none. */
export function goesInto({ meta }: Entry): number | null {
  return idIn(entryIn(meta)['mic'])
}

/** The conversations that a thread names: where it was before a merge, or which one came. */
export function namedIn(thread: Entry): number[] {
  const meta = entryIn(thread['meta'])
  return [meta['pc'], meta['mwc']].flatMap((each) => idIn(each) ?? [])
}

/** The conversation in which something was said before a merge took it along; null for none. */
export function saidBefore(thread: Entry): number | null {
  return idIn(entryIn(thread['meta'])['pc'])
}

/** Why a conversation never comes; null when it does. */
export function whyNot(conversation: Entry): string | null {
  const state = Number(conversation['state'])
  if (state === DRAFT) return 'a draft there'
  return state === DELETED && mergedInto(conversation) === null ? 'deleted there' : null
}

/** Addresses of those who read along. */
export function copiedIn(conversation: Entry): string[] {
  return Object.values(entryIn(conversation['cc'])).flatMap((each) => fixed(each)?.toLowerCase() ?? [])
}

/** The story of a conversation: what was said, and what changed with it or between. */
export function lifeOf(conversation: Entry, belongings: Belongings, meanings: Meanings): TicketStory {
  const { threads, customers } = belongings
  const openedAt = begunAt([conversation, ...threads].map((each) => at(each, 'created_at', meanings)))
  const scene = { conversation, belongings, meanings, openedAt }
  const steps = inTime(threads.map((each) => stepOf(each, scene)))
  const first = steps.findIndex(({ message }) => message !== null)
  const begun = steps[first]
  if (begun !== undefined)
    steps[first] = { ...begun, set: { group: mailboxesOf(scene)[0] ?? null, ...begun.set } }
  const number = meanings.hasOwnNumbers ? conversation['number'] : conversation['id']
  const into = mergedInto(conversation)
  const cc = [...new Set(copiedIn(conversation).flatMap((email) => customers.get(email) ?? []))]
  return {
    label: `FS-${String(number)}`,
    number: Number(number),
    subject: textOf(conversation['subject']),
    requester: conversation['customer_id'] == null ? null : customerName(conversation['customer_id']),
    channel: begun?.message?.channel ?? 'email',
    openedAt,
    participants: [
      ...cc
        .filter((id) => id !== Number(conversation['customer_id']))
        .map((id) => ({ person: customerName(id), role: 'cc' as const })),
      ...(conversation['followers'] as readonly Entry[]).map((each) => ({
        person: userName(each['user_id']),
        role: 'follower' as const,
      })),
    ],
    steps,
    end: { at: at(conversation, 'updated_at', meanings) ?? openedAt, set: stateOf(scene) },
    mergedInto: into === null ? null : String(into),
    isSpam: Number(conversation['status']) === SPAM,
    mended: steps.some(({ message }) => message?.html?.includes('/storage/attachment/') === true)
      ? 'a picture within a message stayed behind'
      : null,
  }
}

type Scene = {
  readonly conversation: Entry
  readonly belongings: Belongings
  readonly meanings: Meanings
  readonly openedAt: Instant
}

function at(record: Entry, column: string, { zone }: Meanings): Instant | null {
  return momentIn(textOf(record[column]), 'ymd', zone)
}

/** The mailboxes it lay in, one after the other: a move keeps only where it came from. */
function mailboxesOf({ conversation, belongings: { threads } }: Scene): string[] {
  const moves = threads.filter(isMove).map((each) => textOf(each['action_data']))
  return [...moves, String(conversation['mailbox_id'])]
}

function isMove(thread: Entry): boolean {
  return Number(thread['type']) === CHANGE && Number(thread['action_type']) === MOVED
}

function stateOf({ conversation, belongings: { threads }, meanings }: Scene): TicketState {
  const values = new Map(
    (conversation['values'] as readonly Entry[]).map((each) => [
      String(each['custom_field_id']),
      each['value'],
    ]),
  )
  const assignee = assigneeIn(conversation, meanings)
  const isTaken = assignee !== null || threads.some((each) => Number(each['type']) === 2)
  return {
    status: STATUSES[Number(conversation['status'])] === 'open' && !isTaken ? 'new' : statusIn(conversation),
    assignee,
    group: String(conversation['mailbox_id']),
    tags: [...new Set((conversation['tags'] as readonly Entry[]).map(({ name }) => textOf(name)))],
    fields: Object.fromEntries(
      meanings.fields.map((field) => [field.id, valueOf(field, values.get(field.id))]),
    ),
  }
}

function statusIn(record: Entry): Status {
  return STATUSES[Number(record['status'])] ?? 'open'
}

function assigneeIn(record: Entry, { robots }: Meanings): string | null {
  const id = Number(record['user_id'])
  return id > 0 && !robots.has(id) ? userName(id) : null
}

function valueOf({ type, names }: OwnField, value: unknown): string | string[] | null {
  const shown = fixed(value)
  if (shown === null) return null
  if (type !== 'multi_select') return names.get(shown) ?? shown
  return shown.split(',').flatMap((each) => fixed(each) ?? [])
}

function stepOf(thread: Entry, scene: Scene): Step {
  const { meanings, openedAt } = scene
  const known = { id: String(thread['id']), at: at(thread, 'created_at', meanings) ?? openedAt }
  if (Number(thread['type']) === CHANGE)
    return { ...known, by: staffIn(thread, meanings), message: null, set: changeOf(thread, scene) }
  return { ...known, ...messageOf(thread, scene), set: setWith(thread, meanings) }
}

function changeOf(thread: Entry, scene: Scene): TicketState {
  switch (Number(thread['action_type'])) {
    case STATUS_CHANGED:
      return Number(thread['status']) in STATUSES ? { status: statusIn(thread) } : {}
    case USER_CHANGED:
      return { assignee: assigneeIn(thread, scene.meanings) }
    case MOVED:
      return {
        group: mailboxesOf(scene)[scene.belongings.threads.filter(isMove).indexOf(thread) + 1] ?? null,
      }
    default:
      return {}
  }
}

/** What became of the conversation with a message: it notes its owner and status, unless nothing changed. */
function setWith(thread: Entry, meanings: Meanings): TicketState {
  const assignee = assigneeIn(thread, meanings)
  const isNew = Number(thread['type']) === CUSTOMER && Number(thread['first']) === 1 && assignee === null
  const status = STATUSES[Number(thread['status'])]
  return {
    assignee,
    ...(status === undefined ? {} : { status: isNew && status === 'open' ? 'new' : status }),
  }
}

function messageOf(
  thread: Entry,
  { conversation, belongings, meanings }: Scene,
): Pick<Step, 'by' | 'message'> {
  const type = Number(thread['type'])
  const direction = type === CUSTOMER ? 'inbound' : type === NOTE ? 'internal' : 'outbound'
  const id = Number(thread['id'])
  const html = withPictures(textOf(thread['body']), belongings.pictures.get(id) ?? (() => null))
  return {
    by: direction === 'inbound' ? authorIn(thread, conversation) : staffIn(thread, meanings),
    message: {
      direction,
      text: textOfHtml(html),
      html,
      channel: channelOf(thread, conversation),
      to: [],
      cc: [],
      rfcMessageId: direction === 'inbound' ? messageIdOf(fixed(thread['message_id'])) : null,
      files: belongings.files.get(id) ?? [],
    },
  }
}

/** What an agent wrote down of a call is the customer's word. */
function authorIn(thread: Entry, conversation: Entry): string | null {
  const id = thread['created_by_customer_id'] ?? thread['customer_id'] ?? conversation['customer_id']
  return id == null ? null : customerName(id)
}

function staffIn(thread: Entry, { robots }: Meanings): string | null {
  const id = Number(thread['created_by_user_id'])
  return id > 0 && !robots.has(id) ? userName(id) : null
}

function channelOf(thread: Entry, conversation: Entry): Channel {
  const [type, source] = [Number(conversation['type']), Number(thread['source_type'])]
  if (type === PHONE) return 'phone'
  if (type === CHAT) return 'chat'
  if (source === API) return 'api'
  // What agents write on screen leaves as a mail.
  return source === WEB && Number(thread['source_via']) === 1 ? 'portal' : 'email'
}
