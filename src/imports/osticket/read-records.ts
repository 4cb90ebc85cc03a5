// osTicket's people and fields as our story. Pure.
import { momentIn } from '#imports/csv/moment.ts'
import type { Entry } from '#imports/old-store.ts'
import { entryIn, fixed, textOf, zoneOf } from '#imports/read-values.ts'
import type { FieldStory, GroupStory, OrganizationStory, UserStory } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import type { FieldType } from '#setup/field-type.ts'

const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  text: 'text',
  memo: 'long_text',
  datetime: 'text',
  timezone: 'text',
  phone: 'text',
  bool: 'checkbox',
  choices: 'select',
}

export type OwnField = FieldStory & {
  /** What its values are called. */
  readonly names: ReadonlyMap<string, string>
}

export const departmentName = (id: unknown) => `department-${String(id)}`
export const teamName = (id: unknown) => `team-${String(id)}`
export const staffName = (id: unknown) => `staff-${String(id)}`
export const userName = (id: unknown) => `user-${String(id)}`

/** A department, called by all it stands in. */
export function departmentOf(record: Entry, all: ReadonlyMap<number, Entry>): GroupStory {
  const names = [textOf(record['name'])]
  const seen = new Set([Number(record['id'])])
  for (let above = all.get(Number(record['pid'])); above !== undefined;) {
    names.unshift(textOf(above['name']))
    seen.add(Number(above['id']))
    const pid = Number(above['pid'])
    above = seen.has(pid) ? undefined : all.get(pid)
  }
  const name = names.join(' › ')
  return { kind: 'groups', id: departmentName(record['id']), version: versionOf(name), name }
}

export function teamOf(record: Entry): GroupStory {
  const name = textOf(record['name'])
  return { kind: 'groups', id: teamName(record['id']), version: versionOf(name), name }
}

export function organizationOf(record: Entry): OrganizationStory {
  const name = textOf(record['name'])
  return { kind: 'organizations', id: String(record['id']), version: versionOf(name), name }
}

export function staffOf(record: Entry, zone: string): UserStory {
  const departments = record['departments'] as readonly Entry[]
  const teams = record['teams'] as readonly Entry[]
  const name = ['firstname', 'lastname'].flatMap((part) => fixed(record[part]) ?? []).join(' ')
  return personOf(staffName(record['id']), record, zone, {
    name: name || fixed(record['email']) || `Agent ${String(record['id'])}`,
    email: fixed(record['email']),
    otherEmails: [],
    role: 'agent',
    active: Number(record['isactive']) === 1,
    organization: null,
    groups: [
      ...new Set([
        departmentName(record['dept_id']),
        ...departments.map((each) => departmentName(each['dept_id'])),
        ...teams.map((each) => teamName(each['team_id'])),
      ]),
    ],
    phone: fixed(record['phone']) ?? fixed(record['mobile']),
    timeZone: zoneOf(record['timezone']),
  })
}

export function userOf(record: Entry, zone: string): UserStory {
  const [email = null, ...otherEmails] = (record['emails'] as readonly Entry[]).flatMap(
    (each) => fixed(each['address']) ?? [],
  )
  return personOf(userName(record['id']), record, zone, {
    name: fixed(record['name']) ?? email ?? `User ${String(record['id'])}`,
    email,
    otherEmails,
    role: null,
    active: true,
    organization: Number(record['org_id']) > 0 ? String(record['org_id']) : null,
    groups: [],
    // An extension stands behind an X.
    phone: fixed(record['phone'])?.replace(/X$/, '') ?? null,
    timeZone: zoneOf(record['timezone']),
  })
}

type Known = Omit<UserStory, 'kind' | 'id' | 'version' | 'language' | 'notes' | 'createdAt'>

function personOf(id: string, record: Entry, zone: string, known: Known): UserStory {
  const createdAt = momentIn(textOf(record['created']), 'ymd', zone)
  const told = { ...known, language: null, notes: null, createdAt }
  return { kind: 'users', id, version: versionOf(told), ...told }
}

/** A field of a form of tickets; null for what a ticket has anyway, and for what only stands there to be read. */
export function fieldOf(record: Entry, items: readonly Entry[]): OwnField | null {
  const id = String(record['id'])
  const [kind, name] = [textOf(record['type']), textOf(record['name'])]
  const list = /^list-(\d+)$/.exec(kind)?.[1]
  const said = entryIn(record['configuration'])
  const single = list === undefined ? FIELD_TYPES[kind] : 'select'
  if (single === undefined || name === 'subject') return null
  const type = single === 'select' && isMany(said['multiselect']) ? 'multi_select' : single
  const names = new Map(list === undefined ? choicesIn(said['choices']) : itemsOf(items, Number(list)))
  const label = textOf(record['label']) || name || `Field ${id}`
  const options = type === 'select' || type === 'multi_select' ? [...new Set(names.values())] : []
  const version = versionOf([label, type, options])
  return { kind: 'fields', id, version, key: `ot_${id}`, label, type, options, names }
}

function isMany(value: unknown): boolean {
  return value === true || value === 1 || value === '1'
}

/** A line for each choice: its key and what it is called, or one word for both. */
function choicesIn(lines: unknown): [string, string][] {
  return textOf(lines)
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [key = '', ...label] = line.split(':')
      const shown = label.join(':').trim() || key.trim()
      return shown === '' ? [] : [[key.trim(), shown]]
    })
}

function itemsOf(items: readonly Entry[], list: number): [string, string][] {
  return items
    .filter((each) => Number(each['list_id']) === list)
    .map((each) => [String(each['id']), textOf(each['value'])])
}

/** A value of a field: choices are kept with what they are called. */
export function valueOf({ type, names }: OwnField, value: unknown): string | string[] | null {
  const shown = fixed(value)
  if (shown === null || (type !== 'select' && type !== 'multi_select')) return shown
  const chosen = Object.entries(entryIn(shown)).map(([key, label]) => names.get(key) ?? textOf(label))
  if (type === 'multi_select') return chosen.length > 0 ? chosen : [names.get(shown) ?? shown]
  return chosen[0] ?? names.get(shown) ?? shown
}
