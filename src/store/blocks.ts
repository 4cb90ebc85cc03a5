// Ids drawn in blocks of 64: what must be known before the statement that writes it costs no round trip of its own.
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** The `increment by` of the sequence in the schema. */
const BLOCK = 64

export type Ids = { readonly next: () => Promise<number> }

/** Unique ids from `content_id_seq`, never used twice; a restart skips the rest of a block. */
export function createIds(db: Db): Ids {
  let next = 0
  let end = 0
  let drawing: Promise<void> | null = null
  const draw = async () => {
    const [row] = await db.hot<{ first: number }>(sql`select nextval('content_id_seq') as first`)
    if (row === undefined) throw new Error('Bug: a sequence gave nothing')
    next = row.first
    end = row.first + BLOCK
  }
  return {
    next: async () => {
      while (next >= end) await (drawing ??= draw().finally(() => (drawing = null)))
      return next++
    },
  }
}

/** Draws so many blocks at once; `idsOf` hands them out. */
export async function drawBlocks(db: Db, count: number): Promise<number[]> {
  const rows = await db.rows<{ first: number }>(
    sql`select nextval('content_id_seq') as first from generate_series(1, ${count})`,
  )
  return rows.map(({ first }) => first)
}

/** The ids of some blocks, in order; throws when they run out. */
export function idsOf(blocks: readonly number[]): Ids {
  let used = 0
  return {
    next: () => {
      const first = blocks[Math.floor(used / BLOCK)]
      if (first === undefined) throw new Error('Bug: the reserved ids ran out')
      return Promise.resolve(first + (used++ % BLOCK))
    },
  }
}
