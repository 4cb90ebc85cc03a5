// Which words documents are made of.
import type { Vocabulary } from '#kit/near.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const MOST_WORDS = 50_000

/** The words of letters in a column of tsvectors, the commonest first, each with how many documents have it. `query` is nobody's input. */
export async function vocabularyOf(db: Db, query: string): Promise<Vocabulary> {
  const rows = await db.rows<{ word: string; documents: number }>(sql`select word, ndoc as documents
    from ts_stat(${query}) where word ~ '^[[:alpha:]]{4,40}$' order by ndoc desc, word limit ${MOST_WORDS}`)
  return new Map(rows.map(({ word, documents }) => [word, documents]))
}
