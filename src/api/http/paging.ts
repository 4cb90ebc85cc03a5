// Keyset paging: a cursor is the sort key of the last item, opaque to callers, and checked when it comes back.
import { z } from 'zod'
import { declineInput } from '#api/http/problem.ts'

/** Cuts a list that was read one longer than `limit` into a page; `keyOf` gives the place to go on from. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => unknown,
  itemOf: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null
  return { items: shown.map(itemOf), nextCursor }
}

/** Reads a cursor back; null when there is none, a 400 when it was not made by us. */
export function readCursor<Key extends z.ZodType>(
  cursor: string | undefined,
  key: Key,
): z.output<Key> | null {
  if (cursor === undefined || cursor === '') return null
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    return declineInput('cursor', 'is not a cursor of this list')
  }
}

/** A place as it is handed out. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

export const nameKey = z.strictObject({ name: z.string(), id: z.number().int() })
export const idKey = z.number().int()
