// What the assistant does by category, counted from its runs: never one number for all.
import { gravestOf } from '#assistant/verdict-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type CategoryCounts = {
  readonly id: number
  readonly path: string
  /** Settled tickets that people put there. */
  readonly tickets: number
  readonly runs: number
  /** Answered alone. */
  readonly answered: number
  readonly judged: number
  readonly wrong: number
}

/** Every category in use, with its counts of all time. */
export async function categoryCounts(db: Db): Promise<CategoryCounts[]> {
  return db.rows(sql`
    with settled as (select category_id as id, count(*)::int as tickets from ticket
        where status in ('resolved', 'closed') and not hidden and category_id is not null group by category_id),
      ran as (select category_id as id, count(*)::int as runs,
          count(*) filter (where update_id is not null and decision in ('ask', 'auto_resolve', 'answer_stay_open'))::int as answered,
          count(said.verdict)::int as judged, count(*) filter (where said.verdict in ('wrong', 'harmful'))::int as wrong
        from assistant_run r left join lateral ${gravestOf('run_id', sql`r.id`)} said on true where category_id is not null group by category_id)
    select c.id, c.path, coalesce(s.tickets, 0) as tickets, coalesce(r.runs, 0) as runs, coalesce(r.answered, 0) as answered,
      coalesce(r.judged, 0) as judged, coalesce(r.wrong, 0) as wrong
    from category c left join settled s on s.id = c.id left join ran r on r.id = c.id
    where c.archived_at is null order by c.path`)
}
