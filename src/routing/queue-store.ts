// Queues, skills and units of work as an administrator keeps them.
import type { Directory } from '#rules/directory.ts'
import type { Instant } from '#kit/time.ts'
import {
  emptyRouting,
  type QueueDefinition,
  type QueueRow,
  type RoutingBook,
  type Skill,
  type SkillNeed,
} from '#routing/book.ts'
import { defaultUnits, unitsFrom, type StoredUnits, type Units } from '#routing/load.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { assignments, sql } from '#store/sql.ts'

/** The book as it stands; the known one when nothing has changed. */
export async function readRouting(db: Db, known: RoutingBook): Promise<RoutingBook> {
  const [row] = await db.hot<{ revision: string }>(sql`select concat_ws(' ',
    (select string_agg(id || ':' || version || ':' || position, ',' order by id) from queue where archived_at is null),
    (select string_agg(id || name || md5(needs::text), ',' order by id) from skill where archived_at is null),
    (select md5(value::text) from routing_setting)) as revision`)
  const revision = row?.revision ?? ''
  if (revision === known.revision) return known
  if (revision === '') return emptyRouting
  const [queues, skills, units] = await Promise.all([listQueues(db), listSkills(db), readUnits(db)])
  return { revision, queues, skills, units }
}

/** Queues in their order, without those that were archived. */
export async function listQueues(db: Db): Promise<QueueRow[]> {
  return db.rows(sql`select id, title, position, version, definition from queue where archived_at is null
    order by position, id`)
}

/** A queue, archived or not. */
export async function findQueue(
  db: Db,
  id: number,
): Promise<(QueueRow & { readonly archived: boolean }) | null> {
  return db.row(sql`select id, title, position, version, definition, archived_at is not null as archived
    from queue where id = ${id}`)
}

/** Queues by name, for what conditions and rules can mean; archived ones too. */
export async function queueNames(db: Db): Promise<Directory['queues']> {
  return db.hot(sql`select id, title as name, archived_at is not null as archived from queue order by id`)
}

/** Adds a queue behind the others; null when the title is taken. */
export async function addQueue(db: Db, title: string, definition: QueueDefinition): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`insert into queue (title, position, definition)
    select ${title}, coalesce(max(position), 0) + 1, ${JSON.stringify(definition)}::jsonb from queue
    on conflict (title) do nothing returning id`)
  return row?.id ?? null
}

/** Changes what is given of a queue. */
export async function changeQueue(
  db: Db,
  id: number,
  change: { title?: string; position?: number; definition?: QueueDefinition; archivedAt?: Instant | null },
): Promise<void> {
  const { title, position, definition, archivedAt } = change
  const kept = definition === undefined ? undefined : JSON.stringify(definition)
  const sets = assignments({ title, position, definition: kept, archived_at: archivedAt })
  if (sets !== null) await db.rows(sql`update queue set ${sets}, version = version + 1 where id = ${id}`)
}

/** Skills by name. */
export async function listSkills(db: Db): Promise<Skill[]> {
  return db.rows(sql`select id, name, needs from skill where archived_at is null order by name, id`)
}

/** A skill, archived or not. */
export async function findSkill(
  db: Db,
  id: number,
): Promise<(Skill & { readonly archived: boolean }) | null> {
  return db.row(sql`select id, name, needs, archived_at is not null as archived from skill where id = ${id}`)
}

/** Adds a skill; null when the name is taken. */
export async function addSkill(db: Db, name: string, needs: readonly SkillNeed[]): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`insert into skill (name, needs)
    values (${name}, ${JSON.stringify(needs)}::jsonb) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Changes what is given of a skill; false when the name is another's. */
export async function changeSkill(
  db: Db,
  id: number,
  change: { name?: string; needs?: readonly SkillNeed[]; archivedAt?: Instant | null },
): Promise<boolean> {
  const needs = change.needs === undefined ? undefined : JSON.stringify(change.needs)
  const sets = assignments({ name: change.name, needs, archived_at: change.archivedAt })
  if (sets === null) return true
  const changed = await db.rows(sql`update skill set ${sets} where id = ${id}
    and not exists (select from skill other where other.id <> ${id} and other.name = ${change.name ?? null}) returning id`)
  return changed.length > 0
}

async function readUnits(db: Db): Promise<Units> {
  const row = await db.row<{ value: StoredUnits }>(sql`select value from routing_setting`)
  return row === null ? defaultUnits : unitsFrom(row.value)
}

/** Sets how much work tickets are. */
export async function writeUnits(db: Db, units: StoredUnits): Promise<void> {
  await db.rows(sql`insert into routing_setting (value) values (${JSON.stringify(units)}::jsonb)
    on conflict (one) do update set value = excluded.value`)
}

/** Has every ticket that waits, or might, looked at again: after a publication. */
export async function lookAtAll(db: Db): Promise<void> {
  await db.rows(sql`insert into route_due (ticket_id)
    select id from ticket where assignee_id is null and status in ('new', 'open') and not hidden
    union select ticket_id from route_waiting on conflict do nothing`)
}

/** Has waiting tickets looked at again: who comes, goes or changes teams decides whether anybody on staff could take them. */
export async function lookAtWaiting(db: Db): Promise<void> {
  await db.rows(
    sql`insert into route_due (ticket_id) select ticket_id from route_waiting on conflict do nothing`,
  )
  tell(db, { lane: 'routing' })
}
