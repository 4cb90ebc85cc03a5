// What those who lead are told of: each waiting ticket once for each cause, and not one mail for each.
import type { BrandId, MailboxId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { StuckCause } from '#routing/stuck.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Notes tickets that nobody on staff can take; returns whether anything is untold. */
export async function noteUnroutable(db: Db, now: Instant): Promise<boolean> {
  const [row] = await db.hot<{ stuck: boolean; untold: boolean }>(sql`select
    exists (select from route_waiting w where unroutable is not null
      and not exists (select from route_alert a where a.ticket_id = w.ticket_id)) as stuck,
    exists (select from route_alert where told_at is null) as untold`)
  if (row?.stuck !== true) return row?.untold === true
  await db.rows(sql`insert into route_alert (ticket_id, cause, queue_id, skills, noted_at)
    select ticket_id, case when (unroutable->>'nobodyInTeams')::boolean then 'team'
        when (unroutable->>'noCapacity')::boolean then 'capacity'
        when (unroutable->>'inConflict')::boolean then 'conflict' else 'skill' end,
      queue_id, array(select value::bigint from jsonb_array_elements_text(unroutable->'skills')), ${now}
    from route_waiting where unroutable is not null on conflict do nothing`)
  return true
}

/** Notes tickets of one queue for one cause, unless that was noted for the queue since a moment. */
export async function noteStuck(
  db: Db,
  { queueId, cause, ids }: { queueId: number; cause: StuckCause; ids: readonly number[] },
  { now, since }: { now: Instant; since: Instant },
): Promise<void> {
  await db.rows(sql`insert into route_alert (ticket_id, cause, queue_id, noted_at)
    select id, ${cause}, ${queueId}::bigint, ${now}::timestamptz from unnest(${ids}::bigint[]) as id
    where not exists (select from route_alert where queue_id = ${queueId} and cause = ${cause} and noted_at > ${since})
    on conflict do nothing`)
}

export type Stuck = {
  readonly ticketId: number
  readonly cause: StuckCause
  readonly queueId: number
  readonly skills: readonly number[]
  readonly teamId: TeamId | null
  readonly brandId: BrandId
  readonly mailboxId: MailboxId | null
}

/** Takes what is untold and still waits, unless something was told since a moment. Of two workers one gets it. */
export async function claimStuck(
  tx: Transaction,
  { now, since }: { now: Instant; since: Instant },
): Promise<Stuck[]> {
  return tx.rows<Stuck>(sql`update route_alert a set told_at = ${now} from ticket t
    where t.id = a.ticket_id and a.told_at is null and t.assignee_id is null
      and not exists (select from route_alert where told_at > ${since})
    returning a.ticket_id as "ticketId", a.cause, a.queue_id as "queueId", a.skills, t.team_id as "teamId",
      t.brand_id as "brandId", t.mailbox_id as "mailboxId"`)
}

/** Forgets what was noted of tickets that somebody has by now. */
export async function forgetEnded(db: Db): Promise<void> {
  await db.rows(sql`delete from route_alert a using ticket t
    where t.id = a.ticket_id and a.told_at is null and t.assignee_id is not null`)
}
