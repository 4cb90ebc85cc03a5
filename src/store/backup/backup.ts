// A backup while the desk is served: every table as of one moment (a repeatable-read snapshot), then the blobs that are not there yet.
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { createBlobs } from '#store/blobs.ts'
import { blobsOf, migrationsOf, sequencesOf, tablesOf, type Table } from '#store/backup/catalogue-store.ts'
import { fingerprintOf, passingHash, writeManifest, type Manifest } from '#store/backup/manifest.ts'
import type { Database } from '#store/database.ts'

export type Backup = {
  readonly manifest: Manifest
  /** Blobs that were copied now; the others lay there from before. */
  readonly copied: number
  /** Blobs that are not what their name says: left out. */
  readonly damaged: readonly string[]
  /** Blobs that rows speak of and that are nowhere. */
  readonly missing: readonly string[]
}

type Asked = {
  readonly dir: string
  readonly blobFolder: string
  readonly secret: string
  readonly sealedSecret: Manifest['sealedSecret']
  readonly at: string
  readonly onProgress: (what: string, done: number, total: number) => void
}

/** Writes a backup into `dir`, in the place of the one that lies there: it stays whole until the new one is. */
export async function backup(database: Database, asked: Asked): Promise<Backup> {
  const { dir, blobFolder, onProgress } = asked
  const folder = `tables-${asked.at.replaceAll(/[:.]/g, '-')}`
  await mkdir(join(dir, folder), { recursive: true, mode: 0o700 })
  const client = await database.connection()
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesOf(client)
    const written: Manifest['tables'] = []
    for (const [index, table] of tables.entries()) {
      onProgress(table.name, index, tables.length)
      written.push(await writeTable(client, join(dir, folder), table))
    }
    const needed = await blobsOf(client)
    const [migrations, sequences] = [await migrationsOf(client), await sequencesOf(client)]
    await client.query('commit')
    // After the snapshot: whatever its rows speak of is on disk by now, as bytes come before rows.
    const { names, copied, damaged } = await copyBlobs(blobFolder, join(dir, 'blobs'), onProgress)
    const there = new Set(names)
    const manifest: Manifest = {
      format: 1,
      createdAt: asked.at,
      folder,
      migrations,
      tables: written,
      sequences,
      blobs: { count: names.length, ...(await writeLines(join(dir, folder), 'blobs.txt.gz', names)) },
      secret: fingerprintOf(asked.secret),
      sealedSecret: asked.sealedSecret,
    }
    await writeManifest(dir, manifest)
    await forgetOthers(dir, folder)
    return { manifest, copied, damaged, missing: needed.filter((name) => !there.has(name)) }
  } finally {
    await client.end()
  }
}

async function writeTable(client: Client, folder: string, { name, columns }: Table) {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const rows = client.query(copyTo(`copy ${client.escapeIdentifier(name)} (${list}) to stdout`))
  const file = `${name}.copy.gz`
  const sha256 = await writePart(join(folder, file), rows)
  return { name, columns: [...columns], rows: rows.rowCount, file, sha256 }
}

async function writeLines(folder: string, file: string, lines: readonly string[]) {
  const text = lines.map((line) => `${line}\n`).join('')
  return { file, sha256: await writePart(join(folder, file), Readable.from([Buffer.from(text)])) }
}

/** Writes a stream, packed, to the disk for good, and gives the hash of what lies there. */
async function writePart(path: string, from: Readable): Promise<string> {
  const hash = passingHash()
  await pipeline(
    from,
    createGzip({ level: 1 }),
    (chunks: AsyncIterable<Buffer>) => hash.through(chunks),
    createWriteStream(path, { mode: 0o600, flush: true }),
  )
  return hash.digest()
}

async function copyBlobs(from: string, to: string, onProgress: Asked['onProgress']) {
  const found = await blobNames(from)
  const target = createBlobs(to)
  const [names, damaged]: [string[], string[]] = [[], []]
  let copied = 0
  for (const [index, name] of found.entries()) {
    onProgress('files', index, found.length)
    if (!existsSync(pathOf(to, name))) {
      const draft = await target.receive(createReadStream(pathOf(from, name)))
      if (draft.sha256 !== name) {
        await draft.drop()
        damaged.push(name)
        continue
      }
      await draft.keep()
      copied++
    }
    names.push(name)
  }
  return { names, copied, damaged }
}

/** The blobs of a folder by name. */
export async function blobNames(folder: string): Promise<string[]> {
  const parts = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))
  const names = await Promise.all(parts.map((part) => readdir(join(folder, part))))
  return names
    .flat()
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .toSorted()
}

export const pathOf = (folder: string, sha256: string) => join(folder, sha256.slice(0, 2), sha256)

async function forgetOthers(dir: string, folder: string): Promise<void> {
  for (const name of await readdir(dir))
    if (name.startsWith('tables-') && name !== folder) await rm(join(dir, name), { recursive: true })
}
