// How the desk stands at this moment, in counts: one statement, asked once for all who see the same.
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { aboutNoneOrInSight, inSight } from '#people/wall-store.ts'
import type { WaitBand } from '#reporting/vocabulary.ts'
import type { Presence } from '#routing/model.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type LiveBoard = {
  /** Unassigned tickets that are new or open and not snoozed, by queue (null: in none) and by how long they have waited. */
  readonly waiting: readonly {
    readonly queueId: number | null
    readonly queue: string | null
    readonly band: WaitBand
    readonly count: number
  }[]
  readonly oldest: { readonly ticketId: number; readonly subject: string; readonly since: Instant } | null
  readonly unassigned: number
  readonly overdue: number
  readonly dueSoon: number
  /** Who may have tickets, by presence, with the active tickets they have. */
  readonly agents: readonly {
    readonly presence: Presence
    readonly agents: number
    readonly tickets: number
  }[]
  readonly heldMails: number
  readonly failingMailboxes: number
  readonly openCircuits: number
}

/** The board as this reader sees it. */
export async function liveBoard(db: Db, now: Instant, reader: Reader): Promise<LiveBoard> {
  const active = sql`not t.hidden and t.status in ('new', 'open', 'pending', 'on_hold') and ${inSight(reader)}`
  const rows = await db.hot<LiveBoard>(sql`with active as materialized (
      select t.id, t.status, t.assignee_id, t.snoozed_until, t.due_at, t.created_at, t.subject from ticket t where ${active}),
    waiting as materialized (
      select a.id, a.subject, w.queue_id, coalesce(w.entered_at, a.created_at) as since
      from active a left join route_waiting w on w.ticket_id = a.id
      where a.assignee_id is null and a.status in ('new', 'open')
        and (a.snoozed_until is null or a.snoozed_until <= ${now})),
    banded as (
      select queue_id, case when since > ${now}::timestamptz - interval '1 hour' then 'hour'
        when since > ${now}::timestamptz - interval '4 hours' then 'hours'
        when since > ${now}::timestamptz - interval '1 day' then 'day' else 'longer' end as band, count(*)::int as count
      from waiting group by 1, 2),
    staff as (
      select coalesce(r.presence, 'offline') as presence, count(distinct g.person_id)::int as agents, count(a.id)::int as tickets
      from agent g left join agent_routing r on r.agent_id = g.person_id left join active a on a.assignee_id = g.person_id
      where g.deactivated_at is null and g.role <> 'viewer' group by 1)
    select
      (select coalesce(json_agg(json_build_object('queueId', b.queue_id, 'queue', q.title, 'band', b.band, 'count', b.count)
        order by q.position, q.id, b.band), '[]') from banded b left join queue q on q.id = b.queue_id) as waiting,
      (select json_build_object('ticketId', id, 'subject', subject, 'since', to_char(since at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) from waiting order by since, id limit 1) as oldest,
      (select count(*)::int from waiting) as unassigned,
      (select count(*)::int from active where due_at < ${now}) as overdue,
      (select count(*)::int from active
        where due_at >= ${now} and due_at < ${now}::timestamptz + interval '1 hour') as "dueSoon",
      (select coalesce(json_agg(json_build_object('presence', presence, 'agents', agents, 'tickets', tickets)
        order by presence), '[]') from staff) as agents,
      (select count(*)::int from quarantine k where k.state = 'held' and ${aboutNoneOrInSight(reader, sql`k.ticket_id`)})
        as "heldMails",
      (select count(*)::int from mailbox_health h join mailbox m on m.id = h.mailbox_id
        where m.archived_at is null and (h.failing_since is not null or h.send_failing_since is not null))
        as "failingMailboxes",
      (select count(distinct e.actor_id)::int from ticket_event e
        where e.kind = 'rule_circuit_opened' and e.at > ${now}::timestamptz - interval '1 hour') as "openCircuits"`)
  const [board] = rows
  if (board === undefined) throw new Error('Bug: the board returned nothing')
  return board
}
