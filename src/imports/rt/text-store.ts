// What is asked of Request Tracker's database for its articles, as far as they are there: classes, topics, and fields with what they say.
import { expectSmall } from '#imports/old-files.ts'
import type { Entry, OldDatabase } from '#imports/old-store.ts'

/** Whether there are articles. */
export function hasArticles(db: OldDatabase): boolean {
  return (
    db.has('Articles', 'id', 'Name', 'Summary', 'Class', 'Creator', 'Created', 'LastUpdated') &&
    db.has('Classes', 'id', 'Name', 'Disabled', 'SortOrder') &&
    db.has('Topics', 'id', 'Parent', 'Name', 'ObjectType', 'ObjectId') &&
    db.has('ObjectTopics', 'Topic', 'ObjectType', 'ObjectId')
  )
}

/** What articles are sorted by. */
export function classesOf(db: OldDatabase): Promise<Entry[]> {
  return db.rows(`select id, Name as name, Disabled as disabled from Classes order by SortOrder, id`)
}

/** Where they stand, within a class or in all of them. */
export function topicsOf(db: OldDatabase): Promise<Entry[]> {
  return db.rows(
    `select id, Parent as parent, Name as name, case when ObjectType = 'RT::Class' then ObjectId end as class from Topics order by id`,
  )
}

/** Articles behind a number; older ones are never switched off. */
export async function articlesAfter(db: OldDatabase, after: number, limit: number): Promise<Entry[]> {
  const disabled = db.has('Articles', 'Disabled') ? 'Disabled' : '0'
  const rows = await db.rows(
    `select id, Name as name, Summary as summary, Class as class, Creator as creator, Created as created, LastUpdated as last_updated,
        ${disabled} as disabled from Articles where id > $1 order by id limit $2`,
    [after, limit],
  )
  const of = async (query: string) =>
    Map.groupBy(await db.rows(query, [rows.map(({ id }) => Number(id))]), (each) => Number(each['article']))
  const topics = await of(
    `select ObjectId as article, Topic as topic from ObjectTopics where ObjectType = 'RT::Article' and ObjectId = any($1) order by Topic`,
  )
  const values = await of(
    `select v.id, v.ObjectId as article, f.Name as label, f.Type as type, v.Content as content, v.ContentType as mime, v.ContentEncoding as encoding,
        octet_length(v.LargeContent) as size,
        case when f.Type not in ('Image', 'Binary') and octet_length(v.LargeContent) <= 5000000 then v.LargeContent end as large
      from ObjectCustomFieldValues v join CustomFields f on f.id = v.CustomField and f.Disabled = 0
      where v.ObjectType = 'RT::Article' and v.Disabled = 0 and v.ObjectId = any($1) order by v.CustomField, v.id`,
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    return { ...row, topics: topics.get(id) ?? [], values: values.get(id) ?? [] }
  })
}

/** The content of a value as it is kept. */
export async function valueOf(db: OldDatabase, id: number, size: number): Promise<unknown> {
  expectSmall(size)
  const [row] = await db.rows(`select LargeContent as content from ObjectCustomFieldValues where id = $1`, [
    id,
  ])
  return row?.['content'] ?? null
}
