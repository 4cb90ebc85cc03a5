// What is asked of Zammad's database. Names of tables and columns are those of its migrations; moments are of UTC without saying so.
import { expectSmall, MOST_FILE_BYTES } from '#imports/old-files.ts'
import type { Entry, OldDatabase, Shape } from '#imports/old-store.ts'

/** Without these nothing can be told. Columns that came later or went are asked for by `to_jsonb` alone. */
export const zammadShape: Shape = {
  groups: ['id', 'name'],
  organizations: ['id', 'name'],
  users: [
    'id',
    'organization_id',
    'firstname',
    'lastname',
    'email',
    'phone',
    'mobile',
    'active',
    'created_at',
  ],
  roles: ['id', 'name'],
  roles_users: ['user_id', 'role_id'],
  permissions: ['id', 'name'],
  permissions_roles: ['role_id', 'permission_id'],
  groups_users: ['user_id', 'group_id'],
  ticket_states: ['id', 'name', 'state_type_id'],
  ticket_state_types: ['id', 'name'],
  ticket_priorities: ['id', 'name'],
  tickets: [
    'id',
    'number',
    'title',
    'group_id',
    'state_id',
    'priority_id',
    'owner_id',
    'customer_id',
    'organization_id',
    'created_at',
    'updated_at',
  ],
  ticket_articles: [
    'id',
    'ticket_id',
    'type_id',
    'sender_id',
    'to',
    'cc',
    'message_id',
    'content_type',
    'body',
    'internal',
    'created_by_id',
    'origin_by_id',
    'created_at',
  ],
  ticket_article_types: ['id', 'name'],
  ticket_article_senders: ['id', 'name'],
  histories: [
    'id',
    'history_type_id',
    'history_object_id',
    'history_attribute_id',
    'o_id',
    'id_to',
    'id_from',
    'value_to',
    'value_from',
    'created_by_id',
    'created_at',
  ],
  history_types: ['id', 'name'],
  history_objects: ['id', 'name'],
  history_attributes: ['id', 'name'],
  tags: ['tag_item_id', 'tag_object_id', 'o_id'],
  tag_items: ['id', 'name'],
  tag_objects: ['id', 'name'],
  stores: ['id', 'store_object_id', 'store_file_id', 'o_id', 'filename', 'preferences'],
  store_objects: ['id', 'name'],
  store_files: ['id', 'sha', 'provider'],
  store_provider_dbs: ['sha', 'data'],
  object_manager_attributes: [
    'name',
    'display',
    'data_type',
    'data_option',
    'editable',
    'active',
    'object_lookup_id',
  ],
  object_lookups: ['id', 'name'],
}

/** Rows of a plain table behind a number. */
export function tableAfter(
  db: OldDatabase,
  table: 'groups' | 'organizations' | 'users' | 'tickets',
  after: number,
  limit: number,
): Promise<Entry[]> {
  return db.rows(`select * from ${table} where id > $1 order by id limit $2`, [after, limit])
}

/** States with their types, priorities, kinds of articles and senders: what numbers mean. */
export async function meaningsOf(db: OldDatabase) {
  const [states, priorities, types, senders] = [
    await db.rows(
      `select s.id, t.name from ticket_states s join ticket_state_types t on t.id = s.state_type_id`,
    ),
    await db.rows(`select id, name from ticket_priorities`),
    await db.rows(`select id, name from ticket_article_types`),
    await db.rows(`select id, name from ticket_article_senders`),
  ]
  const byId = (rows: readonly Entry[]) => new Map(rows.map(({ id, name }) => [Number(id), String(name)]))
  return { states: byId(states), priorities: byId(priorities), types: byId(types), senders: byId(senders) }
}

/** Who works tickets there or has the whole desk: the numbers of their users. */
export async function staffOf(db: OldDatabase): Promise<Set<string>> {
  const rows = await db.rows(`select distinct u.user_id from roles_users u
    join permissions_roles p on p.role_id = u.role_id join permissions n on n.id = p.permission_id
    where n.name = 'ticket.agent' or n.name = 'admin' or n.name like 'admin.%'`)
  return new Set(rows.map((row) => String(row['user_id'])))
}

/** In which groups users are. */
export async function groupsOf(db: OldDatabase, userIds: readonly number[]): Promise<Map<string, string[]>> {
  const rows = await db.rows(`select distinct user_id, group_id from groups_users where user_id = any($1)`, [
    userIds,
  ])
  const found = new Map<string, string[]>()
  for (const row of rows) {
    const user = String(row['user_id'])
    found.set(user, [...(found.get(user) ?? []), String(row['group_id'])])
  }
  return found
}

/** The fields of tickets that the desk has made itself. */
export function ownFields(db: OldDatabase): Promise<Entry[]> {
  return db.rows(`select a.name, a.display, a.data_type, a.data_option from object_manager_attributes a
    join object_lookups l on l.id = a.object_lookup_id
    where l.name = 'Ticket' and a.editable and a.active order by a.id`)
}

/** What belongs to some tickets, by the ticket. */
export async function belongingsOf(db: OldDatabase, ids: readonly number[]) {
  const byTicket = (rows: readonly Entry[], column: string) => Map.groupBy(rows, (row) => Number(row[column]))
  const articles = await db.rows(
    `select * from ticket_articles where ticket_id = any($1) order by created_at, id`,
    [ids],
  )
  const histories = await db.rows(
    `select h.id, h.o_id, h.id_from, h.id_to, h.value_from, h.value_to, h.created_by_id, h.created_at, t.name as type, a.name as attribute
      from histories h join history_types t on t.id = h.history_type_id join history_objects o on o.id = h.history_object_id
      left join history_attributes a on a.id = h.history_attribute_id
      where o.name = 'Ticket' and h.o_id = any($1)
        and (t.name = 'merged_into' or t.name = 'updated' and a.name in ('state', 'priority', 'group', 'owner', 'title'))
      order by h.created_at, h.id`,
    [ids],
  )
  const tags = await db.rows(
    `select t.o_id, i.name from tags t join tag_items i on i.id = t.tag_item_id join tag_objects o on o.id = t.tag_object_id
      where o.name = 'Ticket' and t.o_id = any($1) order by i.name`,
    [ids],
  )
  const files = await db.rows(
    `select s.id, s.o_id, s.filename, s.preferences, f.sha, f.provider from stores s
      join store_objects o on o.id = s.store_object_id join store_files f on f.id = s.store_file_id
      where o.name = 'Ticket::Article' and s.o_id = any($1) order by s.id`,
    [articles.map(({ id }) => Number(id))],
  )
  return {
    articles: byTicket(articles, 'ticket_id'),
    histories: byTicket(histories, 'o_id'),
    tags: byTicket(tags, 'o_id'),
    files: Map.groupBy(files, (row) => Number(row['o_id'])),
  }
}

/** Which tickets were merged into some, by the ticket, with those that were merged into these before. */
export async function mergedInto(db: OldDatabase, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db.rows(
    `with recursive step as (
        select h.o_id as source, h.id_to as target from histories h join history_types t on t.id = h.history_type_id
          join history_objects o on o.id = h.history_object_id where o.name = 'Ticket' and t.name = 'merged_into'),
      merged as (select source, target from step where target = any($1)
        union select s.source, m.target from step s join merged m on s.target = m.source)
      select source, target from merged`,
    [ids],
  )
  return new Map(
    [...Map.groupBy(rows, (row) => Number(row['target']))].map(([target, some]) => [
      target,
      some.map((row) => String(row['source'])),
    ]),
  )
}

/** The bytes of a file that lies in the database; null when they are gone. One that is too large is not asked for. */
export async function bytesOf(db: OldDatabase, sha: string): Promise<Buffer | null> {
  const [row] = await db.rows(
    `select octet_length(data) as size, case when octet_length(data) <= $2 then encode(data, 'base64') end as data
      from store_provider_dbs where sha = $1`,
    [sha, MOST_FILE_BYTES],
  )
  expectSmall(Number(row?.['size']))
  const data = row?.['data']
  return typeof data === 'string' ? Buffer.from(data, 'base64') : null
}
