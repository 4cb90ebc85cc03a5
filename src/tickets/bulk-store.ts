// Bulk changes: the job, and what became of each of its tickets.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { Changes } from '#tickets/command.ts'

export type ItemState = 'waiting' | 'done' | 'unchanged' | 'skipped' | 'failed'

/** Firings of a version of the rulebook: of one of its rules, or of all. */
export type FiringsOf = { readonly version: number; readonly ruleId: number | null }

export type BulkJob = {
  readonly id: number
  readonly agentId: PersonId
  readonly change: Changes | null
  readonly asked: object
  readonly undoOf: number | null
  /** Whose work it takes back: rules of a version. */
  readonly firings: FiringsOf | null
  readonly undoneBy: number | null
  readonly state: 'running' | 'cancelled' | 'done'
  readonly total: number
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
  readonly counts: Readonly<Partial<Record<ItemState, number>>>
}

const columns = sql`j.id, j.agent_id as "agentId", j.change, j.asked, j.undo_of as "undoOf", j.firings,
  (select max(u.id) from bulk_job u where u.undo_of = j.id) as "undoneBy", j.state, j.total,
  j.created_at as "createdAt", j.finished_at as "finishedAt",
  (select coalesce(json_object_agg(state, n), '{}') from
    (select state, count(*) as n from bulk_item i where i.job_id = j.id group by state) c) as counts`

type NewJob = { readonly agentId: PersonId; readonly at: Instant }

/** Notes a job over these tickets and answers its id. */
export async function addBulkJob(
  db: Db,
  job: NewJob & ({ readonly change: Changes; readonly asked: object } | { readonly firings: FiringsOf }),
  ticketIds: readonly number[],
): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into bulk_job (agent_id, change, asked, firings, state, total, created_at)
    values (${job.agentId}, ${'change' in job ? JSON.stringify(job.change) : null},
      ${JSON.stringify('change' in job ? job.asked : {})}, ${'firings' in job ? JSON.stringify(job.firings) : null},
      'running', ${ticketIds.length}, ${job.at}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  await db.rows(sql`insert into bulk_item (job_id, ticket_id)
    select ${row.id}, ticket_id from unnest(${ticketIds}::bigint[]) as ticket_id on conflict do nothing`)
  return row.id
}

/** Notes a job that takes back what another one did, and answers its id. */
export async function addUndoJob(db: Db, undone: BulkJob, { agentId, at }: NewJob): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into bulk_job (agent_id, asked, undo_of, state, total, created_at)
    values (${agentId}, ${JSON.stringify(undone.asked)}, ${undone.id}, 'running', ${undone.counts.done ?? 0}, ${at})
    returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  await db.rows(sql`insert into bulk_item (job_id, ticket_id, seq)
    select ${row.id}, ticket_id, seq from bulk_item where job_id = ${undone.id} and state = 'done'`)
  return row.id
}

/** One job with its counts. */
export async function findBulkJob(db: Db, id: number): Promise<BulkJob | null> {
  return db.row<BulkJob>(sql`select ${columns} from bulk_job j where j.id = ${id}`)
}

/** An agent's jobs, newest first. */
export async function listBulkJobs(
  db: Db,
  agentId: PersonId,
  page: { readonly limit: number; readonly before: number | null },
): Promise<BulkJob[]> {
  return db.rows<BulkJob>(sql`select ${columns} from bulk_job j where j.agent_id = ${agentId}
    and j.id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by j.id desc limit ${page.limit}`)
}

export type BulkItem = {
  readonly ticketId: TicketId
  readonly subject: string
  readonly status: string
  readonly state: ItemState
  readonly reason: string | null
}

/** What became of those of a job's tickets that the reader sees now, by number. */
export async function listBulkItems(
  db: Db,
  jobId: number,
  page: { readonly limit: number; readonly after: number; readonly state: ItemState | null },
  reader: Reader,
): Promise<BulkItem[]> {
  const state = page.state === null ? sql`true` : sql`i.state = ${page.state}`
  return db.rows<BulkItem>(sql`select i.ticket_id as "ticketId", t.subject, t.status, i.state, i.reason
    from bulk_item i join ticket t on t.id = i.ticket_id
    where i.job_id = ${jobId} and i.ticket_id > ${page.after} and ${state} and ${inSight(reader)} order by i.ticket_id limit ${page.limit}`)
}

/** The oldest job that is not finished, held by this transaction; null when there is none that nobody else works on. */
export async function claimBulkJob(tx: Transaction): Promise<Omit<BulkJob, 'counts' | 'undoneBy'> | null> {
  return tx.row(sql`select id, agent_id as "agentId", change, asked, undo_of as "undoOf", firings, state, total,
      created_at as "createdAt", finished_at as "finishedAt"
    from bulk_job where state = 'running' order by id limit 1 for update skip locked`)
}

/** Tickets of a job that still wait, in order of number. */
export async function waitingItems(
  db: Db,
  jobId: number,
  limit: number,
): Promise<{ ticketId: TicketId; seq: number | null }[]> {
  return db.rows(sql`select ticket_id as "ticketId", seq from bulk_item
    where job_id = ${jobId} and state = 'waiting' order by ticket_id limit ${limit}`)
}

/** Notes what became of one ticket. */
export async function finishItem(
  db: Db,
  jobId: number,
  ticketId: number,
  became: { readonly state: ItemState; readonly reason: string | null; readonly seq: number | null },
): Promise<void> {
  await db.rows(sql`update bulk_item set state = ${became.state}, reason = ${became.reason},
    seq = coalesce(${became.seq}, seq) where job_id = ${jobId} and ticket_id = ${ticketId}`)
}

/** Ends a job: done, or cancelled with what still waits left as it was. False when it had ended already. */
export async function endBulkJob(
  db: Db,
  jobId: number,
  state: 'done' | 'cancelled',
  at: Instant,
): Promise<boolean> {
  const row = await db.row(sql`update bulk_job set state = ${state}, finished_at = ${at}
    where id = ${jobId} and state = 'running' returning id`)
  return row !== null
}
