// Reads what conditions can name. Few rows, read whole, and kept by the desk for a moment.
import type { Directory, KnownAgent, KnownCategory, KnownField, Named } from '#rules/directory.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

type Rows = {
  teams: Named[]
  agents: KnownAgent[]
  categories: KnownCategory[]
  fields: KnownField[]
  tags: string[]
  brands: Named[]
  mailboxes: Named[]
  calendars: string[]
}

/** Everything that can be named, archived things too: old rules and tickets still mean them. */
export async function readDirectory(db: Db): Promise<Directory> {
  const [row] = await db.hot<Rows>(sql`select
    (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'archived', archived_at is not null) order by id), '[]')
      from team) as teams,
    (select coalesce(json_agg(json_build_object('id', person_id, 'name', name, 'email', email,
      'archived', deactivated_at is not null) order by person_id), '[]')
      from agent join person on person.id = person_id) as agents,
    (select coalesce(json_agg(json_build_object('id', id, 'path', path, 'parentId', parent_id,
      'archived', archived_at is not null, 'mergedInto', merged_into) order by path), '[]') from category) as categories,
    (select coalesce(json_agg(json_build_object('id', id, 'key', key, 'label', label, 'type', type, 'options', options,
      'personal', personal, 'archived', archived_at is not null) order by key), '[]') from field) as fields,
    (select coalesce(json_agg(name order by name), '[]') from tag where archived_at is null) as tags,
    (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'archived', false) order by id), '[]')
      from brand) as brands,
    (select coalesce(json_agg(json_build_object('id', id, 'name', address, 'archived', archived_at is not null) order by id),
      '[]') from mailbox) as mailboxes,
    (select coalesce(json_agg(name order by name), '[]') from calendar where archived_at is null) as calendars`)
  if (row === undefined) throw new Error('Bug: the directory returned nothing')
  return { ...row, tags: new Set(row.tags), queues: [], calendars: new Set(row.calendars) }
}
