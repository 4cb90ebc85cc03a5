// Zendesk's own export, whose files have a record in each line: organisations, users and tickets with their comments, read as what its API
// gives. It is known by the host that its records name, so that the API goes on where the file ends.
import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rolesOf } from '#imports/cast-store.ts'
import { exportKinds } from '#imports/kinds.ts'
import { fromDisk, type Open } from '#imports/files.ts'
import { fixed, textOf } from '#imports/read-values.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Batch, Ending, Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { teller } from '#imports/teller.ts'
import { linesBehind, type Placed } from '#imports/text-lines.ts'
import { lifeOf } from '#imports/zendesk/read-life.ts'
import {
  groupOf,
  organizationOf,
  ticketVersion,
  userOf,
  whyNot,
  type Record_,
} from '#imports/zendesk/read-records.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { Role } from '#people/role.ts'

const KINDS = exportKinds
type Kind = (typeof KINDS)[number]
const AT_ONCE = 100
/** A ticket with all its comments is a line, and some are long. */
const MOST_CHARACTERS = 16_000_000
const FILE = /\.(?:json|jsonl|ndjson)$/i

/** A file of an export as it was given. */
export type Given = { readonly name: string; readonly open: Open }

/** The files of an export, or a folder of them; the desk is the one that is named, or that its records name. */
export async function exportSource(
  desk: Desk,
  paths: readonly string[],
  named: string | null,
): Promise<Source<Item, ReadyItem>> {
  const given = paths.flatMap(inFolder).map((path) => ({ name: basename(path), open: fromDisk(path) }))
  const { files } = await filesOf(given)
  const host = named ?? files.find((each) => each.host !== null)?.host
  if (host == null)
    throw fault('The records do not say which desk they are of: name it by --name company.zendesk.com')
  return exportOf(desk, given, exportName(host))
}

/** What a desk is called among the sources; an import by its API goes on under the same name. */
export function exportName(host: string): string {
  return `zendesk:${host
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')}`
}

/** Some files of one desk. */
export function exportOf(desk: Desk, given: readonly Given[], name: string): Source<Item, ReadyItem> {
  const known: Known = {
    roles: new Map(),
    groups: new Set(),
    told: (users) => rolesOf(desk.database, name, users),
  }
  return {
    name,
    kind: 'zendesk',
    async *batches(from) {
      const { files, unknown } = await filesOf(given)
      return yield* batchesOf(files, unknown, known, from)
    },
    ...teller(desk, name, null),
  }
}

/** What one file holds; throws when that is nothing of an export. */
export async function surveyExport(
  given: Given,
): Promise<{ kind: Kind; host: string | null; records: number }> {
  const { files } = await filesOf([given])
  const [file] = files
  if (file === undefined) throw new Error('Bug: a file of an export that is none')
  let records = 0
  for await (const { text } of linesBehind(given.open, 0)) {
    const record = recordIn(text)
    if (record !== null && kindOf(record) === file.kind) records++
  }
  return { kind: file.kind, host: file.host, records }
}

type File = Given & { readonly kind: Kind; readonly host: string | null }
type Known = {
  readonly roles: Map<string, Role | null>
  readonly groups: Set<string>
  readonly told: (users: readonly string[]) => Promise<ReadonlyMap<string, Role | null>>
}

/** People before their tickets; of one kind by name. */
async function filesOf(given: readonly Given[]): Promise<{ files: File[]; unknown: string[] }> {
  const files: File[] = []
  const unknown: string[] = []
  for (const { name, open } of given) {
    const before = files.length
    let isEmpty = true
    for await (const { text } of linesBehind(open, 0)) {
      isEmpty &&= text.trim() === ''
      const record = recordIn(text)
      const kind = record === null ? null : kindOf(record)
      // Some begin with a line that says what follows.
      if (record === null || kind === null) continue
      files.push({ name, open, kind, host: hostOf(record) })
      break
    }
    if (!isEmpty && files.length === before) unknown.push(name)
  }
  if (files.length === 0)
    throw fault('There is no export of Zendesk: none of its lines is a ticket, user or organisation')
  const sorted = files.toSorted(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
  return { files: sorted, unknown }
}

function inFolder(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw fault(`There is no ${path}`)
  if (!stat.isDirectory()) return [path]
  return readdirSync(path)
    .filter((each) => FILE.test(each))
    .map((each) => join(path, each))
}

const fault = (message: string) => new Fault(message, { retryable: false, code: 'EXPORT' })

type Place = { readonly file: number; readonly line: number; readonly done: number }

async function* batchesOf(
  files: readonly File[],
  unknown: readonly string[],
  known: Known,
  from: unknown,
): AsyncGenerator<Batch<Item>, Ending> {
  const place = (from as Place | null) ?? { file: 0, line: 0, done: 0 }
  const broken: string[] = []
  for (const [file, { name, open, kind }] of files.entries()) {
    // Who writes for the desk must be known again when a run goes on with its tickets: the database says it.
    if (file < place.file) continue
    const start = file === place.file ? place : { line: 0, done: 0 }
    let [line, done, rows]: [number, number, Placed[]] = [start.line, start.done, []]
    const made = (): Batch<Item>[] => {
      const [before, after] = [line, rows.at(-1)?.at ?? line]
      const items = rows.flatMap((row) => itemsOf(row, kind, `${name} line ${row.at}`, known)).slice(done)
      const skipped = done
      ;[line, done, rows] = [after, 0, []]
      if (items.length === 0) return []
      const positionAfter = (count: number): Place =>
        count >= items.length ? { file, line: after, done: 0 } : { file, line: before, done: skipped + count }
      return [{ items, positionAfter }]
    }
    let [last, length] = ['', 0]
    for await (const row of linesBehind(open, start.line)) {
      last = row.text
      length += row.text.length
      if (rows.push(row) < AT_ONCE && length < MOST_CHARACTERS) continue
      length = 0
      yield* made()
    }
    yield* made()
    if (last !== '' && recordIn(last) === null) broken.push(name)
  }
  const problems = [
    ...unknown.map((name) => `${name} was passed over: none of its lines is a ticket, user or organisation`),
    ...(broken.length === 0 ? [] : [`it ends in the middle of a record: ${broken.join(', ')}`]),
  ]
  return {
    complete: problems.length === 0,
    problems: problems.map((reason) => ({ kind: 'file', id: 'file', outcome: 'failed', reason })),
  }
}

function recordIn(text: string): Record_ | null {
  try {
    const record: unknown = JSON.parse(text)
    return typeof record === 'object' && record !== null && !Array.isArray(record)
      ? (record as Record_)
      : null
  } catch {
    return null
  }
}

/** What a record is says its address, or what it has. */
function kindOf(record: Record_): Kind | null {
  const said = /\/api\/v2\/(?:[a-z_]+\/)*?(organizations|users|tickets)\/\d+/.exec(textOf(record['url']))?.[1]
  if (said !== undefined) return said as Kind
  if (record['id'] == null) return null
  if ('comments' in record || ('subject' in record && 'status' in record)) return 'tickets'
  if ('role' in record) return 'users'
  return 'domain_names' in record || 'shared_tickets' in record ? 'organizations' : null
}

function hostOf(record: Record_): string | null {
  const url = textOf(record['url'])
  return URL.canParse(url) ? new URL(url).host : null
}

function itemsOf({ at, text }: Placed, kind: Kind, place: string, known: Known): Item[] {
  const record = recordIn(text)
  const found = record === null ? null : kindOf(record)
  if (record === null || found === null)
    return at === 1 && record !== null ? [] : [{ kind, id: place, place, skipped: 'its line is no record' }]
  if (found === 'organizations') return [{ ...organizationOf(record), place }]
  if (found === 'users') {
    const user = userOf(record, new Map())
    known.roles.set(user.id, user.role)
    return [{ ...user, place }]
  }
  return ticketOf(flat(record), place, known)
}

/** Whom and what a ticket has stands within it there, and by its number in the API. */
function flat(record: Record_): Record_ {
  const numberOf = (name: string) => fixed((record[name] as Record_ | null | undefined)?.['id'])
  const one = ['requester', 'submitter', 'assignee', 'organization', 'group'].map(
    (name) => [`${name}_id`, record[`${name}_id`] ?? numberOf(name)] as const,
  )
  const all = [
    ['collaborator_ids', 'collaborators'],
    ['collaborator_ids', 'collaborator'],
    ['follower_ids', 'followers'],
  ] as const
  const many = all.flatMap(([name, list]) => {
    const given = record[list]
    return name in record || !Array.isArray(given)
      ? []
      : [[name, given.map((each: Record_) => each['id'])] as const]
  })
  return { ...record, ...Object.fromEntries([...one, ...many]) }
}

function ticketOf(ticket: Record_, place: string, known: Known): Item[] {
  const id = String(ticket['id'])
  const group = ticket['group'] as Record_ | null | undefined
  const isNew = group != null && group['id'] != null && !known.groups.has(String(group['id']))
  if (isNew) known.groups.add(String(group['id']))
  const life = async () => {
    const comments = Array.isArray(ticket['comments']) ? (ticket['comments'] as Record_[]) : []
    const authors = [...new Set(comments.map((each) => String(each['author_id'])))]
    const roles = new Map([...(await known.told(authors)), ...known.roles])
    return { ...lifeOf(ticket, { comments }, roles, new Map()), unlisted: namesIn(ticket) }
  }
  const version = ticketVersion(ticket)
  const told: Item = whyNot(ticket) ?? { kind: 'tickets', id, version, life }
  return [...(isNew ? [groupOf(group)] : []), { ...told, place }]
}

/** What those are called who stand within a ticket, for a desk whose users did not come. */
function namesIn(ticket: Record_): ReadonlyMap<string, string> {
  const people = ['requester', 'submitter', 'assignee'].map(
    (name) => ticket[name] as Record_ | null | undefined,
  )
  return new Map(
    people.flatMap((each) => {
      const [id, name] = [fixed(each?.['id']), fixed(each?.['name'])]
      return id === null || name === null ? [] : [[id, name] as const]
    }),
  )
}
