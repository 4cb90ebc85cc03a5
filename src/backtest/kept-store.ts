// What is kept of tickets that were lived again. A copy of what the log says: it is thrown away whenever in doubt.
import type { Kept } from '#backtest/kept.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** So many bases at once: what is live, two drafts and a shadow. */
const MOST_BASES = 4

/** Takes the basis of a hash for use, a new one where there is none; of too many those used last stay. */
export async function takeBasis(db: Db, hash: string): Promise<number> {
  const row = await db.row<{
    id: number
  }>(sql`insert into backtest_basis (hash, used_at) values (${hash}, now())
    on conflict (hash) do update set used_at = excluded.used_at returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  await db.rows(sql`delete from backtest_basis where id in
    (select id from backtest_basis where id <> ${row.id} order by used_at desc, id desc offset ${MOST_BASES - 1})`)
  return row.id
}

type KeptRow = { readonly basisId: number; readonly ticketId: number; readonly kept: Kept }

/** As it is written: up to which place in the log, and as text. */
export type NewRow = Omit<KeptRow, 'kept'> & { readonly seq: number; readonly kept: string }

/** What is kept of tickets on which nothing has happened since. */
export async function keptOfTickets(
  db: Db,
  basisIds: readonly number[],
  ids: readonly number[],
): Promise<KeptRow[]> {
  return db.rows<KeptRow>(sql`select k.basis_id as "basisId", k.ticket_id as "ticketId", k.kept
    from ticket t join backtest_kept k on k.ticket_id = t.id and k.seq = t.seq
    where t.id = any(${ids}::bigint[]) and k.basis_id = any(${basisIds}::bigint[])`)
}

/** Keeps what tickets came to up to a place in their log; nothing under a basis that was thrown away meanwhile. */
export async function keepTickets(db: Db, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  const bases = [...new Set(rows.map(({ basisId }) => basisId))]
  // Held until this is committed: whoever throws one away meanwhile takes these rows along.
  await db.rows(sql`with here as (select id from backtest_basis where id = any(${bases}::bigint[]) for key share)
    insert into backtest_kept (basis_id, ticket_id, seq, kept)
    select basis_id, ticket_id, seq, kept from unnest(${rows.map(({ basisId }) => basisId)}::bigint[],
        ${rows.map(({ ticketId }) => ticketId)}::bigint[], ${rows.map(({ seq }) => seq)}::integer[],
        ${rows.map(({ kept }) => kept)}::json[]) as found (basis_id, ticket_id, seq, kept) join here on here.id = basis_id
    on conflict (basis_id, ticket_id) do update set seq = excluded.seq, kept = excluded.kept`)
}

/** Forgets what is kept of tickets: words of theirs were taken back. */
export async function forgetKept(db: Db, ticketIds: readonly number[]): Promise<void> {
  await db.rows(sql`delete from backtest_kept where ticket_id = any(${ticketIds}::bigint[])`)
}

/** Forgets all of it, also what a backtest that runs now would have kept. */
export async function forgetAllKept(db: Db): Promise<void> {
  await db.rows(sql`delete from backtest_basis`)
}

/** Forgets what nobody has used for days, and what has been overtaken: of tickets that went on or are gone. */
export async function dropOldKept(db: Db): Promise<void> {
  await db.rows(sql`delete from backtest_basis where used_at < now() - interval '3 days'`)
  await db.rows(sql`delete from backtest_kept k where not exists
    (select from ticket t where t.id = k.ticket_id and t.seq = k.seq)`)
}
