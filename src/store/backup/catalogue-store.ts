// What the database says of itself, as a backup asks it: tables with their columns, sequences, migrations, what the blobs belong to.
import type { Client } from 'pg'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

export type Table = { readonly name: string; readonly columns: readonly string[] }

/** All tables with the columns that are kept; what the database makes of others by itself is left out. */
export async function tablesOf(client: Client): Promise<Table[]> {
  return rowsOf(
    client,
    sql`select c.relname as name, json_agg(a.attname order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
    group by c.relname order by c.relname`,
  )
}

/** Everything with rows that lies in the database, but for what extensions bring. */
export async function relationsIn(client: Client): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    client,
    sql`select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1`,
  )
  return rows.map(({ name }) => name)
}

/** The last number that each sequence gave. */
export async function sequencesOf(client: Client): Promise<Record<string, number>> {
  const rows = await rowsOf<{ name: string; last: number }>(
    client,
    sql`select sequencename as name, last_value as last
    from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

/** The migrations that have run. */
export async function migrationsOf(
  client: Client,
): Promise<{ version: number; name: string; hash: string }[]> {
  return rowsOf(client, sql`select version, name, hash from schema_migration order by version`)
}

/** The blobs that rows speak of. */
export async function blobsOf(client: Client): Promise<string[]> {
  const rows = await rowsOf<{ sha256: string }>(
    client,
    sql`select sha256 from attachment
    union select blob_sha256 from raw_mail where blob_sha256 is not null
    union select sha256 from article_file
    union select sha256 from macro_file
    union select picture_sha256 from agent where picture_sha256 is not null
    union select logo_sha256 from brand where logo_sha256 is not null order by 1`,
  )
  return rows.map(({ sha256 }) => sha256)
}

/** Whether somebody works here: agents or tickets. */
export async function isDeskEmpty(client: Client): Promise<boolean> {
  const [row] = await rowsOf<{ used: boolean }>(
    client,
    sql`select exists (select from agent) or exists (select from ticket) as used`,
  )
  return row?.used !== true
}

export type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string }

/** Every foreign key, to be taken away while tables are filled in whatever order, and made again. */
export async function foreignKeysOf(client: Client): Promise<ForeignKey[]> {
  return rowsOf(
    client,
    sql`select conrelid::regclass::text as table, quote_ident(conname) as name,
      pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  )
}

/**
 * A desk that came back makes no backups by itself until somebody turns them on: the one it came from may be alive and keep its own in
 * the same place. The run that made the backup stands in it as one that has not ended.
 */
export async function rest(db: Db): Promise<void> {
  await db.rows(
    sql`update backup_plan set is_on = false, on_since = null, asked_at = null, asked_by = null, retry_at = null`,
  )
  await db.rows(sql`delete from backup_run where ended_at is null`)
}

async function rowsOf<Row extends object>(client: Client, statement: Sql): Promise<Row[]> {
  return (await client.query<Row>(statement)).rows
}
