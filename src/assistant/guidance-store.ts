// How often guidance was told to a model, and followed by its own word.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** By key, over the runs since a moment. */
export async function guidanceCounts(
  db: Db,
  since: Instant,
): Promise<{ key: string; told: number; followed: number }[]> {
  return db.rows(sql`
    with said as (select step -> 'saw' as saw from assistant_run r, jsonb_array_elements(r.steps) step
      where r.at >= ${since} and r.steps @> '[{"step": "guidance"}]' and step ->> 'step' = 'guidance')
    select key, count(*)::int as told, count(*) filter (where saw -> 'followed' ? key)::int as followed
    from said, jsonb_array_elements_text(saw -> 'told') key group by key order by key`)
}
