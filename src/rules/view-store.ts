// Saved views: a condition with a name, an order and a grouping, for one person, a team or everybody.
import type { Cond } from '#rules/condition.ts'
import type { SortKey } from '#rules/query.ts'
import type { Reader } from '#people/can.ts'
import type { GroupKey } from '#rules/listing.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Scope = 'personal' | 'team' | 'shared'

export type View = {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  readonly ownerId: PersonId
  readonly ownerName: string
  readonly teamId: TeamId | null
  readonly cond: Cond
  readonly sort: SortKey | null
  readonly groupBy: GroupKey | null
  readonly archivedAt: Instant | null
  /** When somebody last opened it; when it was made, if nobody has. */
  readonly usedAt: Instant
}

export type NewView = Omit<View, 'id' | 'ownerName' | 'archivedAt' | 'usedAt'>

const columns = sql`v.id, v.name, v.scope, v.owner_id as "ownerId", p.name as "ownerName", v.team_id as "teamId",
  v.cond, v.sort, v.group_by as "groupBy", v.archived_at as "archivedAt", coalesce(v.opened_at, v.created_at) as "usedAt"`

/** The views an agent sees: their own, their teams' and everybody's. Few enough to be read whole. */
export async function viewsOf(db: Db, reader: Pick<Reader, 'agentId' | 'teamIds'>): Promise<View[]> {
  return db.rows<View>(sql`select ${columns} from view v join person p on p.id = v.owner_id
    where v.archived_at is null and (v.scope = 'shared' or (v.scope = 'team' and v.team_id = any(${reader.teamIds}))
      or (v.scope = 'personal' and v.owner_id = ${reader.agentId}))
    order by array_position(array['personal', 'team', 'shared'], v.scope), lower(v.name), v.id limit 500`)
}

/** One view, whoever owns it. */
export async function findView(db: Db, id: number): Promise<View | null> {
  return db.row<View>(
    sql`select ${columns} from view v join person p on p.id = v.owner_id where v.id = ${id}`,
  )
}

/** All views that several people have, those put away too: for who looks after them. */
export async function sharedViews(db: Db): Promise<View[]> {
  return db.rows<View>(sql`select ${columns} from view v join person p on p.id = v.owner_id
    where v.scope <> 'personal' order by v.archived_at is not null, lower(v.name), v.id limit 500`)
}

/** Notes that a view was opened, once an hour at most. */
export async function noteOpened(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update view set opened_at = ${at}
    where id = ${id} and (opened_at is null or opened_at < ${at}::timestamptz - interval '1 hour')`)
}

/** Puts a view away, or back. */
export async function archiveView(db: Db, id: number, at: Instant | null): Promise<void> {
  await db.rows(sql`update view set archived_at = ${at} where id = ${id}`)
}

/** Saves a new view and answers its id. */
export async function addView(db: Db, view: NewView, at: Instant): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into view (name, scope, owner_id, team_id, cond, sort, group_by, created_at, updated_at)
    values (${view.name}, ${view.scope}, ${view.ownerId}, ${view.teamId}, ${JSON.stringify(view.cond)}, ${view.sort},
      ${view.groupBy}, ${at}, ${at}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Replaces what a view says; its owner stays. */
export async function changeView(db: Db, id: number, view: NewView, at: Instant): Promise<void> {
  await db.rows(sql`update view set name = ${view.name}, scope = ${view.scope}, team_id = ${view.teamId},
    cond = ${JSON.stringify(view.cond)}, sort = ${view.sort}, group_by = ${view.groupBy}, updated_at = ${at} where id = ${id}`)
}

/** Deletes a view; its tickets are not touched. */
export async function dropView(db: Db, id: number): Promise<void> {
  await db.rows(sql`delete from view where id = ${id}`)
}
