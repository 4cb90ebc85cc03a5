// Sections as rows. Never deleted: an article's versions name them.
import type { SectionId } from '#kit/ids.ts'
import type { Section } from '#knowledge/section.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const columns = sql`s.id, s.brand_id as "brandId", s.parent_id as "parentId", s.level, s.slug, s.position, s.names, s.archived`

/** Every section of the desk: some dozens, which are shown as one tree. */
export async function allSections(db: Db): Promise<Section[]> {
  return db.rows<Section>(
    sql`select ${columns} from section s order by s.brand_id, s.level, s.position, s.id`,
  )
}

export type Counted = Section & { readonly articles: number }

/** Every section with how many articles lie in it, archived ones not counted. */
export async function countedSections(db: Db): Promise<Counted[]> {
  return db.rows<Counted>(sql`select ${columns}, count(a.id)::int as articles
    from section s left join article a on a.section_id = s.id and a.status <> 'archived'
    group by s.id order by s.brand_id, s.level, s.position, s.id`)
}

/** Adds a section after those beside it; null when its address is another's. */
export async function addSection(
  db: Db,
  section: Omit<Section, 'id' | 'position' | 'archived'>,
): Promise<SectionId | null> {
  const { brandId, parentId, level, slug, names } = section
  const row = await db.row<{ id: SectionId }>(sql`
    insert into section (brand_id, parent_id, level, slug, position, names)
    values (${brandId}, ${parentId}, ${level}, ${slug}, (select coalesce(max(position), 0) + 1 from section
      where brand_id = ${brandId} and parent_id is not distinct from ${parentId}), ${JSON.stringify(names)}::jsonb)
    on conflict (brand_id, slug) do nothing returning id`)
  return row?.id ?? null
}

/** Renames a section, moves it with all that lies in it, archives it. */
export async function changeSection(
  db: Db,
  from: Section,
  { parentId, level, names, archived }: Pick<Section, 'parentId' | 'level' | 'names' | 'archived'>,
): Promise<void> {
  await db.rows(sql`update section set parent_id = ${parentId}, names = ${JSON.stringify(names)}::jsonb,
    archived = ${archived} where id = ${from.id}`)
  if (level === from.level) return
  await db.rows(sql`with recursive below as (select id from section where id = ${from.id}
      union select s.id from section s join below on s.parent_id = below.id)
    update section set level = level + ${level - from.level} where id in (select id from below)`)
}

/** Gives sections that lie beside each other their order. */
export async function orderSections(db: Db, ids: readonly SectionId[]): Promise<void> {
  await db.rows(sql`update section s set position = place
    from unnest(${ids}::bigint[]) with ordinality as wanted(id, place) where s.id = wanted.id`)
}

/** Of two who change the tree, the second waits for the first. */
export async function lockSections(db: Db): Promise<void> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('sections'))`)
}
