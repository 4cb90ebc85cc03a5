// Forward-only SQL migrations, each in its own transaction, one process at a time.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '#store/database.ts'
import { sql } from '#store/sql.ts'

type Migration = {
  readonly version: number
  readonly name: string
  readonly text: string
  readonly hash: string
}

/**
 * Brings the schema up to date, or to where these versions leave it, and returns the names of what ran. Two processes may call it at
 * once.
 */
export async function migrate(
  database: Database,
  folder: string,
  only: ReadonlySet<number> | null = null,
): Promise<readonly string[]> {
  const migrations = readMigrations(folder)
  const client = await database.connection()
  try {
    await client.query(`select pg_advisory_lock(hashtext('docket migrations'))`)
    await client.query(`create table if not exists schema_migration (
      version integer primary key, name text not null, hash text not null, at timestamptz not null default now())`)
    const done = new Map<number, string>()
    for (const row of (
      await client.query<{ version: number; hash: string }>(`select version, hash from schema_migration`)
    ).rows)
      done.set(row.version, row.hash)
    refuseStrangers(migrations, done)
    const ran: string[] = []
    const wanted = migrations.filter(({ version }) => !done.has(version) && (only?.has(version) ?? true))
    for (const migration of wanted) {
      await client.query('begin')
      await client.query(migration.text)
      await client.query(sql`insert into schema_migration (version, name, hash)
        values (${migration.version}, ${migration.name}, ${migration.hash})`)
      await client.query('commit')
      ran.push(migration.name)
    }
    return ran
  } finally {
    await client.end()
  }
}

function refuseStrangers(migrations: readonly Migration[], done: ReadonlyMap<number, string>): void {
  const newest = migrations.at(-1)?.version ?? 0
  for (const [version, hash] of done) {
    if (version > newest)
      throw new Error(`The database is newer than this Docket (migration ${version}). Upgrade Docket.`)
    const here = migrations.find((migration) => migration.version === version)
    if (here !== undefined && here.hash !== hash) {
      throw new Error(
        `Migration ${here.name} was changed after it ran. Migrations are never edited: add a new one.`,
      )
    }
  }
}

/** Whether every migration of `folder` has run. */
export async function isMigrated(database: Database, folder: string): Promise<boolean> {
  const rows = await database.rows<{ version: number }>(sql`select version from schema_migration`)
  const done = new Set(rows.map(({ version }) => version))
  return readMigrations(folder).every(({ version }) => done.has(version))
}

/** The migrations that this Docket knows. */
export function knownMigrations(
  folder: string,
): readonly { readonly version: number; readonly hash: string }[] {
  return readMigrations(folder)
}

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return {
        version: Number(name.slice(0, 4)),
        name,
        text,
        hash: createHash('sha256').update(text).digest('hex'),
      }
    })
}
