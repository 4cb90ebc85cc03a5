// What was erased must not come back with the next run of an import: its names there are kept as keyed hashes, which say nothing by themselves.
import { createHmac } from 'node:crypto'
import type { Desk } from '#desk/desk.ts'
import type { Db, Transaction } from '#store/database.ts'
import { join, sql } from '#store/sql.ts'

/** What a report of an import says of it. */
export const WAS_ERASED = 'it was erased here'

type Kind = 'tickets' | 'users' | 'people' | (string & {})

/** Keeps the names under which people and tickets came as marks alone, with what a report of the import says of them. */
export async function markErased(
  tx: Transaction,
  secret: string,
  { people, ticketIds }: { people: readonly number[]; ticketIds: readonly number[] },
): Promise<void> {
  const refs = await tx.rows<{ source: string; kind: Kind; id: string; localId: number }>(
    sql`select source, kind, source_id as id, local_id as "localId" from import_ref
      where kind = 'tickets' and local_id = any(${[...ticketIds]}::bigint[])
        or kind in ('users', 'people') and local_id = any(${[...people]}::bigint[])`,
  )
  if (refs.length === 0) return
  const rows = refs.map(
    ({ source, kind, id, localId }) => sql`(${markOf(secret, source, kind, id)}, ${localId})`,
  )
  await tx.rows(sql`insert into erased_source (mark, local_id) values ${join(rows)} on conflict do nothing`)
  for (const { source, kind, id } of refs) {
    await tx.rows(sql`delete from import_problem where kind = ${kind} and source_id = ${id}
      and import_id in (select id from import where source = ${source})`)
    // A plain number says nothing, and what names it there still finds it.
    if (!/^\d+$/.test(id))
      await tx.rows(
        sql`delete from import_ref where source = ${source} and kind = ${kind} and source_id = ${id}`,
      )
  }
}

/** Which of these names were erased here, and what they were the name of. */
export async function erasedAmong(
  db: Db,
  { secret }: Pick<Desk, 'secret'>,
  from: { readonly source: string; readonly kind: Kind },
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const marks = new Map(ids.map((id) => [markOf(secret, from.source, from.kind, id), id] as const))
  const rows = await db.hot<{ mark: string; localId: number }>(
    sql`select mark, local_id as "localId" from erased_source where mark = any(${[...marks.keys()]})`,
  )
  return new Map(rows.map(({ mark, localId }) => [marks.get(mark) ?? '', localId]))
}

function markOf(secret: string, source: string, kind: Kind, id: string): string {
  return createHmac('sha256', secret).update(`erased ${source}\n${kind}\n${id}`).digest('base64url')
}
