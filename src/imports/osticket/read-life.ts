// osTicket's tickets as our story: what was said, and what its events say of status, owner and department. Pure.
import { momentIn } from '#imports/csv/moment.ts'
import type { Entry } from '#imports/old-store.ts'
import {
  departmentName,
  staffName,
  teamName,
  userName,
  valueOf,
  type OwnField,
} from '#imports/osticket/read-records.ts'
import { begunAt, entryIn, fixed, idIn, inTime, textOf } from '#imports/read-values.ts'
import type { FileStory, Step, TicketState, TicketStory } from '#imports/story.ts'
import type { Instant } from '#kit/time.ts'
import { messageIdOf } from '#mail/message-id.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Channel, Priority, Status } from '#tickets/vocabulary.ts'

/** By the state of a status, whatever a desk calls its statuses. Closed there is what an answer opens again: resolved. */
const STATUSES: Readonly<Record<string, Status>> = { open: 'open', closed: 'resolved', archived: 'closed' }
const CHANNELS: Readonly<Record<string, Channel>> = { web: 'portal', email: 'email', phone: 'phone' }
const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low']
const LINKED = 0x8
/** What somebody has written anew is kept, and hidden. */
const HIDDEN = 0x4

export type Meanings = {
  /** Of wall clocks. */
  readonly zone: string
  readonly states: ReadonlyMap<number, string>
  /** Of priorities: 1 is the most urgent. */
  readonly urgencies: ReadonlyMap<number, number>
  readonly fields: readonly OwnField[]
}
export type Belongings = {
  readonly entries: readonly Entry[]
  readonly events: readonly Entry[]
  /** By entry. */
  readonly files: ReadonlyMap<number, readonly FileStory[]>
}

/** The ticket that this one was merged into; null for none. One that is only shown beside another is none. */
export function mergedInto(ticket: Entry): number | null {
  const parent = Number(ticket['ticket_pid'])
  return parent > 0 && (Number(ticket['flags']) & LINKED) === 0 ? parent : null
}

/** The thread in which something was said before a merge took it along; null for none. */
export function saidBefore(entry: Entry): number | null {
  return idIn(entryIn(entry['merged'])['thread'])
}

/** Why a ticket never comes; null when it does. */
export function whyNot(ticket: Entry, { states }: Meanings): string | null {
  return states.get(Number(ticket['status_id'])) === 'deleted' ? 'deleted there' : null
}

/** The story of a ticket. */
export function lifeOf(ticket: Entry, belongings: Belongings, meanings: Meanings): TicketStory {
  const openedAt = begunAt([ticket, ...belongings.entries].map((each) => at(each, 'created', meanings)))
  const scene = { ticket, belongings, meanings, openedAt }
  const said = belongings.entries.flatMap((each) => entryOf(each, scene))
  const [first, ...rest] = said
  const opening = first === undefined ? [] : [{ ...first, set: begunAs(scene) }]
  const number = textOf(ticket['number'])
  const into = mergedInto(ticket)
  const values = ticket['values'] as readonly Entry[]
  const subject = fixed(values.find(({ name }) => name === 'subject')?.['value'])
  return {
    label: `OT-${number}`,
    number: /^0*\d{1,9}$/.test(number) ? Number(number) : null,
    subject: subject ?? textOf(belongings.entries[0]?.['title']),
    requester: personIn(ticket['user_id']),
    channel: channelOf(ticket['source']),
    openedAt,
    participants: [
      ...new Set((ticket['readers'] as readonly Entry[]).map((each) => userName(each['user_id']))),
    ]
      .filter((person) => person !== personIn(ticket['user_id']))
      .map((person) => ({ person, role: 'cc' })),
    steps: inTime([...opening, ...rest, ...belongings.events.flatMap((each) => changeOf(each, scene))]),
    end: { at: at(ticket, 'updated', meanings) ?? openedAt, set: stateOf(scene) },
    mergedInto: into === null ? null : String(into),
    isSpam: false,
    unlisted: new Map(
      belongings.entries.flatMap((each) => {
        const [id, name] = [unlisted(each), fixed(each['poster'])]
        return id === null || name === null ? [] : [[id, name] as const]
      }),
    ),
  }
}

type Scene = {
  readonly ticket: Entry
  readonly belongings: Belongings
  readonly meanings: Meanings
  readonly openedAt: Instant
}

function at(record: Entry, column: string, { zone }: Meanings): Instant | null {
  return momentIn(textOf(record[column]), 'ymd', zone)
}

function personIn(id: unknown): string | null {
  return Number(id) > 0 ? userName(id) : null
}

function staffIn(id: unknown): string | null {
  return Number(id) > 0 ? staffName(id) : null
}

function channelOf(source: unknown): Channel {
  return CHANNELS[textOf(source).toLowerCase()] ?? 'api'
}

/** Where it lies: with a team when one has it, else in its department. */
function groupIn(ticket: Entry): string {
  return Number(ticket['team_id']) > 0 ? teamName(ticket['team_id']) : departmentName(ticket['dept_id'])
}

/** How it began, and where: the event of its creation says it. */
function begunAs({ ticket, belongings: { events } }: Scene): TicketState {
  const began = events.find(({ name }) => name === 'created')
  const department = Number(began?.['dept_id']) || Number(ticket['dept_id'])
  return { status: 'new', group: departmentName(department) }
}

function stateOf({ ticket, meanings }: Scene): TicketState {
  const values = ticket['values'] as readonly Entry[]
  const state = STATUSES[meanings.states.get(Number(ticket['status_id'])) ?? ''] ?? 'open'
  const assignee = staffIn(ticket['staff_id'])
  const isTaken = assignee !== null || Number(ticket['isanswered']) === 1
  const own = new Map(values.map((each) => [String(each['id']), each['value']]))
  return {
    status: state === 'open' && !isTaken ? 'new' : state,
    priority: priorityIn(values, meanings),
    assignee,
    group: groupIn(ticket),
    fields: Object.fromEntries(meanings.fields.map((field) => [field.id, valueOf(field, own.get(field.id))])),
  }
}

function priorityIn(values: readonly Entry[], { urgencies }: Meanings): Priority {
  const chosen = values.find(({ type }) => type === 'priority')
  const id = Number(chosen?.['value_id'] ?? Object.keys(entryIn(chosen?.['value']))[0])
  return PRIORITIES[(urgencies.get(id) ?? 3) - 1] ?? 'normal'
}

function changeOf(event: Entry, scene: Scene): Step[] {
  const set = setBy(event, scene.meanings)
  if (set === null) return []
  const by = event['uid_type'] === 'S' ? staffIn(event['uid']) : null
  const moment = at(event, 'timestamp', scene.meanings) ?? scene.openedAt
  return [{ id: `event-${String(event['id'])}`, at: moment, by, message: null, set }]
}

function setBy(event: Entry, { states }: Meanings): TicketState | null {
  const data = entryIn(event['data'])
  // A status is named by its number, or by number and name.
  const id = Number(Array.isArray(data['status']) ? data['status'][0] : data['status'])
  const status = STATUSES[states.get(id) ?? '']
  switch (event['name']) {
    case 'closed':
      return { status: status ?? 'resolved' }
    case 'reopened':
      return { status: 'open' }
    case 'edited':
      return status === undefined ? null : { status }
    case 'assigned':
      return assignedBy(event, data)
    case 'released':
      return { assignee: null }
    case 'transferred':
      return { group: departmentName(event['dept_id']) }
    default:
      return null
  }
}

function assignedBy(event: Entry, data: Entry): TicketState | null {
  if (data['team'] !== undefined) return { group: teamName(firstOf(data['team'])) }
  const assignee = data['claim'] === true ? staffIn(event['uid']) : staffIn(firstOf(data['staff']))
  return assignee === null ? null : { assignee }
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

/** What was said; nothing for what its author wrote anew. Who wrote it says its kind, whether or not they are there still. */
function entryOf(entry: Entry, { ticket, belongings, meanings, openedAt }: Scene): Step[] {
  const type = textOf(entry['type'])
  if ((Number(entry['flags']) & HIDDEN) !== 0 || !['M', 'R', 'N'].includes(type)) return []
  const direction = type === 'M' ? 'inbound' : type === 'R' ? 'outbound' : 'internal'
  const body = textOf(entry['body'])
  // A dash alone stands for nothing.
  const written = body === '-' ? '' : body
  const html = entry['format'] === 'html' ? written : null
  const id = String(entry['id'])
  return [
    {
      id,
      at: at(entry, 'created', meanings) ?? openedAt,
      by:
        direction === 'inbound'
          ? (personIn(entry['user_id']) ?? unlisted(entry))
          : (staffIn(entry['staff_id']) ?? goneStaff(entry, direction)),
      message: {
        direction,
        text: html === null ? written : textOfHtml(html),
        html,
        channel: channelOf(textOf(entry['source']) || ticket['source']),
        to: [],
        cc: [],
        rfcMessageId: messageIdOf(fixed(entry['mid'])),
        files: belongings.files.get(Number(id)) ?? [],
      },
      set: {},
    },
  ]
}

/** Whoever wrote without a number is known by the name that stands there alone, and is never taken for the ticket's customer. */
function unlisted(entry: Entry): string | null {
  const poster = fixed(entry['poster'])
  return poster === null ? null : `unlisted-${poster.toLowerCase()}`
}

/** An agent without a number has left; a note of nobody is the desk's own. */
function goneStaff(entry: Entry, direction: string): string | null {
  const poster = textOf(entry['poster']).trim()
  return direction === 'outbound' && poster !== '' ? `gone-${poster.toLowerCase()}` : null
}
