// What a backup consists of: a manifest that names each part with its hash, written last, so that it never speaks of half a part.
import { createHash, createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { hashOf } from '#store/blobs.ts'
import type { Place } from '#store/backup/place.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A name that is a file of its folder and nothing else. */
const fileName = z.string().regex(/^[a-z0-9_.-]+$/i)

const manifest = z.strictObject({
  format: z.literal(1),
  createdAt: z.string(),
  /** The folder of the tables, beside the manifest. */
  folder: fileName,
  migrations: z.array(z.strictObject({ version: z.int(), name: z.string(), hash: z.string() })),
  tables: z.array(
    z.strictObject({ name: z.string(), columns: z.array(z.string()), rows: z.int(), file: fileName, sha256 }),
  ),
  sequences: z.record(z.string(), z.int()),
  /** The list of blobs, a hash a line; each lies under its hash. */
  blobs: z.strictObject({ count: z.int(), file: fileName, sha256 }),
  /** Names the key of the desk without telling it. */
  secret: z.string(),
  /** The key itself, behind a passphrase, where it was asked for. */
  sealedSecret: z.strictObject({ salt: z.string(), nonce: z.string(), sealed: z.string() }).nullable(),
})
export type Manifest = z.infer<typeof manifest>

/** What is wrong with a backup, in words that name the part. */
export class BackupFault extends Error {}

const FILE = 'manifest.json'

/** Writes the manifest beside its tables, by which they count as a backup. */
export async function writeManifest(place: Place, content: Manifest): Promise<void> {
  await place.write(`${content.folder}/${FILE}`, Readable.from([bytesOf(content)]))
}

/** Says which backup is the newest, in the place of the one before, at once. */
export async function nameNewest(place: Place, content: Manifest): Promise<void> {
  await place.write(FILE, Readable.from([bytesOf(content)]))
}

function bytesOf(content: Manifest): Buffer {
  const text = JSON.stringify(content, null, 1)
  return Buffer.from(JSON.stringify({ sha256: hashOf(Buffer.from(text)), text }))
}

/** The folder of a backup, by the moment at which it was made. */
export const folderOf = (at: string) => `tables-${at.replaceAll(/[:.]/g, '-')}`

/**
 * Reads the manifest of the newest backup, or of the newest whose moment begins so; a BackupFault when there is none, or it is not as
 * it was written.
 */
export async function readManifest(place: Place, of: string | null = null): Promise<Manifest> {
  const found = await place.read(of === null ? FILE : `${await backupOf(place, of)}/${FILE}`)
  if (found === null)
    throw new BackupFault(
      `${place.says} holds no ${FILE}: it is no backup, or one that did not come to its end.`,
    )
  try {
    const outer = z.strictObject({ sha256, text: z.string() }).parse(JSON.parse(await textOf(found)))
    if (hashOf(Buffer.from(outer.text)) !== outer.sha256) throw new Error('another hash')
    return manifest.parse(JSON.parse(outer.text))
  } catch (cause) {
    throw new BackupFault(`${FILE} is damaged, or written by another version of Docket.`, { cause })
  }
}

async function backupOf(place: Place, of: string): Promise<string> {
  const folders = await place.folders()
  const found = folders.findLast((folder) => folder.startsWith(folderOf(of)))
  if (found !== undefined) return found
  const moments = folders.map((folder) => folder.slice('tables-'.length)).join(', ')
  throw new BackupFault(`There is no backup of ${of} in ${place.says}. There are: ${moments || 'none'}.`)
}

/** The names of the files of a backup. */
export async function blobList(place: Place, { folder, blobs }: Manifest): Promise<string[]> {
  const packed = await place.read(`${folder}/${blobs.file}`)
  if (packed === null) throw new BackupFault(`The list of files (${blobs.file}) is missing.`)
  const lines = await textOf(packed.pipe(createGunzip()))
  return lines.split('\n').filter((line) => line !== '')
}

/** Names a secret without telling it: the same secret has the same name in every backup. */
export function fingerprintOf(secret: string): string {
  return createHmac('sha256', secret).update('the key of a desk, in a backup').digest('hex').slice(0, 32)
}

/** A transform's worth of hashing: bytes pass by and are counted into one hash. */
export function passingHash() {
  const hash = createHash('sha256')
  return {
    async *through(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    digest: () => hash.digest('hex'),
  }
}
