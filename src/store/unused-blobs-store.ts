// Files of which nothing shows anything yet, or no more: what sweeps the disk looks at them.
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Says of files that nothing shows them, before anything does: whoever takes them from the disk looks again, an hour later at the earliest. */
export async function noteUnused(db: Db, names: readonly string[]): Promise<void> {
  if (names.length > 0)
    await db.rows(
      sql`insert into blob_unused (sha256) select unnest(${[...names]}::text[]) on conflict do nothing`,
    )
}
