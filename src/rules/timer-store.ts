// Episodes of timer rules: read and written with each update of their ticket, and found when they are due.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Episode } from '#rules/timers.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const columns = sql`rule_id as "ruleId", start_seq as "startSeq", started_at as "startedAt", due_at as "dueAt", fired,
  fired_at as "firedAt"`

/** The episodes of a ticket. */
export async function episodesOfTicket(db: Db, ticketId: number): Promise<Episode[]> {
  return db.hot<Episode>(
    sql`select ${columns} from rule_timer where ticket_id = ${ticketId} order by rule_id`,
  )
}

export type DueRule = { readonly ticketId: TicketId; readonly ruleId: number; readonly dueAt: Instant }

/** What is due at a moment, oldest first. */
export async function dueRules(db: Db, at: Instant, limit: number): Promise<DueRule[]> {
  return db.hot<DueRule>(sql`select ticket_id as "ticketId", rule_id as "ruleId", due_at as "dueAt" from rule_timer
    where due_at <= ${at} order by due_at, ticket_id, rule_id limit ${limit}`)
}

/** When the next is due. */
export async function nextRuleAt(db: Db): Promise<Instant | null> {
  const [row] = await db.hot<{ at: Instant | null }>(
    sql`select min(due_at) as at from rule_timer where due_at is not null`,
  )
  return row?.at ?? null
}

/** Writes the episodes of a ticket, or of one of its rules, outside of an update: nothing happened but time. */
export async function putEpisodes(
  db: Db,
  ticketId: number,
  ruleIds: readonly number[],
  episodes: readonly Episode[],
): Promise<void> {
  const kept = episodes.map(({ ruleId }) => ruleId)
  const gone = ruleIds.filter((id) => !kept.includes(id))
  if (gone.length > 0)
    await db.hot(sql`delete from rule_timer where ticket_id = ${ticketId} and rule_id = any(${gone})`)
  if (episodes.length > 0) await db.hot(sql`${upsertFrom(sql`select ${ticketId}::bigint as id`, episodes)}`)
}

/** The insert of episodes for the ticket that `source` yields. */
function upsertFrom(source: ReturnType<typeof sql>, episodes: readonly Episode[]) {
  const rows = JSON.stringify(
    episodes.map(({ ruleId, startSeq, startedAt, dueAt, fired, firedAt }) => ({
      rule_id: ruleId,
      start_seq: startSeq,
      started_at: startedAt,
      due_at: dueAt,
      fired,
      fired_at: firedAt,
    })),
  )
  return sql`insert into rule_timer (ticket_id, rule_id, start_seq, started_at, due_at, fired, fired_at)
    select s.id, x.* from (${source}) as s, jsonb_to_recordset(${rows}::jsonb) as x(rule_id bigint, start_seq integer,
      started_at timestamptz, due_at timestamptz, fired integer, fired_at timestamptz)
    on conflict (ticket_id, rule_id) do update set start_seq = excluded.start_seq, started_at = excluded.started_at,
      due_at = excluded.due_at, fired = excluded.fired, fired_at = excluded.fired_at`
}

export type Scan = {
  readonly ruleId: number
  readonly rulebookVersion: number
  readonly afterTicketId: number
  readonly done: number
  readonly total: number
  readonly overdue: number
  readonly at: Instant
  readonly finishedAt: Instant | null
}

const scanColumns = sql`rule_id as "ruleId", rulebook_version as "rulebookVersion", after_ticket_id as "afterTicketId",
  done, total, overdue, at, finished_at as "finishedAt"`

/** Has timer rules put to every ticket that is not closed, from the beginning. */
export async function beginScans(
  db: Db,
  ruleIds: readonly number[],
  version: number,
  at: Instant,
): Promise<void> {
  if (ruleIds.length === 0) return
  await db.rows(sql`insert into rule_scan (rule_id, rulebook_version, total, at)
    select id, ${version}, (select count(*) from ticket where not hidden and status <> 'closed'), ${at}
    from unnest(${ruleIds}::bigint[]) as id
    on conflict (rule_id) do update set rulebook_version = excluded.rulebook_version, after_ticket_id = 0, done = 0,
      overdue = 0, total = excluded.total, at = excluded.at, finished_at = null`)
}

/** A scan that is not finished, for this transaction alone. */
export async function takeScan(db: Db): Promise<Scan | null> {
  return db.row<Scan>(sql`select ${scanColumns} from rule_scan where finished_at is null
    order by at, rule_id limit 1 for update skip locked`)
}

/** Whether the next scan has not begun yet. */
export async function scanBegins(db: Db): Promise<boolean> {
  const row = await db.row<{ begins: boolean }>(sql`select after_ticket_id = 0 as begins from rule_scan
    where finished_at is null order by at, rule_id limit 1`)
  return row?.begins === true
}

/** How far a scan has come. */
export async function noteScan(
  db: Db,
  scan: Pick<Scan, 'ruleId' | 'afterTicketId'>,
  more: { readonly done: number; readonly overdue: number; readonly finishedAt: Instant | null },
): Promise<void> {
  await db.rows(sql`update rule_scan set after_ticket_id = ${scan.afterTicketId}, done = done + ${more.done},
    overdue = overdue + ${more.overdue}, finished_at = ${more.finishedAt} where rule_id = ${scan.ruleId}`)
}

/** The scan of a rule. */
export async function findScan(db: Db, ruleId: number): Promise<Scan | null> {
  return db.row<Scan>(sql`select ${scanColumns} from rule_scan where rule_id = ${ruleId}`)
}

/** Numbers of tickets that timers can be about, after a number. */
export async function openTicketsAfter(db: Db, ticketId: number, limit: number): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(sql`select id from ticket
    where id > ${ticketId} and not hidden and status <> 'closed' order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}
