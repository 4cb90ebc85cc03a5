// A backup comes back: every part is read and checked first; then the tables are filled in one transaction, and the blobs laid beside.
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { pathOf } from '#store/backup/backup.ts'
import { foreignKeysOf, isDeskEmpty, relationsIn, tablesOf } from '#store/backup/catalogue-store.ts'
import { BackupFault, passingHash, readManifest, type Manifest } from '#store/backup/manifest.ts'
import { createBlobs } from '#store/blobs.ts'
import type { Database } from '#store/database.ts'
import { knownMigrations, migrate } from '#store/migrate.ts'

export type OnProgress = (what: string, done: number, total: number) => void

/** Reads all of a backup and compares it with its manifest; a BackupFault names the part that is not as it was written. */
export async function checkParts(dir: string, migrations: string, onProgress: OnProgress): Promise<Manifest> {
  const manifest = await readManifest(dir)
  const known = new Map(knownMigrations(migrations).map(({ version, hash }) => [version, hash]))
  for (const { version, name, hash } of manifest.migrations)
    if (known.get(version) !== hash)
      throw new BackupFault(`It was made by another Docket: this one does not know ${name}. Upgrade first.`)
  for (const [index, { name, file, sha256 }] of manifest.tables.entries()) {
    onProgress(`reading ${name}`, index, manifest.tables.length)
    await checkFile(join(dir, manifest.folder, file), sha256, `The table ${name} (${file})`)
  }
  const { file, sha256 } = manifest.blobs
  await checkFile(join(dir, manifest.folder, file), sha256, `The list of files (${file})`)
  const names = await blobList(dir, manifest)
  for (const [index, name] of names.entries()) {
    onProgress('reading files', index, names.length)
    await checkFile(pathOf(join(dir, 'blobs'), name), name, `The file ${name}`)
  }
  return manifest
}

async function checkFile(path: string, sha256: string, what: string): Promise<void> {
  if (!existsSync(path)) throw new BackupFault(`${what} is missing.`)
  const hash = passingHash()
  await pipeline(createReadStream(path), hash.through, async (chunks) => {
    for await (const _ of chunks);
  })
  if (hash.digest() !== sha256) throw new BackupFault(`${what} is damaged, or another one.`)
}

async function blobList(dir: string, { folder, blobs }: Manifest): Promise<string[]> {
  const lines = await text(createReadStream(join(dir, folder, blobs.file)).pipe(createGunzip()))
  return lines.split('\n').filter((line) => line !== '')
}

/**
 * Fills an empty database with the tables of a checked backup, as its Docket left them, and brings the schema up to date. Refused
 * when somebody works there already, or anything else lies there: what is there is dropped.
 */
export async function restoreTables(
  database: Database,
  { dir, manifest, migrations, onProgress }: Restoring,
): Promise<void> {
  const client = await database.connection()
  try {
    await refuseUsed(client, manifest)
    // As it was made, and nothing that later migrations added.
    await client.query('drop schema public cascade')
    await client.query('create schema public')
    await migrate(database, migrations, new Set(manifest.migrations.map(({ version }) => version)))
    await client.query('begin')
    await fill(client, { dir, manifest, migrations, onProgress })
    await client.query('commit')
  } finally {
    await client.end()
  }
  await migrate(database, migrations)
}

export type Restoring = {
  readonly dir: string
  readonly manifest: Manifest
  /** The folder of this Docket's migrations. */
  readonly migrations: string
  readonly onProgress: OnProgress
}

async function refuseUsed(client: Client, { tables }: Manifest): Promise<void> {
  const there = await relationsIn(client)
  if (there.includes('ticket') && !(await isDeskEmpty(client)))
    throw new BackupFault(
      'Somebody works on this desk already. Restore into an empty one: set DOCKET_DATA to a new folder.',
    )
  const own = new Set(['schema_migration', ...tables.map(({ name }) => name)])
  const strange = there.find((name) => !own.has(name))
  if (strange !== undefined)
    throw new BackupFault(
      `The database holds "${strange}", which is not in the backup and would be lost. Restore into an empty database, or a new DOCKET_DATA.`,
    )
}

async function fill(client: Client, { dir, manifest, onProgress }: Restoring): Promise<void> {
  const quoted = (name: string) => client.escapeIdentifier(name)
  const tables = await tablesOf(client)
  const keys = await foreignKeysOf(client)
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`)
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  for (const [index, table] of manifest.tables.entries()) {
    onProgress(table.name, index, manifest.tables.length)
    const columns = table.columns.map(quoted).join(', ')
    const into = client.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`))
    await pipeline(createReadStream(join(dir, manifest.folder, table.file)), createGunzip(), into)
    if (into.rowCount !== table.rows)
      throw new BackupFault(`${table.name} holds ${into.rowCount} rows, where ${table.rows} were written.`)
  }
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} enable trigger user`)
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  for (const [name, last] of Object.entries(manifest.sequences))
    await client.query(`select setval($1::regclass, $2)`, [quoted(name), last])
}

/** Lays the blobs of a checked backup beside the database. */
export async function restoreBlobs(
  blobFolder: string,
  { dir, manifest, onProgress }: Restoring,
): Promise<void> {
  const blobs = createBlobs(blobFolder)
  const names = await blobList(dir, manifest)
  for (const [index, name] of names.entries()) {
    onProgress('files', index, names.length)
    if (existsSync(pathOf(blobFolder, name))) continue
    const draft = await blobs.receive(createReadStream(pathOf(join(dir, 'blobs'), name)))
    if (draft.sha256 !== name) {
      await draft.drop()
      throw new BackupFault(`The file ${name} is damaged, or another one.`)
    }
    await draft.keep()
  }
}
