// What could not come as it was as a CSV, record by record, with the place of each in its source.
import { problemsOf } from '#imports/file-store.ts'
import { csvLine } from '#kit/csv.ts'
import type { Db } from '#store/database.ts'

const AT_ONCE = 1_000

/** The lines, headings first. */
export async function* problemLines(db: Db, importId: number): AsyncGenerator<string> {
  yield csvLine(['place', 'kind', 'id', 'outcome', 'reason'])
  for (let after = 0; ;) {
    const rows = await problemsOf(db, importId, { limit: AT_ONCE, after })
    for (const { place, kind, sourceId, outcome, reason } of rows)
      yield csvLine([place, kind, sourceId, outcome, reason])
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)?.id ?? after
  }
}
