// Texts as imports write them, and what of them nobody has touched here since.
import type { PersonId, SectionId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { NewMacro } from '#rules/macro-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Whose texts are whose author nobody knows: who asked for the run, else the first administrator; null on a desk without one. */
export async function keeperOf(db: Db, importId: number): Promise<PersonId | null> {
  const row = await db.row<{ id: PersonId }>(sql`select person_id as id from agent a
    where person_id = (select agent_id from import where id = ${importId}) or role = 'admin' and deactivated_at is null
    order by person_id = (select agent_id from import where id = ${importId}) desc nulls last, created_at, person_id limit 1`)
  return row?.id ?? null
}

/** A macro of the desk's own that says and does just this, for the same people, and that did not come from this source; null: there is none. */
export async function sameMacro(db: Db, macro: NewMacro, source: string): Promise<number | null> {
  const row = await db.row<{
    id: number
  }>(sql`select id from macro m where name = ${macro.name} and scope = ${macro.scope}
      and (scope <> 'personal' or owner_id = ${macro.ownerId}) and team_id is not distinct from ${macro.teamId}
      and change = ${JSON.stringify(macro.change)}::jsonb and body is not distinct from ${macro.body}
      and message_kind is not distinct from ${macro.messageKind} and texts = ${JSON.stringify(macro.texts)}::jsonb
      and folder = ${macro.folder} and (archived_at is not null) = ${macro.archived}
      and not exists (select from macro_file f where f.macro_id = m.id and f.place is not null)
      and not exists (select from import_ref r where r.source = ${source} and r.kind = 'replies' and r.made and r.local_id = m.id)
    order by id limit 1`)
  return row?.id ?? null
}

/** The macros that a source made of a record beside its first, with the names that they came under. */
export async function besideMacros(db: Db, source: string, id: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`select source_id as id from import_ref
    where source = ${source} and kind = 'replies' and made and starts_with(source_id, ${`${id}/`})`)
  return rows.map((each) => each.id)
}

/** The brand that what belongs to no other is of. */
export async function firstBrand(db: Db): Promise<number | null> {
  return (await db.row<{ id: number }>(sql`select min(id) as id from brand`))?.id ?? null
}

/** Gives an article the moments of its past. */
export async function dateArticle(
  db: Db,
  id: number,
  { createdAt, publishedAt }: { readonly createdAt: Instant; readonly publishedAt: Instant | null },
): Promise<void> {
  await db.rows(
    sql`update article set created_at = ${createdAt}, published_at = ${publishedAt} where id = ${id}`,
  )
}

/** Removes the articles that are as they were told, with their versions; returns their ids. What leads to them stays behind with them. */
export async function removeArticles(
  db: Db,
  told: readonly { readonly localId: number; readonly seq: number | null }[],
): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`select a.id from article a
      join jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as x("localId" bigint, seq integer)
        on x."localId" = a.id and x.seq = a.version for update of a`)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  // Those that followed one follow the oldest that is left.
  await db.rows(sql`with others as (select id, min(id) over (partition by translates_id) as first from article
      where translates_id = any(${ids}) and id <> all(${ids}))
    update article a set translates_id = nullif(o.first, a.id) from others o where a.id = o.id`)
  await db.rows(sql`update article set translates_id = null where id = any(${ids})`)
  await db.rows(sql`delete from article_address where article_id = any(${ids})`)
  await db.rows(sql`delete from article_version where article_id = any(${ids})`)
  await db.rows(sql`delete from article where id = any(${ids})`)
  return ids
}

/** Removes a macro that nobody has applied; false when somebody has. */
export async function removeMacro(db: Db, id: number): Promise<boolean> {
  await db.rows(sql`update draft set macro_id = null where macro_id = ${id}`)
  return (
    (await db.row(sql`delete from macro where id = ${id}
      and not exists (select from macro_use where macro_id = ${id}) returning id`)) !== null
  )
}

/** Removes the sections in which nothing lies and never lay, the innermost first; returns how many. */
export async function removeSections(db: Db, ids: readonly number[]): Promise<number[]> {
  const gone: number[] = []
  for (let before = -1; before !== gone.length;) {
    before = gone.length
    const rows = await db.rows<{
      id: SectionId
    }>(sql`delete from section s where id = any(${[...ids]}::bigint[])
        and not exists (select from section c where c.parent_id = s.id)
        and not exists (select from article where section_id = s.id)
        and not exists (select from article_version where section_id = s.id) returning id`)
    gone.push(...rows.map(({ id }) => id))
  }
  return gone
}

/** Forgets the names under which some things of kinds came. */
export async function forgetTexts(db: Db, kinds: readonly string[], ids: readonly number[]): Promise<void> {
  if (ids.length > 0)
    await db.rows(
      sql`delete from import_ref where kind = any(${[...kinds]}) and local_id = any(${[...ids]}::bigint[])`,
    )
}
