// What is asked of osTicket's database. Names of tables and columns are those of its installer, of 1.14 and later; what older ones keep
// otherwise is asked for as they have it.
import { expectSmall } from '#imports/old-files.ts'
import type { Entry, OldDatabase, Shape } from '#imports/old-store.ts'
import { Fault } from '#kit/fault.ts'

/** A database with what the names of its tables begin with. */
export type Old = { readonly db: OldDatabase; readonly prefix: string }

const COLUMNS: Shape = {
  department: ['id', 'pid', 'name'],
  team: ['team_id', 'name'],
  team_member: ['team_id', 'staff_id'],
  staff: ['staff_id', 'dept_id', 'firstname', 'lastname', 'email', 'phone', 'mobile', 'isactive', 'created'],
  staff_dept_access: ['staff_id', 'dept_id'],
  organization: ['id', 'name'],
  user: ['id', 'org_id', 'default_email_id', 'name', 'created'],
  user_email: ['id', 'user_id', 'address'],
  user_account: ['user_id', 'timezone'],
  form: ['id', 'type'],
  form_field: ['id', 'form_id', 'type', 'label', 'name', 'configuration'],
  form_entry: ['id', 'form_id', 'object_id', 'object_type'],
  form_entry_values: ['entry_id', 'field_id', 'value', 'value_id'],
  list_items: ['id', 'list_id', 'value'],
  ticket_status: ['id', 'state'],
  ticket_priority: ['priority_id', 'priority_urgency'],
  ticket: [
    'ticket_id',
    'number',
    'user_id',
    'status_id',
    'dept_id',
    'staff_id',
    'team_id',
    'flags',
    'source',
    'isanswered',
    'created',
    'updated',
  ],
  thread: ['id', 'object_id', 'object_type'],
  thread_entry: [
    'id',
    'thread_id',
    'staff_id',
    'user_id',
    'type',
    'flags',
    'poster',
    'source',
    'title',
    'body',
    'format',
    'created',
    'updated',
  ],
  thread_entry_email: ['thread_entry_id', 'mid'],
  thread_event: ['id', 'thread_id', 'dept_id', 'data', 'uid', 'uid_type', 'timestamp'],
  thread_collaborator: ['thread_id', 'user_id'],
  attachment: ['object_id', 'type', 'file_id', 'inline'],
  file: ['id', 'bk', 'type', 'size', 'key', 'name'],
  file_chunk: ['file_id', 'chunk_id', 'filedata'],
}

/** Without these nothing can be told. */
export function osticketShape(prefix: string): Shape {
  return Object.fromEntries(Object.entries(COLUMNS).map(([table, names]) => [`${prefix}${table}`, names]))
}

/** A table by its own name, and its columns where they are not everywhere. */
const named =
  ({ prefix }: Old) =>
  (table: string) =>
    `"${prefix}${table}"`

/** Departments, few enough to be read whole, as they stand in each other. */
export function departmentsOf(old: Old): Promise<Entry[]> {
  return old.db.rows(`select id, pid, name from ${named(old)('department')} order by id`)
}

/** Teams behind a number. */
export function teamsAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  return old.db.rows(
    `select team_id as id, name from ${named(old)('team')} where team_id > $1 order by team_id limit $2`,
    [after, limit],
  )
}

/** Organisations behind a number. */
export function organizationsAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  return old.db.rows(
    `select id, name from ${named(old)('organization')} where id > $1 order by id limit $2`,
    [after, limit],
  )
}

/** Agents behind a number, with all departments and teams they are in. */
export async function staffAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  const rows = await old.db.rows(
    `select staff_id as id, dept_id, firstname, lastname, email, phone, mobile, isactive, created from ${t('staff')}
      where staff_id > $1 order by staff_id limit $2`,
    [after, limit],
  )
  const departments = by(
    await old.db.rows(
      `select staff_id, dept_id from ${t('staff_dept_access')} where staff_id = any($1) order by dept_id`,
      [idsOf(rows)],
    ),
    'staff_id',
  )
  const teams = by(
    await old.db.rows(
      `select staff_id, team_id from ${t('team_member')} where staff_id = any($1) order by team_id`,
      [idsOf(rows)],
    ),
    'staff_id',
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    return { ...row, departments: departments.get(id) ?? [], teams: teams.get(id) ?? [] }
  })
}

/** People behind a number, with their addresses, the first one first, and what the form of people says of their phones. */
export async function usersAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  const rows = await old.db.rows(
    `select u.id, u.org_id, u.name, u.created, a.timezone from ${t('user')} u left join ${t('user_account')} a on a.user_id = u.id
      where u.id > $1 order by u.id limit $2`,
    [after, limit],
  )
  const emails = by(
    await old.db.rows(
      `select e.user_id, e.address from ${t('user_email')} e join ${t('user')} u on u.id = e.user_id
        where e.user_id = any($1) order by e.id <> u.default_email_id, e.id`,
      [idsOf(rows)],
    ),
    'user_id',
  )
  const phones = by(
    await old.db.rows(
      `select e.object_id as user_id, v.value from ${t('form_entry')} e join ${t('form_entry_values')} v on v.entry_id = e.id
        join ${t('form_field')} f on f.id = v.field_id where e.object_type = 'U' and f.name = 'phone' and e.object_id = any($1)`,
      [idsOf(rows)],
    ),
    'user_id',
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    return { ...row, emails: emails.get(id) ?? [], phone: phones.get(id)?.[0]?.['value'] ?? null }
  })
}

/** The fields of forms that tickets have, with the items of the lists that some choose from. */
export async function fieldsOf(old: Old): Promise<{ fields: Entry[]; items: Entry[] }> {
  const t = named(old)
  return {
    fields: await old.db.rows(
      `select f.id, f.type, f.label, f.name, f.configuration from ${t('form_field')} f join ${t('form')} m on m.id = f.form_id
        where m.type in ('T', 'G') order by f.id`,
    ),
    items: await old.db.rows(`select id, list_id, value from ${t('list_items')} order by list_id, id`),
  }
}

/** What statuses and priorities mean. */
export async function meaningsOf(old: Old) {
  const t = named(old)
  const statuses = await old.db.rows(`select id, state from ${t('ticket_status')}`)
  const priorities = await old.db.rows(
    `select priority_id, priority_urgency from ${t('ticket_priority')} order by priority_urgency desc`,
  )
  return {
    states: new Map(statuses.map((each) => [Number(each['id']), String(each['state'])])),
    urgencies: new Map(
      priorities.map((each) => [Number(each['priority_id']), Number(each['priority_urgency'])]),
    ),
  }
}

/** Tickets behind a number, with all that changes without their words. */
export async function ticketsAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  const { db, prefix } = old
  // Before 1.15 nothing was merged.
  const pid = db.has(`${prefix}ticket`, 'ticket_pid') ? 'ticket_pid' : 'null as ticket_pid'
  const rows = await db.rows(
    `select ticket_id as id, ${pid}, number, user_id, status_id, dept_id, staff_id, team_id, flags, source, isanswered, created, updated
      from ${t('ticket')} where ticket_id > $1 order by ticket_id limit $2`,
    [after, limit],
  )
  const ids = idsOf(rows)
  const of = (query: string) => db.rows(query, [ids]).then((found) => by(found, 'ticket_id'))
  const own = `${t('thread')} h on h.object_id = any($1) and h.object_type in ('T', 'C')`
  const entries = await of(
    `select h.object_id as ticket_id, count(*) as entries, max(e.updated) as changed from ${t('thread_entry')} e
      join ${own} and h.id = e.thread_id group by h.object_id`,
  )
  const events = await of(
    `select h.object_id as ticket_id, max(e.id) as last from ${t('thread_event')} e join ${own} and h.id = e.thread_id group by h.object_id`,
  )
  const values = await of(
    `select e.object_id as ticket_id, f.id, f.name, f.type, v.value, v.value_id from ${t('form_entry')} e
      join ${t('form_entry_values')} v on v.entry_id = e.id join ${t('form_field')} f on f.id = v.field_id
      where e.object_type = 'T' and e.object_id = any($1) order by f.id`,
  )
  // Who was switched off reads along no more.
  const isActive = db.has(`${prefix}thread_collaborator`, 'isactive') ? 'c.isactive = 1' : 'c.flags & 1 = 1'
  const readers = await of(
    `select h.object_id as ticket_id, c.user_id from ${t('thread_collaborator')} c
      join ${own} and h.id = c.thread_id where ${isActive} order by c.user_id`,
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    const changes = [...(entries.get(id) ?? []), ...(events.get(id) ?? [])]
    return { ...row, changes, values: values.get(id) ?? [], readers: readers.get(id) ?? [] }
  })
}

/** Threads of some tickets, their own and, where they were merged, what is left of it. */
export function threadsOf(old: Old, ticketIds: readonly number[]): Promise<Entry[]> {
  return old.db.rows(
    `select id, object_id from ${named(old)('thread')} where object_id = any($1) and object_type in ('T', 'C')`,
    [ticketIds],
  )
}

/** What was said in some threads; a merge took it along and keeps in which thread it was said. */
export function entriesOf(old: Old, threadIds: readonly number[]): Promise<Entry[]> {
  const t = named(old)
  const canMerge = old.db.has(`${old.prefix}thread_entry_merge`, 'thread_entry_id', 'data')
  return old.db.rows(
    `select e.id, e.thread_id, e.staff_id, e.user_id, e.type, e.flags, e.poster, e.source, e.title, e.body, e.format, e.created,
        (select min(m.mid) from ${t('thread_entry_email')} m where m.thread_entry_id = e.id) as mid,
        ${canMerge ? `(select min(m.data) from ${t('thread_entry_merge')} m where m.thread_entry_id = e.id)` : 'null'} as merged
      from ${t('thread_entry')} e where e.thread_id = any($1) order by e.created, e.id`,
    [threadIds],
  )
}

/** Which of some threads belong to tickets that were merged and are there still. */
export async function mergedThreads(old: Old, threadIds: readonly number[]): Promise<Map<number, number>> {
  const t = named(old)
  if (threadIds.length === 0) return new Map()
  const found = await old.db.rows(
    `select h.id, h.object_id from ${t('thread')} h join ${t('ticket')} k on k.ticket_id = h.object_id
      where h.id = any($1) and h.object_type = 'C' and k.ticket_pid is not null`,
    [threadIds],
  )
  return new Map(found.map((each) => [Number(each['id']), Number(each['object_id'])]))
}

/** What changed in some threads. */
export function eventsOf(old: Old, threadIds: readonly number[]): Promise<Entry[]> {
  const t = named(old)
  // Before 1.14 an event had its name itself.
  const isNumbered = old.db.has(`${old.prefix}thread_event`, 'event_id')
  return old.db.rows(
    `select e.id, e.thread_id, ${isNumbered ? 'n.name' : 'e.state'} as name, e.dept_id, e.data, e.uid, e.uid_type, e.timestamp
      from ${t('thread_event')} e ${isNumbered ? `join ${t('event')} n on n.id = e.event_id` : ''}
      where e.thread_id = any($1) order by e.timestamp, e.id`,
    [threadIds],
  )
}

/** The files of some entries, by the entry. */
export async function filesOf(old: Old, entryIds: readonly number[]): Promise<Map<number, Entry[]>> {
  const t = named(old)
  const found = await old.db.rows(
    `select a.object_id as entry_id, a.inline, coalesce(nullif(a.name, ''), f.name) as name, f.id, f.bk, f.type, f.size, f."key"
      from ${t('attachment')} a join ${t('file')} f on f.id = a.file_id where a.type = 'H' and a.object_id = any($1) order by a.id`,
    [entryIds],
  )
  return by(found, 'entry_id')
}

/** The bytes of a file, whose chunks are joined in their order. */
export async function bytesOf(old: Old, id: number, size: number): Promise<Buffer> {
  expectSmall(size)
  const chunks = await old.db.rows(
    `select filedata from ${named(old)('file_chunk')} where file_id = $1 order by chunk_id`,
    [id],
  )
  const bytes = Buffer.concat(chunks.map(({ filedata }) => filedata as Buffer))
  if (bytes.length === size) return bytes
  throw new Fault('a part of it is gone from the database', { retryable: false })
}

const idsOf = (rows: readonly Entry[]) => rows.map(({ id }) => Number(id))

function by(rows: readonly Entry[], column: string): Map<number, Entry[]> {
  return Map.groupBy(rows, (row) => Number(row[column]))
}
