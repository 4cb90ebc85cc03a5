// A backup while the desk is served: every table as of one moment (a repeatable-read snapshot), then the blobs that are not there yet.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { Fault } from '#kit/fault.ts'
import type { Blobs } from '#store/blobs.ts'
import { blobsOf, migrationsOf, sequencesOf, tablesOf, type Table } from '#store/backup/catalogue-store.ts'
import {
  BackupFault,
  blobList,
  fingerprintOf,
  folderOf,
  nameNewest,
  passingHash,
  readManifest,
  writeManifest,
  type Manifest,
} from '#store/backup/manifest.ts'
import type { Place } from '#store/backup/place.ts'
import type { Heal, OnProgress } from '#store/backup/restore.ts'
import type { Database } from '#store/database.ts'

export type Backup = {
  readonly manifest: Manifest
  /** Blobs that were copied now; the others lay there from before. */
  readonly copied: number
  /** Blobs that are not what their name says: left out. */
  readonly damaged: readonly string[]
  /** Blobs that rows speak of and that are neither in the desk nor in the place. */
  readonly missing: readonly string[]
  /** Blobs that rows speak of and that are in no backup, damaged or missing. Where there are any, no older backup went. */
  readonly lost: readonly string[]
  /** Written now: tables, packed, and blobs that were not there. */
  readonly bytes: number
}

type Asked = {
  readonly place: Place
  /** The files of the desk. */
  readonly blobs: Blobs
  /** So many backups stay, this one among them; null removes none. */
  readonly keep: number | null
  readonly secret: string
  readonly sealedSecret: Manifest['sealedSecret']
  readonly at: string
  /** What it throws breaks the backup off. */
  readonly onProgress: OnProgress
  /** Aborted when somebody else may write here by now: nothing is said to be whole from then on, and nothing is removed. */
  readonly signal: AbortSignal
  /** Looks at the new backup before it counts as one; what it throws undoes it. */
  readonly check?: (manifest: Manifest, heal: Heal) => Promise<unknown>
}

/** Writes a backup beside those that lie there: they stay whole until it is, and the oldest then go. Only under the lock of backups. */
export async function backup(database: Database, asked: Asked): Promise<Backup> {
  const { place, keep, signal } = asked
  const folder = folderOf(asked.at)
  await forgetBrokenOff(place, signal)
  if ((await place.folders()).includes(folder))
    throw new BackupFault(`A backup of ${asked.at} lies in ${place.says} already.`)
  const made = await written(database, asked, folder).catch(async (error: unknown) => {
    // What cannot be removed now is found without a manifest by the next.
    await place.forget(folder).catch(() => {})
    throw error
  })
  await nameNewest(place, made.manifest)
  // Where files of the desk are nowhere something is wrong with it: older backups are then worth more than their room.
  if (keep !== null && made.lost.length === 0) await forgetOldest(place, keep, made.manifest, signal)
  return made
}

/** Everything up to the manifest in its folder, by which it counts as a backup. */
async function written(database: Database, asked: Asked, folder: string): Promise<Backup> {
  const { place, blobs, onProgress } = asked
  let bytes = 0
  const count = (size: number) => void (bytes += size)
  const counted: Place = {
    ...place,
    write: (path, chunks) => place.write(path, counting(chunks, count)),
  }
  const { needed, ...snapshot } = await writeTables(database, counted, folder, onProgress)
  // After the snapshot: whatever its rows speak of is kept by now, as bytes come before rows.
  const { names, copied, damaged, bytes: ofFiles } = await copyBlobs(blobs, place.blobs, needed, onProgress)
  const manifest: Manifest = {
    format: 1,
    createdAt: asked.at,
    folder,
    ...snapshot,
    blobs: { count: names.length, ...(await writeLines(counted, folder, 'blobs.txt.gz', names)) },
    secret: fingerprintOf(asked.secret),
    sealedSecret: asked.sealedSecret,
  }
  await asked.check?.(manifest, async (name) => {
    if (!(await isWhole(blobs, name))) return
    await place.blobs.remove(name)
    count((await copyBlob(blobs, place.blobs, name)) ?? 0)
  })
  asked.signal.throwIfAborted()
  await writeManifest(place, manifest)
  const [there, bad] = [new Set(names), new Set(damaged)]
  const lost = needed.filter((name) => !there.has(name))
  const missing = lost.filter((name) => !bad.has(name))
  return { manifest, copied, damaged, missing, lost, bytes: bytes + ofFiles }
}

/** The tables of one moment, and what else the database says of itself at it. */
async function writeTables(database: Database, place: Place, folder: string, onProgress: OnProgress) {
  const client = await database.connection()
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesOf(client)
    const parts: Manifest['tables'] = []
    for (const [index, table] of tables.entries()) {
      await onProgress(table.name, index, tables.length)
      parts.push(await writeTable(client, place, folder, table))
    }
    const needed = await blobsOf(client)
    const [migrations, sequences] = [await migrationsOf(client), await sequencesOf(client)]
    await client.query('commit')
    return { tables: parts, needed, migrations, sequences }
  } finally {
    await client.end()
  }
}

async function* counting(chunks: AsyncIterable<Uint8Array>, count: (size: number) => void) {
  for await (const chunk of chunks) {
    count(chunk.length)
    yield chunk
  }
}

async function writeTable(client: Client, place: Place, folder: string, { name, columns }: Table) {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const rows = client.query(copyTo(`copy ${client.escapeIdentifier(name)} (${list}) to stdout`))
  const file = `${name}.copy.gz`
  const sha256 = await writePart(place, `${folder}/${file}`, rows)
  return { name, columns: [...columns], rows: rows.rowCount, file, sha256 }
}

async function writeLines(place: Place, folder: string, file: string, lines: readonly string[]) {
  const text = lines.map((line) => `${line}\n`).join('')
  const sha256 = await writePart(place, `${folder}/${file}`, Readable.from([Buffer.from(text)]))
  return { file, sha256 }
}

/** Writes a stream, packed, for good, and gives the hash of what lies there. */
async function writePart(place: Place, path: string, from: Readable): Promise<string> {
  const hash = passingHash()
  await pipeline(
    from,
    createGzip({ level: 1 }),
    (chunks: AsyncIterable<Buffer>) => hash.through(chunks),
    (chunks: AsyncIterable<Buffer>) => place.write(path, chunks),
  )
  return hash.digest()
}

async function copyBlobs(from: Blobs, to: Blobs, needed: readonly string[], onProgress: Asked['onProgress']) {
  const found = await from.names()
  const there = new Set(await to.names())
  const names = new Set<string>()
  const damaged: string[] = []
  let [copied, bytes] = [0, 0]
  for (const [index, name] of found.entries()) {
    await onProgress('files', index, found.length)
    if (!there.has(name)) {
      const size = await copyBlob(from, to, name)
      if (size === null) {
        damaged.push(name)
        continue
      }
      copied++
      bytes += size
    }
    names.add(name)
  }
  // What the desk has lost since lies here from an earlier backup, and nowhere else.
  const left = needed.filter((name) => !names.has(name) && there.has(name))
  for (const [index, name] of left.entries()) {
    await onProgress('files of earlier backups', index, left.length)
    if (await isWhole(to, name)) names.add(name)
  }
  return { names: [...names].toSorted(), copied, damaged, bytes }
}

/** Its size; null when it is not what its name says. A store that does not answer fails the whole. */
async function copyBlob(from: Blobs, to: Blobs, name: string): Promise<number | null> {
  try {
    const draft = await to.receive((await from.open(name)).read())
    await draft.keep()
    return draft.size
  } catch (error) {
    if (isOfTheBlob(error)) return null
    throw error
  }
}

async function isWhole(blobs: Blobs, name: string): Promise<boolean> {
  try {
    for await (const _ of (await blobs.open(name)).read());
    return true
  } catch (error) {
    if (isOfTheBlob(error)) return false
    throw error
  }
}

/** It is missing or damaged, where a store that fails has a code or may be tried again. */
const isOfTheBlob = (error: unknown) => error instanceof Fault && !error.retryable && error.code === undefined

/** What earlier runs left that did not come to their end. Nobody else writes here. */
async function forgetBrokenOff(place: Place, signal: AbortSignal): Promise<void> {
  await place.blobs.tidy(Infinity)
  const newest = await readManifest(place).catch((error: unknown) => {
    if (error instanceof BackupFault) return null
    throw error
  })
  for (const folder of await place.folders()) {
    // That of an earlier Docket has its manifest above it alone.
    if (folder === newest?.folder || (await hasManifest(place, folder))) continue
    signal.throwIfAborted()
    await place.forget(folder)
  }
}

/** The oldest backups go, and the files that none of the others needs. */
async function forgetOldest(
  place: Place,
  keep: number,
  newest: Manifest,
  signal: AbortSignal,
): Promise<void> {
  const folders = await place.folders()
  if (!folders.includes(newest.folder))
    throw new BackupFault(
      `${place.says} does not list the backup that was just made: nothing older is removed.`,
    )
  const kept = [newest]
  for (const folder of folders.toReversed()) {
    if (folder === newest.folder) continue
    const manifest = kept.length < keep ? await manifestIn(place, folder) : null
    signal.throwIfAborted()
    if (manifest === null) await place.forget(folder)
    else kept.push(manifest)
  }
  const needed = new Set<string>()
  for (const manifest of kept) for (const name of await blobList(place, manifest)) needed.add(name)
  for (const name of await place.blobs.names()) {
    if (needed.has(name)) continue
    signal.throwIfAborted()
    await place.blobs.remove(name)
  }
}

/** Null for what was broken off, and for the one backup of an earlier Docket, whose manifest lay above it. */
async function manifestIn(place: Place, folder: string): Promise<Manifest | null> {
  return (await hasManifest(place, folder)) ? readManifest(place, folder.slice('tables-'.length)) : null
}

async function hasManifest(place: Place, folder: string): Promise<boolean> {
  const there = await place.read(`${folder}/manifest.json`)
  there?.destroy()
  return there !== null
}
