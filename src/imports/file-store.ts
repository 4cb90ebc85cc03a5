// Files of imports while they are needed, and the records that could not come as they were.
import type { Result } from '#imports/counts.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Keeps the compressed bytes of a file. */
export async function addImportFile(
  db: Db,
  { name, bytes, at }: { name: string; bytes: Buffer; at: Instant },
): Promise<number> {
  const row = await db.row<{ id: number }>(
    sql`insert into import_file (name, bytes, created_at) values (${name}, ${bytes}, ${at}) returning id`,
  )
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** The compressed bytes of a file; null when it is gone. */
export async function importFile(db: Db, id: number): Promise<Buffer | null> {
  return (await db.row<{ bytes: Buffer }>(sql`select bytes from import_file where id = ${id}`))?.bytes ?? null
}

/** Forgets a file. */
export async function dropImportFile(db: Db, id: number): Promise<void> {
  await db.rows(sql`delete from import_file where id = ${id}`)
}

/** Forgets files that were brought before a moment. */
export async function dropOldImportFiles(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from import_file where created_at < ${before}`)
}

/** Notes those of some results that have a reason. */
export async function addProblems(db: Db, importId: number, results: readonly Result[]): Promise<void> {
  const rows = results.flatMap(({ kind, id, place, outcome, reason }) =>
    reason === undefined ? [] : [{ kind, source_id: id, place: place ?? null, outcome, reason }],
  )
  if (rows.length === 0) return
  await db.rows(sql`insert into import_problem (import_id, kind, source_id, place, outcome, reason)
    select ${importId}, kind, source_id, place, outcome, reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(kind text, source_id text, place text, outcome text, reason text)`)
}

/** Forgets the problems of a run that begins anew. */
export async function dropProblems(db: Db, importId: number): Promise<void> {
  await db.rows(sql`delete from import_problem where import_id = ${importId}`)
}

export type ProblemRow = {
  readonly id: number
  readonly kind: string
  readonly sourceId: string
  readonly place: string | null
  readonly outcome: string
  readonly reason: string
}

/** The problems of a run in their order, a page at a time. */
export async function problemsOf(
  db: Db,
  importId: number,
  { limit, after }: { limit: number; after: number },
): Promise<ProblemRow[]> {
  return db.rows<ProblemRow>(sql`select id, kind, source_id as "sourceId", place, outcome, reason from import_problem
    where import_id = ${importId} and id > ${after} order by id limit ${limit}`)
}
