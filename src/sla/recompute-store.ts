// The work that a publication leaves behind: tickets to be judged again, and how far that has come.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type RecomputeCause = 'policy_change' | 'calendar_change'
export type Recompute = {
  readonly id: number
  readonly cause: RecomputeCause
  readonly createdAt: Instant
  readonly afterTicketId: number
  readonly done: number
  readonly total: number
  readonly changed: number
  readonly finishedAt: Instant | null
}

const columns = sql`id, cause, created_at as "createdAt", after_ticket_id as "afterTicketId", done, total, changed,
  finished_at as "finishedAt"`
const judged = sql`status <> 'closed' and not hidden`

/** Notes that all tickets are to be judged again. */
export async function startRecompute(
  db: Db,
  cause: RecomputeCause,
  at: Instant,
  agentId: number,
): Promise<void> {
  await db.rows(sql`insert into sla_recompute (cause, created_at, agent_id, total)
    select ${cause}, ${at}::timestamptz, ${agentId}::bigint, count(*) from ticket where ${judged}`)
}

/** The oldest that is not finished, locked; null when there is none, or somebody else is at it. */
export async function takeRecompute(tx: Transaction): Promise<Recompute | null> {
  return tx.row(sql`select ${columns} from sla_recompute where finished_at is null
    order by id limit 1 for update skip locked`)
}

/** The next tickets in order of number. */
export async function ticketsToJudge(db: Db, after: number, limit: number): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(sql`select id from ticket
    where id > ${after} and ${judged} order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** Notes how far it has come. */
export async function advanceRecompute(
  db: Db,
  id: number,
  step: { afterTicketId: number; done: number; changed: number; finishedAt: Instant | null },
): Promise<void> {
  await db.rows(sql`update sla_recompute set after_ticket_id = ${step.afterTicketId}, done = done + ${step.done},
    changed = changed + ${step.changed}, finished_at = ${step.finishedAt}::timestamptz where id = ${id}`)
}

/** The last few, newest first. */
export async function recentRecomputes(db: Db): Promise<Recompute[]> {
  return db.rows(sql`select ${columns} from sla_recompute order by id desc limit 10`)
}

/** Tickets in a reader's sight whose clocks a preview looks at: those not closed and those opened since a moment, newest first. */
export async function ticketsToPreview(
  db: Db,
  reader: Reader,
  since: Instant,
  limit: number,
): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(sql`select t.id from ticket t
    where not t.hidden and ${inSight(reader)} and (t.status <> 'closed' or t.created_at >= ${since})
    order by t.id desc limit ${limit}`)
  return rows.map(({ id }) => id)
}
