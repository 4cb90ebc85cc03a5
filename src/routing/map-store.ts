// Where tickets came from and where they belong by the conditions of today's queues: the edges of the routing map.
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { QueueRow } from '#routing/book.ts'
import { compile, type Compiling } from '#rules/condition-store.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'

export type Flow = {
  /** `mailbox:3`, or a channel. */
  readonly source: string
  readonly queueId: number | null
  readonly teamId: number | null
  readonly count: number
}

/** Tickets in the reader's sight that were opened since a moment, by where they came from, the queue that would take them, and their team. */
export async function flowsSince(
  db: Db,
  queues: readonly QueueRow[],
  since: Instant,
  compiling: Compiling,
  reader: Reader,
): Promise<Flow[]> {
  const queue = queueOfTicket(queues, compiling)
  return db.rows<Flow>(sql`select source, "queueId", "teamId", count(*)::int as count from (
      select case when t.channel = 'email' and t.mailbox_id is not null then 'mailbox:' || t.mailbox_id
          else t.channel end as source, ${queue} as "queueId", t.team_id as "teamId"
      from ticket t where t.created_at >= ${since} and not t.hidden and ${inSight(reader)}) flow
    group by 1, 2, 3 order by count desc`)
}

/** The queue that takes a ticket by today's conditions, as an expression over `ticket t`. */
export function queueOfTicket(queues: readonly QueueRow[], compiling: Compiling): Sql {
  const whens = queues.map(
    ({ id, definition: { filter } }) =>
      sql`when ${filter === null ? sql`true` : compile(filter, compiling)} then ${id}::bigint`,
  )
  return whens.length === 0 ? sql`null::bigint` : sql`case ${join(whens, ' ')} end`
}
