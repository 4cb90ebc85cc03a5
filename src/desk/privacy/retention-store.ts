// Rules of retention: which tickets are due by them, and what they did.
import { isUnderHold } from '#desk/privacy/hold-store.ts'
import type { TicketId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { assignments, join, sql, type Sql } from '#store/sql.ts'

export type Retention = {
  readonly days: number
  readonly categoryIds: readonly number[]
  readonly tags: readonly string[]
}
export type RetentionRule = Retention & {
  readonly id: number
  readonly name: string
  readonly isOn: boolean
  readonly createdAt: Instant
}
/** Up to which ticket, in the order of closing, a rule has come in its present go. */
export type Reached = { readonly reachedAt: Instant | null; readonly reachedId: number | null }

const columns = sql`id, name, days, category_ids as "categoryIds", tags, is_on as "isOn", created_at as "createdAt"`
const DAY_SECONDS = 86_400

/** Rules that are kept, in the order they were made. */
export async function listRules(db: Db): Promise<RetentionRule[]> {
  return db.rows<RetentionRule>(
    sql`select ${columns} from retention_rule where archived_at is null order by id limit 100`,
  )
}

/** One rule. */
export async function findRule(db: Db, id: number): Promise<RetentionRule | null> {
  return db.row<RetentionRule>(
    sql`select ${columns} from retention_rule where id = ${id} and archived_at is null`,
  )
}

/** The rules that are on and do not rest. */
export async function restedRules(db: Db, at: Instant): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`select id from retention_rule
    where archived_at is null and is_on and (rested_until is null or rested_until <= ${at}) order by id`)
  return rows.map(({ id }) => id)
}

/** One rule, which nobody else changes, or works by, until the transaction ends. */
export async function lockRule(tx: Transaction, id: number): Promise<(RetentionRule & Reached) | null> {
  return tx.row(sql`select ${columns}, reached_at as "reachedAt", reached_id as "reachedId" from retention_rule
    where id = ${id} and archived_at is null for update`)
}

/** Makes a rule, which does nothing until it is turned on. */
export async function addRule(db: Db, rule: Retention & { name: string; at: Instant }): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into retention_rule (name, days, category_ids, tags, created_at)
    values (${rule.name}, ${rule.days}, ${[...rule.categoryIds]}, ${[...rule.tags]}, ${rule.at}) returning id`)
  return row?.id ?? 0
}

/** Changes what is given. */
export async function changeRule(
  db: Db,
  id: number,
  change: Partial<Retention> & { name?: string; isOn?: boolean; archivedAt?: Instant },
): Promise<void> {
  const sets = assignments({
    name: change.name,
    days: change.days,
    category_ids: change.categoryIds,
    tags: change.tags,
    is_on: change.isOn,
    archived_at: change.archivedAt,
    reached_at: null,
    reached_id: null,
    rested_until: null,
  })
  if (sets !== null) await db.rows(sql`update retention_rule set ${sets} where id = ${id}`)
}

/** Categories, each with what it has become one with: closed tickets keep the old one. */
const meant = sql`recursive meant(id, means) as (select id, id from category where merged_into is null
  union all select c.id, m.means from category c join meant m on c.merged_into = m.id)`

/** True of the tickets, as `t`, that are due by a rule, whether something holds them or not. */
function due({ days, categoryIds, tags }: Retention, at: Instant): Sql {
  const before = plus(at, -days * DAY_SECONDS)
  const all = [
    sql`t.status = 'closed' and t.closed_at <= ${before}`,
    // What was added to a closed ticket since is old once it is as old itself.
    sql`not exists (select from retention_done d where d.ticket_id = t.id and d.at >= t.closed_at and not exists (
      select from message m where m.ticket_id = t.id and m.redacted_at is null and m.at > d.at and m.at <= ${before}))`,
  ]
  if (categoryIds.length > 0)
    all.push(sql`t.category_id in (with ${meant} select m.id from meant m join category c on c.id = m.means
      join meant w on w.id = any(${[...categoryIds]}::bigint[]) join category r on r.id = w.means
      where c.id = r.id or starts_with(c.path, r.path || '/'))`)
  if (tags.length > 0) all.push(sql`t.tags && ${[...tags]}::text[]`)
  return join(all, ' and ')
}

/** Closed tickets that are looked at in one transaction. */
const LOOKED_AT = 2_000

/** What a portion found: the next tickets that are due and not held, and up to which ticket it came; null at the end of a go. */
export type Portion = { readonly ids: readonly TicketId[]; readonly reached: Reached | null }

/** Looks at the next closed tickets, without locking any. */
export async function lookForDue(
  db: Db,
  rule: Retention & Reached,
  at: Instant,
  limit: number,
): Promise<Portion> {
  const { reachedAt, reachedId } = rule
  const after = reachedAt === null ? sql`true` : sql`(t.closed_at, t.id) > (${reachedAt}, ${reachedId})`
  const rows = await db.rows<{ id: TicketId; at: Instant; isDue: boolean }>(sql`
    with looked as materialized (select t.id, t.closed_at from ticket t where t.status = 'closed'
        and t.closed_at <= ${plus(at, -rule.days * DAY_SECONDS)} and ${after} order by t.closed_at, t.id limit ${LOOKED_AT}),
      found as (select t.id, t.closed_at from ticket t where t.id in (select id from looked) and ${due(rule, at)}
        and not ${isUnderHold(sql`t.id`)} order by t.closed_at, t.id limit ${limit}),
      last as (select id, closed_at from looked order by closed_at desc, id desc limit 1)
    select id, closed_at as at, true as "isDue" from found
    union all select id, closed_at, false from last where (select count(*) from looked) = ${LOOKED_AT}
    order by at, id, "isDue" desc`)
  const found = rows.filter(({ isDue }) => isDue)
  // With as many as may go at once the rest is for the next portion.
  const last = found.length === limit ? found.at(-1) : rows.find(({ isDue }) => !isDue)
  const reached = last === undefined ? null : { reachedAt: last.at, reachedId: last.id }
  return { ids: found.map(({ id }) => id), reached }
}

/** Locks those of these tickets that are still due and not held, until the transaction ends; those that somebody works on wait. */
export async function lockDue(
  tx: Transaction,
  rule: Retention,
  at: Instant,
  ids: readonly TicketId[],
): Promise<TicketId[]> {
  const rows = await tx.rows<{ id: TicketId }>(sql`select t.id from ticket t
    where t.id = any(${[...ids]}::bigint[]) and ${due(rule, at)} and not ${isUnderHold(sql`t.id`)}
    order by t.closed_at, t.id for update of t skip locked`)
  return rows.map(({ id }) => id)
}

export type DueTicket = { readonly id: TicketId; readonly subject: string; readonly closedAt: Instant }
export type RetentionPreview = {
  readonly count: number
  readonly held: number
  readonly oldestAt: Instant | null
  readonly sample: readonly DueTicket[]
}

const SAMPLE = 20

/** How many are due, how many of them are held, and the oldest of them. */
export async function previewDue(db: Db, rule: Retention, at: Instant): Promise<RetentionPreview> {
  const counted = await db.row<
    Omit<RetentionPreview, 'sample'>
  >(sql`select count(*) filter (where not held) as count,
    count(*) filter (where held) as held, min(closed_at) as "oldestAt"
    from (select t.closed_at, ${isUnderHold(sql`t.id`)} as held from ticket t where ${due(rule, at)}) d`)
  const sample = await db.rows<DueTicket>(sql`select t.id, t.subject, t.closed_at as "closedAt" from ticket t
    where ${due(rule, at)} and not ${isUnderHold(sql`t.id`)} order by t.closed_at, t.id limit ${SAMPLE}`)
  return { count: counted?.count ?? 0, held: counted?.held ?? 0, oldestAt: counted?.oldestAt ?? null, sample }
}

/** Notes tickets as erased by a rule. */
export async function noteRetained(
  tx: Transaction,
  ruleId: number,
  ids: readonly number[],
  at: Instant,
): Promise<void> {
  await tx.rows(sql`insert into retention_done (ticket_id, rule_id, at) select id, ${ruleId}, ${at}::timestamptz
    from unnest(${[...ids]}::bigint[]) id on conflict (ticket_id) do update set rule_id = excluded.rule_id, at = excluded.at`)
  await tx.rows(sql`update retention_rule set unsaid = unsaid + ${ids.length}::integer where id = ${ruleId}`)
}

/** Goes on after a ticket. */
export async function noteReached(tx: Transaction, ruleId: number, reached: Reached): Promise<void> {
  const { reachedAt, reachedId } = reached
  await tx.rows(
    sql`update retention_rule set reached_at = ${reachedAt}, reached_id = ${reachedId} where id = ${ruleId}`,
  )
}

/** Begins with the oldest again, after a rest. */
export async function beginAgain(tx: Transaction, ruleId: number, restedUntil: Instant): Promise<void> {
  await tx.rows(sql`update retention_rule set reached_at = null, reached_id = null, rested_until = ${restedUntil}
    where id = ${ruleId}`)
}

/** What a rule did since this was last asked. */
export async function takeUnsaid(tx: Transaction, ruleId: number): Promise<number> {
  const row = await tx.row<{ unsaid: number }>(
    sql`select unsaid from retention_rule where id = ${ruleId} for update`,
  )
  if (row !== null && row.unsaid > 0)
    await tx.rows(sql`update retention_rule set unsaid = 0 where id = ${ruleId}`)
  return row?.unsaid ?? 0
}

/** How many tickets a rule erased on each of the last days that had some (UTC), newest first. */
export async function daysOf(db: Db, ruleId: number): Promise<{ day: string; tickets: number }[]> {
  return db.rows(sql`select to_char(at, 'YYYY-MM-DD') as day, count(*) as tickets from retention_done
    where rule_id = ${ruleId} group by 1 order by 1 desc limit 14`)
}
