// What is asked of Chatwoot's database. Names of tables and columns are those of its schema; moments are of UTC without saying so.
import type { Entry, OldDatabase, Shape } from '#imports/old-store.ts'

/** Without these nothing can be told. */
export const chatwootShape: Shape = {
  accounts: ['id', 'name'],
  users: ['id', 'name', 'email', 'created_at'],
  account_users: ['account_id', 'user_id'],
  teams: ['id', 'name', 'account_id'],
  team_members: ['team_id', 'user_id'],
  contacts: ['id', 'account_id', 'name', 'email', 'phone_number', 'created_at'],
  inboxes: ['id', 'channel_type'],
  conversations: [
    'id',
    'account_id',
    'inbox_id',
    'status',
    'assignee_id',
    'contact_id',
    'display_id',
    'team_id',
    'priority',
    'additional_attributes',
    'custom_attributes',
    'created_at',
    'updated_at',
  ],
  messages: [
    'id',
    'conversation_id',
    'content',
    'message_type',
    'private',
    'content_type',
    'content_attributes',
    'sender_type',
    'sender_id',
    'source_id',
    'created_at',
  ],
  tags: ['id', 'name'],
  taggings: ['tag_id', 'taggable_type', 'taggable_id', 'context'],
  custom_attribute_definitions: [
    'id',
    'account_id',
    'attribute_key',
    'attribute_display_name',
    'attribute_display_type',
    'attribute_model',
    'attribute_values',
  ],
  reporting_events: ['id', 'name', 'conversation_id', 'event_end_time'],
  attachments: ['id', 'message_id', 'external_url'],
  active_storage_attachments: ['record_type', 'record_id', 'blob_id'],
  active_storage_blobs: ['id', 'key', 'filename', 'content_type', 'service_name'],
}

/** The accounts of an installation. */
export function accountsOf(db: OldDatabase): Promise<Entry[]> {
  return db.rows(`select id, name from accounts order by id`)
}

/** Teams behind a number. */
export function teamsAfter(db: OldDatabase, account: number, after: number, limit: number): Promise<Entry[]> {
  return db.rows(`select id, name from teams where account_id = $1 and id > $2 order by id limit $3`, [
    account,
    after,
    limit,
  ])
}

/** What conversations have of the account's own. */
export function ownAttributes(db: OldDatabase, account: number): Promise<Entry[]> {
  return db.rows(
    `select * from custom_attribute_definitions where account_id = $1 and attribute_model = 0 order by id`,
    [account],
  )
}

/** Agents behind a number, with their teams; who left the account wrote here still and is found by what they wrote. */
export function agentsAfter(
  db: OldDatabase,
  account: number,
  after: number,
  limit: number,
): Promise<Entry[]> {
  return db.rows(
    `select u.id, u.name, u.email, u.created_at,
        array(select m.team_id from team_members m join teams t on t.id = m.team_id
          where m.user_id = u.id and t.account_id = $1 order by 1) as teams
      from users u where u.id > $2 and (exists (select from account_users a where a.user_id = u.id and a.account_id = $1)
        or exists (select from messages m join conversations c on c.id = m.conversation_id
          where m.sender_type = 'User' and m.sender_id = u.id and c.account_id = $1))
      order by u.id limit $3`,
    [account, after, limit],
  )
}

/** Contacts behind a number. */
export function contactsAfter(
  db: OldDatabase,
  account: number,
  after: number,
  limit: number,
): Promise<Entry[]> {
  return db.rows(
    `select id, name, email, phone_number, created_at from contacts where account_id = $1 and id > $2 order by id limit $3`,
    [account, after, limit],
  )
}

/** Conversations behind a number, with the kind of their channel; who has seen what since is left out. */
export function conversationsAfter(
  db: OldDatabase,
  account: number,
  after: number,
  limit: number,
): Promise<Entry[]> {
  return db.rows(
    `select c.id, c.display_id, c.status, c.priority, c.assignee_id, c.team_id, c.contact_id, c.additional_attributes,
        c.custom_attributes, c.created_at, c.updated_at, i.channel_type
      from conversations c left join inboxes i on i.id = c.inbox_id
      where c.account_id = $1 and c.id > $2 order by c.id limit $3`,
    [account, after, limit],
  )
}

/** What belongs to some conversations, by the conversation. */
export async function belongingsOf(db: OldDatabase, ids: readonly number[]) {
  const messages = await db.rows(
    `select id, conversation_id, content, message_type, private, content_type, content_attributes, sender_type, sender_id,
        source_id, created_at from messages where conversation_id = any($1) and message_type <> 2 order by created_at, id`,
    [ids],
  )
  const events = await db.rows(
    `select id, conversation_id, name, event_end_time from reporting_events
      where conversation_id = any($1) and name in ('conversation_resolved', 'conversation_opened') and event_end_time is not null
      order by event_end_time, id`,
    [ids],
  )
  const labels = await db.rows(
    `select g.taggable_id as conversation_id, t.name from taggings g join tags t on t.id = g.tag_id
      where g.taggable_type = 'Conversation' and g.context = 'labels' and g.taggable_id = any($1) order by t.name`,
    [ids],
  )
  const files = await db.rows(
    `select a.id, a.message_id, a.external_url, b.key, b.filename, b.content_type, b.service_name from attachments a
      left join active_storage_attachments s on s.record_type = 'Attachment' and s.record_id = a.id
      left join active_storage_blobs b on b.id = s.blob_id where a.message_id = any($1) order by a.id`,
    [messages.map(({ id }) => Number(id))],
  )
  const by = (rows: readonly Entry[], column: string) => Map.groupBy(rows, (row) => Number(row[column]))
  return {
    messages: by(messages, 'conversation_id'),
    events: by(events, 'conversation_id'),
    labels: by(labels, 'conversation_id'),
    files: by(files, 'message_id'),
  }
}
