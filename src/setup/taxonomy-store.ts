// What tickets are sorted by: categories (a tree), tags and custom fields. Archived ones stay readable.
import type { FieldType } from '#setup/field-type.ts'
import type { CategoryId, FieldId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { join, sql } from '#store/sql.ts'

export type NamePage = {
  readonly q: string
  readonly archived: boolean
  readonly limit: number
  readonly after: { readonly name: string; readonly id: number } | null
}

export type Category = {
  readonly id: CategoryId
  readonly name: string
  readonly parentId: CategoryId | null
  readonly path: string
  readonly archived: boolean
  /** What belongs there, in a sentence; '' where nobody has said so. */
  readonly definition: string
}

const categoryColumns = sql`id, name, parent_id as "parentId", path, archived_at is not null as archived, definition`

/** Categories in order of path. */
export async function listCategories(db: Db, page: NamePage): Promise<Category[]> {
  const where = [sql`path ilike ${contains(page.q)}`]
  if (!page.archived) where.push(sql`archived_at is null`)
  if (page.after !== null) where.push(sql`(path, id) > (${page.after.name}, ${page.after.id})`)
  return db.rows<Category>(sql`select ${categoryColumns} from category where ${join(where, ' and ')}
    order by path, id limit ${page.limit}`)
}

/** One category by id. */
export async function findCategory(db: Db, id: number): Promise<Category | null> {
  return db.row<Category>(sql`select ${categoryColumns} from category where id = ${id}`)
}

/** One living category by its path, such as `billing/refund`, or by that of one which was merged into it. */
export async function findCategoryByPath(db: Db, path: string): Promise<Category | null> {
  return db.row<Category>(sql`with recursive meant as (
      select * from category where path = ${path}
      union select c.* from meant join category c on c.id = meant.merged_into)
    select ${categoryColumns} from meant where archived_at is null`)
}

/** Whether living categories lie below it. */
export async function isBranch(db: Db, id: number): Promise<boolean> {
  return (
    (await db.row(sql`select from category where parent_id = ${id} and archived_at is null limit 1`)) !== null
  )
}

/** What a category is for, in words and by tickets. */
export type Meant = { readonly definition: string; readonly examples: readonly number[] }

/** How many of these tickets the reader sees; of any, where none are named, at most so many. */
export async function countSeen(
  db: Db,
  ids: readonly number[] | null,
  reader: Reader,
  most = 1_000,
): Promise<number> {
  const named = ids === null ? sql`true` : sql`t.id = any(${ids})`
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from (select from ticket t
    where ${named} and not t.hidden and ${inSight(reader)} limit ${most}) seen`)
  return row?.count ?? 0
}

/** Adds a category below a parent; null when the path is taken. */
export async function addCategory(
  db: Db,
  name: string,
  parent: Category | null,
  { definition, examples }: Meant = { definition: '', examples: [] },
): Promise<CategoryId | null> {
  const path = parent === null ? name : `${parent.path}/${name}`
  const row = await db.row<{
    id: CategoryId
  }>(sql`insert into category (name, parent_id, path, definition, examples)
    values (${name}, ${parent?.id ?? null}, ${path}, ${definition}, ${examples}) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Renames, moves or archives a category; the paths of all below it follow. False when a path is taken. */
export async function changeCategory(
  db: Db,
  from: Category,
  to: { name: string; parent: Category | null; archived: boolean },
  at: Instant,
): Promise<boolean> {
  const path = to.parent === null ? to.name : `${to.parent.path}/${to.name}`
  if (path !== from.path) {
    const taken = await db.row(sql`select from category where path = ${path} and id <> ${from.id}`)
    if (taken !== null) return false
    await db.rows(sql`update category set path = ${path} || substr(path, ${from.path.length + 1})
      where starts_with(path, ${`${from.path}/`})`)
  }
  await db.rows(sql`update category set name = ${to.name}, parent_id = ${to.parent?.id ?? null}, path = ${path},
    archived_at = ${to.archived ? at : null}, merged_into = case when ${to.archived} then merged_into end where id = ${from.id}`)
  return true
}

export type Tag = {
  readonly id: number
  readonly name: string
  readonly ticketCount: number
  readonly archived: boolean
}

const tagColumns = (reader: Reader) => sql`g.id, g.name, g.archived_at is not null as archived,
  (select count(*) from (select from ticket t where t.tags @> array[g.name] and not t.hidden
    and ${inSight(reader)} limit 1000) n) as "ticketCount"`

/** Tags in order of name; `ticketCount` is of what the reader sees, and stops at 1,000. */
export async function listTags(db: Db, page: NamePage, reader: Reader): Promise<Tag[]> {
  const where = [sql`g.name ilike ${contains(page.q)}`]
  if (!page.archived) where.push(sql`g.archived_at is null`)
  if (page.after !== null) where.push(sql`(g.name, g.id) > (${page.after.name}, ${page.after.id})`)
  return db.rows<Tag>(sql`select ${tagColumns(reader)} from tag g where ${join(where, ' and ')}
    order by g.name, g.id limit ${page.limit}`)
}

/** One tag by id. */
export async function findTag(db: Db, id: number, reader: Reader): Promise<Tag | null> {
  return db.row<Tag>(sql`select ${tagColumns(reader)} from tag g where g.id = ${id}`)
}

/** Adds a tag; null when it exists. */
export async function addTag(db: Db, name: string): Promise<number | null> {
  const row = await db.row<{ id: number }>(
    sql`insert into tag (name) values (${name}) on conflict do nothing returning id`,
  )
  return row?.id ?? null
}

/** The names of all tags in use. */
export async function activeTagNames(db: Db): Promise<Set<string>> {
  const rows = await db.hot<{ name: string }>(sql`select name from tag where archived_at is null`)
  return new Set(rows.map(({ name }) => name))
}

/** Makes sure that tags in use are known; archived ones come back. */
export async function noteTags(db: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const known = await db.hot<{ name: string; archived: boolean }>(sql`
    select name, archived_at is not null as archived from tag where name = any(${names})`)
  // Known tags are only read: writing them again would make every update of a popular tag wait for the others.
  const fresh = names.filter((name) => !known.some((tag) => tag.name === name))
  const back = known.filter(({ archived }) => archived).map(({ name }) => name)
  if (fresh.length > 0) {
    const sorted = [...new Set(fresh)].toSorted()
    await db.rows(sql`insert into tag (name) select unnest(${sorted}::text[]) on conflict do nothing`)
  }
  if (back.length > 0) await db.rows(sql`update tag set archived_at = null where name = any(${back})`)
}

/** Archives a tag or brings it back. */
export async function archiveTag(db: Db, id: number, archived: boolean, at: Instant): Promise<void> {
  await db.rows(sql`update tag set archived_at = ${archived ? at : null} where id = ${id}`)
}

export type Field = {
  readonly id: FieldId
  readonly key: string
  readonly label: string
  readonly type: FieldType
  readonly options: readonly string[]
  readonly help: string | null
  readonly requiredOnResolve: boolean
  readonly personal: boolean
  readonly archived: boolean
}

const fieldColumns = sql`id, key, label, type, options, help, required_on_resolve as "requiredOnResolve", personal,
  archived_at is not null as archived`

/** Custom fields in order of label. */
export async function listFields(db: Db, page: NamePage): Promise<Field[]> {
  const where = [sql`label ilike ${contains(page.q)}`]
  if (!page.archived) where.push(sql`archived_at is null`)
  if (page.after !== null) where.push(sql`(label, id) > (${page.after.name}, ${page.after.id})`)
  return db.rows<Field>(sql`select ${fieldColumns} from field where ${join(where, ' and ')}
    order by label, id limit ${page.limit}`)
}

/** Every custom field, archived ones too: there are few, and each ticket needs them. */
export async function allFields(db: Db): Promise<Field[]> {
  return db.hot<Field>(sql`select ${fieldColumns} from field order by id`)
}

/** One custom field by id. */
export async function findField(db: Db, id: number): Promise<Field | null> {
  return db.row<Field>(sql`select ${fieldColumns} from field where id = ${id}`)
}

/** Adds a custom field, required from a moment on or since ever without one; null when the key is taken. */
export async function addField(
  db: Db,
  field: Omit<Field, 'id' | 'archived'>,
  at: Instant | null,
): Promise<FieldId | null> {
  const row = await db.row<{ id: FieldId }>(sql`
    insert into field (key, label, type, options, help, required_on_resolve, personal, required_since)
    values (${field.key}, ${field.label}, ${field.type}, ${JSON.stringify(field.options)}, ${field.help},
      ${field.requiredOnResolve}, ${field.personal}, ${field.requiredOnResolve ? at : null}) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Changes what may change of a custom field: never its key, type or privacy. */
export async function changeField(db: Db, field: Field, at: Instant): Promise<void> {
  const isRequired = field.requiredOnResolve && !field.archived
  const wasRequired = sql`required_on_resolve and archived_at is null`
  if (!isRequired)
    await db.rows(sql`insert into field_past (field_id, required_since, required_until)
      select id, required_since, ${at} from field where id = ${field.id} and ${wasRequired}`)
  const since = isRequired
    ? sql`case when ${wasRequired} then required_since else ${at}::timestamptz end`
    : sql`null`
  await db.rows(sql`update field set label = ${field.label}, options = ${JSON.stringify(field.options)},
    help = ${field.help}, required_on_resolve = ${field.requiredOnResolve}, required_since = ${since},
    archived_at = ${field.archived ? at : null} where id = ${field.id}`)
}

/** A field that had to be filled in a time; since before it was kept without `from`, still without `to`. */
export type RequiredTime = {
  readonly fieldId: FieldId
  readonly from: Instant | null
  readonly to: Instant | null
}

/** Which fields had to be filled when, before a ticket could be resolved. */
export async function requiredTimes(db: Db): Promise<RequiredTime[]> {
  return db.rows<RequiredTime>(sql`
    select id as "fieldId", required_since as "from", null::timestamptz as "to" from field
      where required_on_resolve and archived_at is null
    union all select field_id, required_since, required_until from field_past
    order by 1, 2 nulls first`)
}

function contains(part: string): string {
  return `%${part.replace(/[\\%_]/g, (wild) => `\\${wild}`)}%`
}
