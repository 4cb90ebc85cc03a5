// What is asked of FreeScout's database. Names of tables and columns are those of its migrations; the two modules that are asked for
// may be missing.
import type { Entry, OldDatabase, Shape } from '#imports/old-store.ts'

/** A database with what the names of its tables begin with. */
export type Old = { readonly db: OldDatabase; readonly prefix: string }

const COLUMNS: Shape = {
  mailboxes: ['id', 'name'],
  mailbox_user: ['mailbox_id', 'user_id'],
  users: [
    'id',
    'first_name',
    'last_name',
    'email',
    'emails',
    'phone',
    'timezone',
    'type',
    'status',
    'created_at',
  ],
  customers: ['id', 'first_name', 'last_name', 'company', 'job_title', 'phones', 'notes', 'created_at'],
  emails: ['id', 'customer_id', 'email'],
  conversations: [
    'id',
    'number',
    'type',
    'status',
    'state',
    'subject',
    'cc',
    'mailbox_id',
    'user_id',
    'customer_id',
    'created_at',
    'updated_at',
  ],
  threads: [
    'id',
    'conversation_id',
    'user_id',
    'type',
    'status',
    'state',
    'action_type',
    'action_data',
    'body',
    'message_id',
    'source_via',
    'source_type',
    'customer_id',
    'created_by_user_id',
    'created_by_customer_id',
    'first',
    'meta',
    'created_at',
    'updated_at',
  ],
  attachments: ['id', 'thread_id', 'file_dir', 'file_name', 'mime_type', 'embedded'],
  followers: ['conversation_id', 'user_id'],
}

/** Without these nothing can be told. */
export function freescoutShape(prefix: string): Shape {
  return Object.fromEntries(Object.entries(COLUMNS).map(([table, names]) => [`${prefix}${table}`, names]))
}

const named =
  ({ prefix }: Old) =>
  (table: string) =>
    `"${prefix}${table}"`

/** Mailboxes behind a number. */
export function mailboxesAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  return old.db.rows(`select id, name from ${t('mailboxes')} where id > $1 order by id limit $2`, [
    after,
    limit,
  ])
}

/** What the module for own fields keeps; nothing without it. */
export async function ownFields({ db, prefix }: Old): Promise<Entry[]> {
  if (!db.has(`${prefix}custom_fields`, 'name', 'type', 'options')) return []
  return db.rows(`select id, name, type, options from "${prefix}custom_fields" order by id`)
}

/** Users behind a number, with the mailboxes they may see. */
export async function usersAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  const users = await old.db.rows(
    `select id, first_name, last_name, email, emails, phone, timezone, type, status, created_at from ${t('users')}
      where id > $1 order by id limit $2`,
    [after, limit],
  )
  const seen = await old.db.rows(
    `select user_id, mailbox_id from ${t('mailbox_user')} where user_id = any($1) order by mailbox_id`,
    [idsOf(users)],
  )
  const mailboxes = by(seen, 'user_id')
  return users.map((user) => ({ ...user, mailboxes: mailboxes.get(Number(user['id'])) ?? [] }))
}

/** Users that are programs: workflows and teams. */
export async function robotsOf(old: Old): Promise<Set<number>> {
  return new Set(idsOf(await old.db.rows(`select id from ${named(old)('users')} where type = 2`)))
}

/** Customers behind a number, with their addresses. */
export async function customersAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  const customers = await old.db.rows(
    `select id, first_name, last_name, company, job_title, phones, notes, created_at from ${t('customers')}
      where id > $1 order by id limit $2`,
    [after, limit],
  )
  const emails = await old.db.rows(
    `select customer_id, email from ${t('emails')} where customer_id = any($1) order by id`,
    [idsOf(customers)],
  )
  const known = by(emails, 'customer_id')
  return customers.map((customer) => ({ ...customer, emails: known.get(Number(customer['id'])) ?? [] }))
}

/** Whether the desk counts its conversations itself. Else what its people call their number is the id, and the column never runs ahead of it. */
export async function hasOwnNumbers(old: Old): Promise<boolean> {
  const found = await old.db.rows(`select id from ${named(old)('conversations')} where number > id limit 1`)
  return found.length > 0
}

/** Conversations behind a number, with all that changes without their words. */
export async function conversationsAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const t = named(old)
  const { db, prefix } = old
  const rows = await db.rows(
    `select id, number, type, status, state, subject, cc, mailbox_id, user_id, customer_id, created_at, updated_at
      from ${t('conversations')} where id > $1 order by id limit $2`,
    [after, limit],
  )
  const ids = idsOf(rows)
  const changes = await db.rows(
    `select conversation_id, max(updated_at) as changed_at, count(*) as threads from ${t('threads')}
      where conversation_id = any($1) group by conversation_id`,
    [ids],
  )
  const merges = await db.rows(
    `select conversation_id, meta from ${t('threads')} where conversation_id = any($1) and action_type = 4 order by id`,
    [ids],
  )
  const followers = await db.rows(
    `select conversation_id, user_id from ${t('followers')} where conversation_id = any($1) order by user_id`,
    [ids],
  )
  const tags = db.has(`${prefix}conversation_tag`, 'conversation_id', 'tag_id')
    ? await db.rows(
        `select c.conversation_id, t.name from ${t('conversation_tag')} c join ${t('tags')} t on t.id = c.tag_id
          where c.conversation_id = any($1) order by t.name`,
        [ids],
      )
    : []
  const values = db.has(`${prefix}conversation_custom_field`, 'conversation_id', 'custom_field_id', 'value')
    ? await db.rows(
        `select conversation_id, custom_field_id, value from ${t('conversation_custom_field')}
          where conversation_id = any($1) order by custom_field_id`,
        [ids],
      )
    : []
  const [changed, merged, followed, tagged, valued] = [changes, merges, followers, tags, values].map((some) =>
    by(some, 'conversation_id'),
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    return {
      ...row,
      changes: changed?.get(id) ?? [],
      merges: merged?.get(id) ?? [],
      followers: followed?.get(id) ?? [],
      tags: tagged?.get(id) ?? [],
      values: valued?.get(id) ?? [],
    }
  })
}

/** What was said and changed in some conversations, as far as it was sent; a merge there takes all of it along and keeps where it was. */
export async function threadsOf(old: Old, ids: readonly number[]): Promise<Entry[]> {
  return old.db.rows(
    `select id, conversation_id, user_id, type, status, action_type, action_data, body, message_id, source_via, source_type,
        customer_id, created_by_user_id, created_by_customer_id, "first", meta, created_at from ${named(old)('threads')}
      where conversation_id = any($1) and state = 2 order by created_at, id`,
    [ids],
  )
}

/** Of some conversations that are there still, and deleted, the lines of their merges. */
export async function mergesOf(old: Old, ids: readonly number[]): Promise<Entry[]> {
  const t = named(old)
  return old.db.rows(
    `select c.id, m.meta from ${t('conversations')} c join ${t('threads')} m on m.conversation_id = c.id and m.action_type = 4
      where c.id = any($1) and c.state = 3 order by m.id`,
    [ids],
  )
}

/** The files of some threads, by the thread. */
export async function filesOf(old: Old, threadIds: readonly number[]): Promise<Map<number, Entry[]>> {
  const found = await old.db.rows(
    `select id, thread_id, file_dir, file_name, mime_type, embedded from ${named(old)('attachments')}
      where thread_id = any($1) order by id`,
    [threadIds],
  )
  return by(found, 'thread_id')
}

/** The customers of addresses. */
export async function customersOf(old: Old, emails: readonly string[]): Promise<Map<string, number>> {
  const found = await old.db.rows(
    `select customer_id, lower(email) as email from ${named(old)('emails')} where lower(email) = any($1)`,
    [emails],
  )
  return new Map(found.map((each) => [String(each['email']), Number(each['customer_id'])]))
}

const idsOf = (rows: readonly Entry[]) => rows.map(({ id }) => Number(id))

function by(rows: readonly Entry[], column: string): Map<number, Entry[]> {
  return Map.groupBy(rows, (row) => Number(row[column]))
}
