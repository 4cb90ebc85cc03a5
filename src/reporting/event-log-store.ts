// What happened to tickets, one row each, as process mining reads it: changes of status, replies, and who had the ticket then. Taken from
// the rows of reports, so that what was undone is not in it.
import type { Instant } from '#kit/time.ts'
import { within, type Scope } from '#reporting/scope-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type LogEvent = {
  readonly ticketId: number
  readonly at: Instant
  readonly activity: string
  readonly authorId: number | null
  readonly assigneeId: number | null
  readonly teamId: number | null
  readonly categoryId: number | null
  readonly priority: string
}

/** Facts that are no change of status. */
const KINDS = [
  'first_reply',
  'assistant_first_reply',
  'next_reply',
  'further_reply',
  'handoff',
  'team_hop',
] as const

/** The events of the next tickets that were opened in a window, in order; those of one ticket are together. */
export async function nextEvents(
  db: Db,
  scope: Scope,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  page: { readonly after: number; readonly tickets: number },
): Promise<LogEvent[]> {
  return db.rows<LogEvent>(sql`
    with mine as materialized (select t.id from ticket t where t.id > ${page.after} and t.created_at >= ${from} and t.created_at < ${to}
      and not t.hidden and ${within(scope)} order by t.id limit ${page.tickets})
    select * from (
      select s.ticket_id as "ticketId", s.from_at as at, 'status_' || s.status as activity, null::bigint as "authorId",
        s.assignee_id as "assigneeId", s.team_id as "teamId", s.category_id as "categoryId", s.priority
      from mine join report_span s on s.ticket_id = mine.id where s.since_at = s.from_at
      union all
      select f.ticket_id, f.at, f.kind, f.author_id, f.assignee_id, f.team_id, f.category_id, f.priority
      from mine join report_fact f on f.ticket_id = mine.id and f.kind = any(${KINDS})) e
    order by "ticketId", at, activity`)
}
