// A backup comes back: every part is read and checked first; then the tables are filled in one transaction, and the blobs laid beside.
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { foreignKeysOf, isDeskEmpty, relationsIn, rest, tablesOf } from '#store/backup/catalogue-store.ts'
import { BackupFault, blobList, passingHash, readManifest, type Manifest } from '#store/backup/manifest.ts'
import type { Place } from '#store/backup/place.ts'
import { placeOf, type Blobs } from '#store/blobs.ts'
import type { Database } from '#store/database.ts'
import { knownMigrations, migrate } from '#store/migrate.ts'

export type OnProgress = (what: string, done: number, total: number) => void | Promise<void>

/** Puts a file of a place right that is not as it was written, where that can be. */
export type Heal = (name: string) => Promise<void>

/** Reads all of a backup and compares it with its manifest; a BackupFault names the part that is not as it was written. */
export async function checkParts(
  place: Place,
  of: string | null,
  migrations: string,
  onProgress: OnProgress,
): Promise<Manifest> {
  const manifest = await readManifest(place, of)
  await checkAll(place, manifest, migrations, onProgress)
  return manifest
}

/** The same for a manifest that is in memory; a file that was healed is read once more. */
export async function checkAll(
  place: Place,
  manifest: Manifest,
  migrations: string,
  onProgress: OnProgress,
  heal?: Heal,
): Promise<void> {
  const known = new Map(knownMigrations(migrations).map(({ version, hash }) => [version, hash]))
  for (const { version, name, hash } of manifest.migrations)
    if (known.get(version) !== hash)
      throw new BackupFault(`It was made by another Docket: this one does not know ${name}. Upgrade first.`)
  for (const [index, { name, file, sha256 }] of manifest.tables.entries()) {
    await onProgress(`reading ${name}`, index, manifest.tables.length)
    await checkPart(place, `${manifest.folder}/${file}`, sha256, `The table ${name} (${file})`)
  }
  const { file, sha256 } = manifest.blobs
  await checkPart(place, `${manifest.folder}/${file}`, sha256, `The list of files (${file})`)
  const names = await blobList(place, manifest)
  for (const [index, name] of names.entries()) {
    await onProgress('reading files', index, names.length)
    const check = () => checkPart(place, `blobs/${placeOf(name)}`, name, `The file ${name}`)
    await check().catch(async (error: unknown) => {
      if (heal === undefined || !(error instanceof BackupFault)) throw error
      await heal(name)
      await check()
    })
  }
}

async function checkPart(place: Place, path: string, sha256: string, what: string): Promise<void> {
  const hash = passingHash()
  await pipeline(await partAt(place, path, what), hash.through, async (chunks) => {
    for await (const _ of chunks);
  })
  if (hash.digest() !== sha256) throw new BackupFault(`${what} is damaged, or another one.`)
}

async function partAt(place: Place, path: string, what: string): Promise<Readable> {
  const part = await place.read(path)
  if (part === null) throw new BackupFault(`${what} is missing.`)
  return part
}

/**
 * Fills an empty database with the tables of a checked backup, as its Docket left them, and brings the schema up to date. Refused
 * when somebody works there already, or anything else lies there: what is there is dropped.
 */
export async function restoreTables(
  database: Database,
  { place, manifest, migrations, onProgress }: Restoring,
): Promise<void> {
  const client = await database.connection()
  try {
    await refuseUsed(client, manifest)
    // As it was made, and nothing that later migrations added.
    await client.query('drop schema public cascade')
    await client.query('create schema public')
    await migrate(database, migrations, new Set(manifest.migrations.map(({ version }) => version)))
    await client.query('begin')
    await fill(client, { place, manifest, migrations, onProgress })
    await client.query('commit')
  } finally {
    await client.end()
  }
  await migrate(database, migrations)
  await rest(database)
}

export type Restoring = {
  readonly place: Place
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

async function fill(client: Client, { place, manifest, onProgress }: Restoring): Promise<void> {
  const quoted = (name: string) => client.escapeIdentifier(name)
  const tables = await tablesOf(client)
  const keys = await foreignKeysOf(client)
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`)
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  for (const [index, table] of manifest.tables.entries()) {
    await onProgress(table.name, index, manifest.tables.length)
    const columns = table.columns.map(quoted).join(', ')
    const into = client.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`))
    const part = await partAt(place, `${manifest.folder}/${table.file}`, `The table ${table.name}`)
    await pipeline(part, createGunzip(), into)
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
export async function restoreBlobs(blobs: Blobs, { place, manifest, onProgress }: Restoring): Promise<void> {
  const names = await blobList(place, manifest)
  for (const [index, name] of names.entries()) {
    await onProgress('files', index, names.length)
    if (await blobs.has(name)) continue
    const draft = await blobs.receive(await partAt(place, `blobs/${placeOf(name)}`, `The file ${name}`))
    if (draft.sha256 !== name) {
      await draft.drop()
      throw new BackupFault(`The file ${name} is damaged, or another one.`)
    }
    await draft.keep()
  }
}
