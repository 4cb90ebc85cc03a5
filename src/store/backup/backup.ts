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
  blobList,
  fingerprintOf,
  folderOf,
  passingHash,
  readManifest,
  writeManifest,
  type Manifest,
} from '#store/backup/manifest.ts'
import type { Place } from '#store/backup/place.ts'
import type { OnProgress } from '#store/backup/restore.ts'
import type { Database } from '#store/database.ts'

export type Backup = {
  readonly manifest: Manifest
  /** Blobs that were copied now; the others lay there from before. */
  readonly copied: number
  /** Blobs that are not what their name says: left out. */
  readonly damaged: readonly string[]
  /** Blobs that rows speak of and that are nowhere. */
  readonly missing: readonly string[]
  /** Written now: tables, packed, and blobs that were not there. */
  readonly bytes: number
}

type Asked = {
  readonly place: Place
  /** The files of the desk. */
  readonly blobs: Blobs
  /** So many backups stay, this one among them. */
  readonly keep: number
  readonly secret: string
  readonly sealedSecret: Manifest['sealedSecret']
  readonly at: string
  /** What it throws breaks the backup off. */
  readonly onProgress: OnProgress
  /** Looks at the new backup before the oldest go; what it throws keeps them. */
  readonly check?: () => Promise<unknown>
}

/** Writes a backup beside those that lie there: they stay whole until it is, and the oldest then go. */
export async function backup(database: Database, asked: Asked): Promise<Backup> {
  const { place, onProgress } = asked
  const folder = folderOf(asked.at)
  const client = await database.connection()
  let bytes = 0
  const counted: Place = {
    ...place,
    write: (path, chunks) =>
      place.write(
        path,
        counting(chunks, (size) => (bytes += size)),
      ),
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesOf(client)
    const written: Manifest['tables'] = []
    for (const [index, table] of tables.entries()) {
      await onProgress(table.name, index, tables.length)
      written.push(await writeTable(client, counted, folder, table))
    }
    const needed = await blobsOf(client)
    const [migrations, sequences] = [await migrationsOf(client), await sequencesOf(client)]
    await client.query('commit')
    // After the snapshot: whatever its rows speak of is kept by now, as bytes come before rows.
    const { names, copied, damaged, bytes: ofFiles } = await copyBlobs(asked.blobs, place.blobs, onProgress)
    const there = new Set(names)
    const manifest: Manifest = {
      format: 1,
      createdAt: asked.at,
      folder,
      migrations,
      tables: written,
      sequences,
      blobs: { count: names.length, ...(await writeLines(counted, folder, 'blobs.txt.gz', names)) },
      secret: fingerprintOf(asked.secret),
      sealedSecret: asked.sealedSecret,
    }
    await writeManifest(place, manifest)
    await asked.check?.()
    await forgetOldest(place, asked.keep)
    const missing = needed.filter((name) => !there.has(name))
    return { manifest, copied, damaged, missing, bytes: bytes + ofFiles }
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

async function copyBlobs(from: Blobs, to: Blobs, onProgress: Asked['onProgress']) {
  const found = await from.names()
  const there = new Set(await to.names())
  const [names, damaged]: [string[], string[]] = [[], []]
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
    names.push(name)
  }
  return { names, copied, damaged, bytes }
}

/** Its size; null when it is not what its name says. A store that does not answer fails the whole. */
async function copyBlob(from: Blobs, to: Blobs, name: string): Promise<number | null> {
  try {
    const draft = await to.receive((await from.open(name)).read())
    await draft.keep()
    return draft.size
  } catch (error) {
    if (error instanceof Fault && !error.retryable && error.code === undefined) return null
    throw error
  }
}

/** The oldest backups go, those that did not come to their end, and the files that none of the others needs. */
async function forgetOldest(place: Place, keep: number): Promise<void> {
  const kept: Manifest[] = []
  for (const folder of (await place.folders()).toReversed()) {
    const manifest = kept.length < keep ? await manifestIn(place, folder) : null
    if (manifest === null) await place.forget(folder)
    else kept.push(manifest)
  }
  const lists = await Promise.all(kept.map((manifest) => blobList(place, manifest)))
  const needed = new Set(lists.flat())
  for (const name of await place.blobs.names()) if (!needed.has(name)) await place.blobs.remove(name)
}

/** Null for what was broken off, and for the one backup of an earlier Docket, whose manifest lay above it. */
async function manifestIn(place: Place, folder: string): Promise<Manifest | null> {
  const there = await place.read(`${folder}/manifest.json`)
  if (there === null) return null
  there.destroy()
  return readManifest(place, folder.slice('tables-'.length))
}
