// A row of a CSV as our story: its ticket, and the people and teams it names. Pure.
import type { CsvMap } from '#imports/csv/map.ts'
import { momentIn } from '#imports/csv/moment.ts'
import type { Row } from '#imports/csv/table.ts'
import type { CsvTarget } from '#imports/csv/targets.ts'
import type { FieldStory, GroupStory, Step, TicketState, TicketStory, UserStory } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import type { Instant } from '#kit/time.ts'
import { canonicalAddress } from '#mail/address.ts'
import type { Priority, Status } from '#tickets/vocabulary.ts'

export type Told = {
  /** The name that the file gives it; null when it gives none. */
  readonly id: string | null
  readonly version: string
  readonly users: readonly UserStory[]
  readonly groups: readonly GroupStory[]
  readonly story: TicketStory
}
export type Reader = (row: Row) => Told | { readonly id: string | null; readonly problem: string }

const MOST_NAME = 200
const MOST_SUBJECT = 2_000
const MOST_TAGS = 100

/** Reads rows under these headings as the map says. */
export function readerOf(headings: readonly string[], map: CsvMap): Reader {
  const said = new Map(Object.entries(map.columns))
  const columns = new Map<CsvTarget, number>()
  const fields: { readonly name: string; readonly index: number }[] = []
  for (const [index, heading] of headings.entries()) {
    const target = said.get(heading) ?? null
    if (target === 'field') fields.push({ name: heading, index })
    else if (target !== null) columns.set(target, index)
  }
  const meanings = {
    status: byPlain(map.status),
    priority: byPlain(map.priority),
    assignee: byPlain(map.assignee),
  }
  return ({ cells }) => {
    const cell = (target: CsvTarget) => cells[columns.get(target) ?? -1]?.trim() ?? ''
    const id = cell('id').slice(0, MOST_NAME) || null
    try {
      return toldOf(id, { cell, cells, fields, map, meanings })
    } catch (error) {
      if (error instanceof Unreadable) return { id, problem: error.message }
      throw error
    }
  }
}

/** Why a row is set aside. */
class Unreadable extends Error {}

type Meanings = {
  readonly status: ReadonlyMap<string, Status>
  readonly priority: ReadonlyMap<string, Priority>
  readonly assignee: ReadonlyMap<string, string | null>
}
type Given = {
  readonly cell: (target: CsvTarget) => string
  readonly cells: readonly string[]
  readonly fields: readonly { readonly name: string; readonly index: number }[]
  readonly map: CsvMap
  readonly meanings: Meanings
}

function byPlain<Value>(meanings: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(meanings).map(([word, value]) => [plainOf(word), value]))
}

/** Values are the same whatever their case and the blanks around them. */
export function plainOf(word: string): string {
  return word.trim().toLowerCase()
}

function toldOf(id: string | null, given: Given): Told {
  const { cell, cells, fields } = given
  const text = cell('text') || cell('subject')
  if (text === '') throw new Unreadable('it has neither subject nor text')
  const createdAt = momentOf(given, 'createdAt')
  if (createdAt === null) throw new Unreadable('its createdAt is empty')
  const solvedAt = momentOf(given, 'solvedAt')
  const updatedAt = momentOf(given, 'updatedAt')
  const requester = requesterOf(given)
  const assignee = assigneeOf(given)
  const team = cell('team').slice(0, MOST_NAME)
  const status = meant(given, 'status') ?? (solvedAt === null ? 'open' : 'resolved')
  const set: TicketState = {
    status,
    priority: meant(given, 'priority') ?? 'normal',
    tags: tagsOf(cell('tags')),
    ...(assignee === null ? {} : { assignee: assignee.id }),
    ...(team === '' ? {} : { group: plainOf(team) }),
    ...(fields.length === 0
      ? {}
      : { fields: Object.fromEntries(fields.map(({ name, index }) => [name, cells[index]?.trim() ?? ''])) }),
  }
  const subject = (cell('subject') || (text.split(/\r?\n/, 1)[0] ?? ''))
    .replace(/\s+/g, ' ')
    .slice(0, MOST_SUBJECT)
  const story = storyOf({ id, subject, text, requester, createdAt, updatedAt, solvedAt, set })
  return {
    id,
    // What it tells, not how it is written: another map that means the same for it changes nothing.
    version: versionOf(story),
    users: [requester, assignee].filter((each) => each !== null),
    groups: team === '' ? [] : [groupOf(team)],
    story,
  }
}

function storyOf(known: {
  id: string | null
  subject: string
  text: string
  requester: UserStory | null
  createdAt: Instant
  updatedAt: Instant | null
  solvedAt: Instant | null
  set: TicketState
}): TicketStory {
  const { id, subject, text, createdAt, updatedAt, solvedAt, set } = known
  const requester = known.requester?.id ?? null
  const opening: Step = {
    id: 'row',
    at: createdAt,
    by: requester,
    message: {
      direction: 'inbound',
      text,
      html: null,
      channel: 'api',
      to: [],
      cc: [],
      rfcMessageId: null,
      files: [],
    },
    set: {},
  }
  const isOver = set.status === 'resolved' || set.status === 'closed'
  const solved: Step[] =
    isOver && solvedAt !== null && solvedAt >= createdAt
      ? [{ id: 'solved', at: solvedAt, by: null, message: null, set: { status: 'resolved' } }]
      : []
  const moments = [createdAt, solvedAt, updatedAt].filter((each) => each !== null)
  return {
    label: id ?? 'row',
    number: id !== null && /^[1-9]\d{0,8}$/.test(id) ? Number(id) : null,
    subject,
    requester,
    channel: 'api',
    openedAt: createdAt,
    participants: [],
    steps: [opening, ...solved],
    end: { at: moments.toSorted().at(-1) ?? createdAt, set },
    mergedInto: null,
    isSpam: false,
  }
}

function momentOf({ cell, map: { dates } }: Given, target: CsvTarget): Instant | null {
  const text = cell(target)
  if (text === '') return null
  const at = momentIn(text, dates.order, dates.zone)
  if (at === null) throw new Unreadable(`its ${target} is no moment as the dates of this file are written`)
  return at
}

/** What a word means by the map; what it does not name sets the row aside, so that nothing is guessed in silence. */
function meant<Kind extends 'status' | 'priority'>({ cell, meanings }: Given, kind: Kind) {
  const word = cell(kind)
  if (word === '') return null
  const found = (meanings[kind] as ReadonlyMap<string, CsvMap[Kind][string]>).get(plainOf(word))
  if (found === undefined) throw new Unreadable(`the ${kind} “${word.slice(0, 60)}” is not mapped`)
  return found
}

function tagsOf(text: string): string[] {
  const tags = text.split(/[,;|]/).map((tag) => tag.trim().toLowerCase().replace(/\s+/g, '-').slice(0, 60))
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, MOST_TAGS)
}

function requesterOf({ cell }: Given): UserStory | null {
  const name = cell('requesterName').slice(0, MOST_NAME)
  // Some exports write the address where others write the name.
  const email = canonicalAddress(cell('requesterEmail')) ?? canonicalAddress(name)
  return name === '' && email === null ? null : userOf(name, email, null)
}

function assigneeOf({ cell, meanings }: Given): UserStory | null {
  const word = cell('assignee').slice(0, MOST_NAME)
  if (word === '') return null
  const said = meanings.assignee.get(plainOf(word))
  if (said === null) return null
  return userOf(word, canonicalAddress(said ?? word), 'agent')
}

function userOf(name: string, email: string | null, role: UserStory['role']): UserStory {
  const told = {
    name: name === '' || canonicalAddress(name) !== null ? (email ?? name) : name,
    email,
    otherEmails: [],
    role,
    active: role === null,
    organization: null,
    groups: [],
    phone: null,
    language: null,
    timeZone: null,
    notes: null,
    createdAt: null,
  }
  // Kept for as long as the import is: it must not say whose address it was made of. Another spelling of the name is no news.
  const id = versionOf([role, plainOf(email ?? name)])
  return { kind: 'users', id, version: id, ...told }
}

/** A team by its name. */
function groupOf(name: string): GroupStory {
  return { kind: 'groups', id: plainOf(name), version: versionOf([plainOf(name)]), name }
}

/** A column as a field: the one that is here under the name, else a new one for text. */
export function fieldOf(
  heading: string,
  here: readonly { readonly key: string; readonly label: string; readonly type: FieldStory['type'] }[],
): FieldStory {
  const plain = plainOf(heading)
  const known = here.find(({ key, label }) => plainOf(label) === plain || key === plain)
  const key = known?.key ?? `csv_${plain.normalize('NFKD').replace(/[^a-z0-9]+/g, '_')}`.slice(0, 60)
  const told = {
    key,
    label: known?.label ?? heading.slice(0, MOST_NAME),
    type: known?.type ?? ('text' as const),
  }
  return { kind: 'fields', id: heading, version: versionOf([told]), ...told, options: [] }
}
