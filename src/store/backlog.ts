// How much waits in each lane: for the metrics and the doctor.
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Waiting things by lane. */
export async function backlog(db: Db): Promise<{ lane: string; count: number }[]> {
  return db.rows(sql`
    select 'inbound' as lane, count(*) from raw_mail where state = 'waiting'
    union all select 'outbox', count(*) from outbox where state in ('queued', 'sending')
    union all select 'reactions', count(*) from reaction_due
    union all select 'assistant', count(*) from assistant_due
    union all select 'timers_overdue', count(*) from timer where due_at < now()`)
}
