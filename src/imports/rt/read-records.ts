// Request Tracker's records as our story. Pure.
import type { Entry } from '#imports/old-store.ts'
import { begunAt, fixed, inTime, textOf, utc, zoneOf } from '#imports/read-values.ts'
import { bytesIn } from '#imports/rt/content.ts'
import { fieldHistory, type FieldHistory } from '#imports/rt/field-changes.ts'
import type {
  FieldStory,
  FileStory,
  GroupStory,
  LinkStory,
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
import type { Priority, Status } from '#tickets/vocabulary.ts'

/** By the names of the lifecycle that comes with it. Resolved is what an answer opens again; a rejected one is over. */
const STATUSES: Readonly<Record<string, Status>> = {
  new: 'new',
  open: 'open',
  stalled: 'pending',
  resolved: 'resolved',
  rejected: 'closed',
}
const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  Freeform: 'text',
  Text: 'long_text',
  Wikitext: 'long_text',
  HTML: 'long_text',
  Select: 'select',
  Combobox: 'select',
  Autocomplete: 'text',
  Date: 'date',
  DateTime: 'text',
  IPAddress: 'text',
  IPAddressRange: 'text',
}

export type Meanings = {
  readonly staff: ReadonlySet<number>
  /** The system itself, and nobody. */
  readonly nobodies: ReadonlySet<number>
  readonly fields: readonly FieldStory[]
}
export type Belongings = {
  readonly transactions: readonly Entry[]
  /** By transaction. */
  readonly parts: ReadonlyMap<number, readonly Entry[]>
  readonly fileOf: (part: Entry) => FileStory
}

export function queueOf(record: Entry): GroupStory {
  const name = textOf(record['name'])
  return { kind: 'groups', id: String(record['id']), version: versionOf(name), name }
}

/** A field of tickets; null for one that holds files. */
export function fieldOf(record: Entry, options: readonly Entry[]): FieldStory | null {
  const id = String(record['id'])
  const single = FIELD_TYPES[textOf(record['type'])]
  if (single === undefined) return null
  const type = single === 'select' && Number(record['most']) !== 1 ? 'multi_select' : single
  const label = textOf(record['name']) || `Field ${id}`
  const names = options.filter((each) => String(each['field']) === id).map((each) => textOf(each['name']))
  const shown = type === 'select' || type === 'multi_select' ? [...new Set(names)] : []
  const version = versionOf([label, type, shown])
  return { kind: 'fields', id, version, key: `rt_${id}`, label, type, options: shown }
}

/** A user; null for the system's own. */
export function userOf(record: Entry, { staff, nobodies }: Meanings): UserStory | null {
  const id = Number(record['id'])
  if (nobodies.has(id)) return null
  const isStaff = staff.has(id)
  // Whoever wrote a mail once is called by their address there.
  const email =
    fixed(record['email']) ?? (textOf(record['name']).includes('@') ? fixed(record['name']) : null)
  const queues = record['queues'] as readonly Entry[]
  const told = {
    name: fixed(record['real_name']) ?? fixed(record['nick_name']) ?? fixed(record['name']) ?? `User ${id}`,
    email,
    otherEmails: [],
    role: isStaff ? ('agent' as const) : null,
    active: Number(record['disabled']) === 0,
    organization: null,
    groups: isStaff ? queues.map((each) => String(each['queue'])) : [],
    phone: fixed(record['work_phone']) ?? fixed(record['mobile_phone']) ?? fixed(record['home_phone']),
    language: null,
    timeZone: zoneOf(record['timezone']),
    notes: fixed(record['comments']),
    createdAt: utc(record['created']),
  }
  return { kind: 'users', id: String(id), version: versionOf(told), ...told }
}

/** Why a ticket never comes; null when it does. */
export function whyNot(ticket: Entry): string | null {
  if (ticket['status'] === 'deleted') return 'deleted there'
  const type = textOf(ticket['type']) || 'ticket'
  return type === 'ticket' ? null : `no ticket but a ${type} there`
}

/** The story of a ticket: its transactions, some with what was said. */
export function lifeOf(ticket: Entry, belongings: Belongings, meanings: Meanings): TicketStory {
  const { transactions } = belongings
  const openedAt = begunAt([ticket, ...transactions].map((each) => utc(each['created'])))
  const watchers = ticket['watchers'] as readonly Entry[]
  const asking = watchers.filter(({ role }) => role === 'Requestor').map((each) => String(each['user_id']))
  const history = fieldHistory(transactions, meanings.fields, fieldsOf(ticket, meanings))
  const scene = { ticket, belongings, meanings, openedAt, asking, history }
  const steps = transactions.flatMap((each) => stepOf(each, scene))
  const opening = steps.findIndex(({ message }) => message !== null)
  const begun = steps[opening]
  if (begun !== undefined) steps[opening] = { ...begun, set: begunAs(scene) }
  const effective = String(ticket['effective_id'])
  return {
    label: `RT-${String(ticket['id'])}`,
    number: Number(ticket['id']),
    subject: textOf(ticket['subject']),
    requester: asking[0] ?? begun?.by ?? null,
    channel: 'email',
    openedAt,
    participants: [
      ...asking.slice(1).map((person) => ({ person, role: 'cc' as const })),
      ...watchers
        .filter(({ role, user_id: id }) => role !== 'Requestor' && !asking.includes(String(id)))
        .map(({ role, user_id: id }) => ({
          person: String(id),
          role:
            role === 'AdminCc' && meanings.staff.has(Number(id)) ? ('follower' as const) : ('cc' as const),
        })),
    ],
    steps: inTime(steps),
    end: { at: utc(ticket['last_updated']) ?? openedAt, set: stateOf(scene) },
    mergedInto: effective === String(ticket['id']) ? null : effective,
    links: ((ticket['links'] ?? []) as readonly Entry[]).flatMap((each) => linkOf(each) ?? []),
    isSpam: false,
    mended: mendedIn(scene),
  }
}

/** What a link of each kind says of the ticket that it begins at. */
const LINKS: Readonly<Record<string, LinkStory['type']>> = {
  RefersTo: 'relates',
  DependsOn: 'blocked_by',
  MemberOf: 'child',
}

function linkOf(link: Entry): LinkStory | null {
  const type = LINKS[textOf(link['type'])]
  return type === undefined ? null : { type, to: String(link['target']), at: utc(link['created']) }
}

type Scene = {
  readonly ticket: Entry
  readonly belongings: Belongings
  readonly meanings: Meanings
  readonly openedAt: Instant
  /** Who asks, the first one first. */
  readonly asking: readonly string[]
  readonly history: FieldHistory
}

function personIn(id: unknown, { nobodies }: Meanings): string | null {
  return Number(id) > 0 && !nobodies.has(Number(id)) ? String(id) : null
}

/** A status of a lifecycle of the desk's own is open, unless the ticket was resolved by it. */
function statusIn(status: unknown, resolved: unknown): Status {
  return STATUSES[textOf(status).toLowerCase()] ?? (utc(resolved) === null ? 'open' : 'resolved')
}

/** Of numbers up to 100; nobody has chosen 0. */
function priorityIn(value: unknown): Priority {
  const priority = Number(value)
  if (!(priority > 0)) return 'normal'
  return priority < 34 ? 'low' : priority < 67 ? 'normal' : 'high'
}

function stateOf({ ticket, meanings }: Scene): TicketState {
  return {
    status: statusIn(ticket['status'], ticket['resolved']),
    priority: priorityIn(ticket['priority']),
    assignee: personIn(ticket['owner'], meanings),
    group: String(ticket['queue']),
    fields: fieldsOf(ticket, meanings),
  }
}

function fieldsOf(ticket: Entry, { fields }: Meanings) {
  const values = Map.groupBy(ticket['values'] as readonly Entry[], (each) => String(each['field']))
  return Object.fromEntries(fields.map((field) => [field.id, valueIn(field, values.get(field.id) ?? [])]))
}

function valueIn({ type }: FieldStory, values: readonly Entry[]): string | string[] | null {
  const shown = values.flatMap((each) => {
    const content = fixed(each['content'])
    if (content !== null || each['large'] == null) return content ?? []
    return isElsewhere(each) ? [] : (fixed(bytesIn(each['large'], each['encoding']).toString()) ?? [])
  })
  if (type === 'multi_select') return shown
  return shown.length === 0 ? null : shown.join(', ')
}

/** What of a ticket could not come with it. */
function mendedIn({ ticket, belongings }: Scene): string | null {
  const values = ticket['values'] as readonly Entry[]
  const texts = belongings.transactions
    .flatMap(({ id }) => belongings.parts.get(Number(id)) ?? [])
    .filter(isText)
  if (texts.some(isElsewhere)) return 'a text lies in a storage outside of the database'
  if (texts.some(({ content, size }) => content == null && Number(size) > 0))
    return 'a text was too large: it comes as a file'
  if (values.some((each) => isElsewhere(each) && each['size'] != null))
    return 'a value of a field lies in a storage outside of the database'
  return values.some(isUnread) ? 'a file or a large text in a field stayed behind' : null
}

/** How it was before anything changed: what the first change of each kind changed it from, else as it is. */
function begunAs({ ticket, belongings: { transactions }, meanings, history }: Scene): TicketState {
  const before = (field: string, column: string) =>
    transactions.find((each) => each['field'] === field && each['type'] !== 'CustomField')?.['old_value'] ??
    ticket[column]
  return {
    status: statusIn(before('Status', 'status'), null),
    priority: priorityIn(before('Priority', 'priority')),
    group: String(before('Queue', 'queue')),
    assignee: personIn(before('Owner', 'owner'), meanings),
    subject: textOf(before('Subject', 'subject')),
    fields: history.first,
  }
}

function stepOf(transaction: Entry, scene: Scene): Step[] {
  const known = {
    id: String(transaction['id']),
    at: utc(transaction['created']) ?? scene.openedAt,
    by: personIn(transaction['creator'], scene.meanings),
  }
  const type = textOf(transaction['type'])
  if (type === 'Create' || type === 'Correspond' || type === 'Comment')
    return messageOf(transaction, known, scene)
  const fields = scene.history.behind.get(known.id)
  const set = fields === undefined ? changeOf(transaction, scene.meanings) : { fields }
  return set === null ? [] : [{ ...known, message: null, set }]
}

function changeOf(transaction: Entry, meanings: Meanings): TicketState | null {
  const to = transaction['new_value']
  switch (transaction['type'] === 'CustomField' ? null : transaction['field']) {
    case 'Status':
      return { status: statusIn(to, null) }
    case 'Owner':
      return { assignee: personIn(to, meanings) }
    case 'Queue':
      return { group: String(to) }
    case 'Priority':
      return { priority: priorityIn(to) }
    case 'Subject':
      return { subject: textOf(to) }
    default:
      return null
  }
}

const isElsewhere = ({ encoding }: Entry) => encoding === 'external'
/** One that holds a file, or more than is fetched of it. */
const isUnread = ({ type, content, size, large }: Entry) =>
  size != null && large == null && (type === 'Image' || type === 'Binary' || fixed(content) === null)
const isText = ({ filename, type }: Entry) =>
  fixed(filename) === null && (type === 'text/plain' || type === 'text/html')

/** The texts of what was said, as far as they can be read. */
function textsOf(parts: readonly Entry[]): readonly Entry[] {
  return parts.filter((part) => isText(part) && !isElsewhere(part) && part['content'] != null)
}

/** What holds no other part and is not shown as text. */
function filesOf(parts: readonly Entry[], shown: readonly Entry[]): readonly Entry[] {
  const around = new Set(parts.map(({ parent }) => Number(parent)))
  return parts.filter(
    (part) =>
      !around.has(Number(part['id'])) &&
      !textOf(part['type']).startsWith('multipart/') &&
      Number(part['size']) > 0 &&
      !shown.includes(part) &&
      !(isText(part) && isElsewhere(part)),
  )
}

/** What was said: by staff it is an answer, unless they ask themselves. The HTML of a mail is taken where there is some, else all of its texts. */
function messageOf(transaction: Entry, known: Pick<Step, 'id' | 'at' | 'by'>, scene: Scene): Step[] {
  const { meanings, asking, belongings } = scene
  const parts = belongings.parts.get(Number(transaction['id'])) ?? []
  const texts = textsOf(parts)
  const of = (type: string) =>
    texts
      .filter((part) => part['type'] === type)
      .map((part) => textOf(bytesIn(part['content'], part['encoding']).toString()))
  const [html = null] = of('text/html')
  const shown = texts.find((part) => part['type'] === 'text/html')
  const files = filesOf(
    parts,
    texts.filter((part) => part === shown || part['type'] !== 'text/html'),
  )
  const isTheirs =
    known.by === null
      ? transaction['type'] === 'Create'
      : !meanings.staff.has(Number(known.by)) || asking.includes(known.by)
  const direction = transaction['type'] === 'Comment' ? 'internal' : isTheirs ? 'inbound' : 'outbound'
  if (parts.length === 0 && transaction['type'] !== 'Create') return []
  const message = {
    direction,
    text: html === null ? of('text/plain').join('\n\n') : textOfHtml(html),
    html,
    channel: 'email',
    to: [],
    cc: [],
    rfcMessageId: messageIdOf(fixed(parts.find(({ parent }) => Number(parent) === 0)?.['message_id'])),
    files: files.map((part) => shownIn(html, belongings.fileOf(part))),
  } as const
  return [
    { ...known, by: direction === 'inbound' ? (known.by ?? asking[0] ?? null) : known.by, message, set: {} },
  ]
}

/** Many mails name all of their files: one stands inside where the text calls it. */
function shownIn(html: string | null, file: FileStory): FileStory {
  if (!('contentId' in file) || file.contentId === null || html?.includes(`cid:${file.contentId}`) === true)
    return file
  return { ...file, contentId: null }
}
