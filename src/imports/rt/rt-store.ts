// What is asked of Request Tracker's database. Names of tables and columns are those of its schema, since 4.2; PostgreSQL folds them, MySQL
// keeps those of tables as they are. Moments are of UTC without saying so.
import { expectSmall } from '#imports/old-files.ts'
import type { Entry, OldDatabase, Shape } from '#imports/old-store.ts'

/** Without these nothing can be told. */
export const rtShape: Shape = {
  Queues: ['id', 'Name'],
  Users: [
    'id',
    'Name',
    'EmailAddress',
    'RealName',
    'NickName',
    'Comments',
    'WorkPhone',
    'MobilePhone',
    'HomePhone',
    'Timezone',
    'Created',
  ],
  Principals: ['id', 'Disabled'],
  Groups: ['id', 'Name', 'Domain', 'Instance'],
  GroupMembers: ['GroupId', 'MemberId'],
  CachedGroupMembers: ['GroupId', 'MemberId', 'Disabled'],
  Tickets: [
    'id',
    'EffectiveId',
    'Queue',
    'Type',
    'Owner',
    'Subject',
    'Priority',
    'Status',
    'Resolved',
    'Created',
    'LastUpdated',
  ],
  Transactions: [
    'id',
    'ObjectType',
    'ObjectId',
    'Type',
    'Field',
    'OldValue',
    'NewValue',
    'Creator',
    'Created',
  ],
  Attachments: [
    'id',
    'TransactionId',
    'Parent',
    'MessageId',
    'Filename',
    'ContentType',
    'ContentEncoding',
    'Content',
    'Headers',
  ],
  CustomFields: ['id', 'Name', 'Type', 'MaxValues', 'LookupType', 'Disabled'],
  CustomFieldValues: ['id', 'CustomField', 'Name'],
  ObjectCustomFieldValues: [
    'id',
    'CustomField',
    'ObjectType',
    'ObjectId',
    'Content',
    'LargeContent',
    'ContentEncoding',
    'Disabled',
  ],
}

/** A word of its own in newer MySQL, and a plain name in PostgreSQL. */
function groups({ make }: OldDatabase): string {
  return make === 'mysql' ? '"Groups"' : 'Groups'
}

/** Queues behind a number, but for the one that it keeps approvals in itself: of those no ticket comes. */
export function queuesAfter(db: OldDatabase, after: number, limit: number): Promise<Entry[]> {
  return db.rows(
    `select id, Name as name from Queues where id > $1 and Name <> '___Approvals' order by id limit $2`,
    [after, limit],
  )
}

/** The fields that tickets have, with what some let choose. */
export async function fieldsOf(db: OldDatabase): Promise<{ fields: Entry[]; options: Entry[] }> {
  return {
    fields: await db.rows(
      `select id, Name as name, Type as type, MaxValues as most from CustomFields
        where LookupType = 'RT::Queue-RT::Ticket' and Disabled = 0 order by id`,
    ),
    options: await db.rows(
      `select id, CustomField as field, Name as name from CustomFieldValues order by id`,
    ),
  }
}

/** Who works there or did: privileged users, whoever ever owned a ticket or commented, and authors who are users no more. */
export async function staffOf(db: OldDatabase): Promise<Set<number>> {
  const of = (query: string) => db.rows(query).then((rows) => rows.map(({ id }) => Number(id)))
  return new Set([
    ...(await of(
      `select distinct m.MemberId as id from CachedGroupMembers m join ${groups(db)} g on g.id = m.GroupId
        where g.Domain = 'SystemInternal' and g.Name = 'Privileged' and m.Disabled = 0`,
    )),
    ...(await of(
      `select distinct NewValue as id from Transactions where ObjectType = 'RT::Ticket' and Field = 'Owner'`,
    )),
    ...(await of(
      `select distinct Creator as id from Transactions where ObjectType = 'RT::Ticket' and Type = 'Comment'`,
    )),
    ...(await of(
      `select distinct t.Creator as id from Transactions t left join Users u on u.id = t.Creator
        where t.ObjectType = 'RT::Ticket' and u.id is null`,
    )),
  ])
}

/** The two users that are none: the system itself, and nobody. */
export async function nobodiesOf(db: OldDatabase): Promise<Set<number>> {
  const rows = await db.rows(`select id from Users where Name in ('RT_System', 'Nobody')`)
  return new Set(rows.map(({ id }) => Number(id)))
}

/** Users behind a number, with the queues that they watch as staff. */
export async function usersAfter(db: OldDatabase, after: number, limit: number): Promise<Entry[]> {
  const rows = await db.rows(
    `select u.id, u.Name as name, u.EmailAddress as email, u.RealName as real_name, u.NickName as nick_name, u.Comments as comments,
        u.WorkPhone as work_phone, u.MobilePhone as mobile_phone, u.HomePhone as home_phone, u.Timezone as timezone, u.Created as created,
        p.Disabled as disabled from Users u join Principals p on p.id = u.id where u.id > $1 order by u.id limit $2`,
    [after, limit],
  )
  const watched = await db.rows(
    `select m.MemberId as user_id, g.Instance as queue from GroupMembers m join ${groups(db)} g on g.id = m.GroupId
      where g.Domain = 'RT::Queue-Role' and g.Name = 'AdminCc' and m.MemberId = any($1) order by g.Instance`,
    [rows.map(({ id }) => Number(id))],
  )
  const queues = by(watched, 'user_id')
  return rows.map((row) => ({ ...row, queues: queues.get(Number(row['id'])) ?? [] }))
}

/** Tickets behind a number, with all that changes without their words. */
export async function ticketsAfter(db: OldDatabase, after: number, limit: number): Promise<Entry[]> {
  const rows = await db.rows(
    `select id, EffectiveId as effective_id, Queue as queue, Type as type, Owner as owner, Subject as subject, Priority as priority,
        Status as status, Resolved as resolved, Created as created, LastUpdated as last_updated
      from Tickets where id > $1 order by id limit $2`,
    [after, limit],
  )
  const of = (query: string) =>
    db.rows(query, [rows.map(({ id }) => Number(id))]).then((found) => by(found, 'ticket_id'))
  const last = await of(
    `select ObjectId as ticket_id, max(id) as last from Transactions where ObjectType = 'RT::Ticket' and ObjectId = any($1) group by ObjectId`,
  )
  const values = await of(
    `select v.id, v.ObjectId as ticket_id, v.CustomField as field, f.Type as type, v.Content as content, v.ContentEncoding as encoding,
        octet_length(v.LargeContent) as size,
        case when f.Type not in ('Image', 'Binary') and octet_length(v.LargeContent) <= 100000 then v.LargeContent end as large
      from ObjectCustomFieldValues v join CustomFields f on f.id = v.CustomField and f.Disabled = 0
      where v.ObjectType = 'RT::Ticket' and v.Disabled = 0 and v.ObjectId = any($1) order by v.id`,
  )
  const watchers = await of(
    `select g.Instance as ticket_id, g.Name as role, m.MemberId as user_id from ${groups(db)} g join GroupMembers m on m.GroupId = g.id
      where g.Domain = 'RT::Ticket-Role' and g.Name in ('Requestor', 'Cc', 'AdminCc') and g.Instance = any($1) order by m.id`,
  )
  const links = !db.has('Links', 'LocalBase', 'LocalTarget', 'Type', 'Created')
    ? new Map<number, Entry[]>()
    : await of(
        `select LocalBase as ticket_id, LocalTarget as target, Type as type, Created as created from Links
          where Type in ('RefersTo', 'DependsOn', 'MemberOf') and LocalTarget > 0 and LocalBase = any($1) order by id`,
      )
  return rows.map((row) => {
    const id = Number(row['id'])
    const linked = links.get(id)
    return {
      ...row,
      // A ticket without them is as it was before they were asked for.
      ...(linked === undefined ? {} : { links: linked }),
      last: last.get(id)?.[0]?.['last'] ?? null,
      values: values.get(id) ?? [],
      watchers: watchers.get(id) ?? [],
    }
  })
}

/** What was said and changed on some tickets. */
export function transactionsOf(db: OldDatabase, ticketIds: readonly number[]): Promise<Entry[]> {
  return db.rows(
    `select id, ObjectId as ticket_id, Type as type, Field as field, OldValue as old_value, NewValue as new_value, Creator as creator,
        Created as created from Transactions
      where ObjectType = 'RT::Ticket' and ObjectId = any($1) and (Type in ('Create', 'Correspond', 'Comment', 'Status', 'CustomField')
        or Field in ('Owner', 'Queue', 'Subject', 'Priority')) order by Created, id`,
    [ticketIds],
  )
}

/** The parts of what was said, with the content of those that are text and no file. */
export async function partsOf(db: OldDatabase, transactionIds: readonly number[]): Promise<Entry[]> {
  return db.rows(
    `select id, TransactionId as transaction_id, Parent as parent, MessageId as message_id, Filename as filename, ContentType as type,
        ContentEncoding as encoding, Headers as headers, octet_length(Content) as size,
        case when ContentType in ('text/plain', 'text/html') and coalesce(Filename, '') = '' and octet_length(Content) <= 5000000
          then Content end as content
      from Attachments where TransactionId = any($1) order by id`,
    [transactionIds],
  )
}

/** The content of a part as it is kept. */
export async function contentOf(db: OldDatabase, id: number, size: number): Promise<unknown> {
  expectSmall(size)
  const [row] = await db.rows(`select Content as content from Attachments where id = $1`, [id])
  return row?.['content'] ?? null
}

function by(rows: readonly Entry[], column: string): Map<number, Entry[]> {
  return Map.groupBy(rows, (row) => Number(row[column]))
}
