// Whose past was told under a name: two desks can lie behind one address, and one desk's clocks can be read in two ways. Neither may go on
// with what the other has begun.
import { refsOf, type NewRef } from '#imports/import-store.ts'
import { clocksOf } from '#imports/old-line.ts'
import type { OldDatabase, Where } from '#imports/old-store.ts'
import { fixed } from '#imports/read-values.ts'
import { Fault } from '#kit/fault.ts'
import type { Db } from '#store/database.ts'

/** Where the tickets of a make are, and what of them never changes. */
export type First = { readonly table: string; readonly id: string; readonly created: string }

export const ORIGIN = 'origin'

/** What tells this desk from others, to be kept with what is told; refuses another one than was told under the name before. */
export async function originOf(
  db: Db,
  source: string,
  { database }: Where,
  old: OldDatabase,
  { table, id, created }: First,
): Promise<NewRef[]> {
  const ticket = async (where: string, values: readonly number[]) => {
    const query = `select ${id} as id, ${created} as created from ${table} ${where} order by ${id} limit 1`
    const [row] = await old.rows(query, values)
    return row === undefined ? null : `${fixed(row['id'])} ${fixed(row['created'])}`
  }
  const kept = await refsOf(db, source, ORIGIN, ['first', 'clocks'])
  const before = kept.get('first')?.version
  const number = Number(before?.split(' ')[0])
  // Its first ticket may have been deleted since: that makes no other desk of it.
  const now = before === undefined ? null : await ticket(`where ${id} = $1`, [number])
  if (now !== null && now !== before)
    refuse(
      `Another desk was read under this name before: its ticket ${number} was another one. Give this one a name of its own, with --name`,
    )
  const clocks = clocksOf(new URL(database))
  const were = kept.get('clocks')?.version ?? clocks
  if (were !== clocks)
    refuse(
      `This desk was read before with its times as of ${were || 'no zone'}, not ${clocks || 'without one'}: take that import back first`,
    )
  const first = before ?? (await ticket('', []))
  return [...(first === null ? [] : [refOf('first', first)]), refOf('clocks', clocks)]
}

function refOf(sourceId: string, version: string): NewRef {
  return { kind: ORIGIN, sourceId, localId: 0, version, made: false }
}

function refuse(message: string): never {
  throw new Fault(message, { retryable: false, code: 'ORIGIN' })
}
