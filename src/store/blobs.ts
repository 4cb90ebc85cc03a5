// Attachments by content: their name is the SHA-256 of the bytes, never a stranger's file name. Large ones come and go as streams, and
// memory holds a chunk of each. Here they lie on disk; `bucket-blobs.ts` keeps them where several machines reach them.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { Fault } from '#kit/fault.ts'

/** Bytes that came in whole, and lie on disk for the moment. */
export type Spooled = {
  readonly sha256: string
  readonly size: number
  /** Where they lie until they are kept or dropped: to look at. */
  readonly path: string
  /** Makes them a blob, durably. */
  readonly keep: () => Promise<void>
  /** Forgets them; nothing happens to what was kept. */
  readonly drop: () => Promise<void>
}

export type Opened = {
  readonly size: number
  /** As many of the first bytes as tell what it is. */
  readonly head: Buffer
  /** The bytes, checked as they go: when they are not those of their name, it fails before the last of them. */
  readonly read: () => Readable
}

export type Blobs = {
  /** Stores bytes durably and returns their SHA-256 in hex; the same bytes twice are one file. */
  readonly put: (bytes: Uint8Array) => Promise<string>
  /** Takes bytes as they come. What comes of them is for the caller to say: nothing is kept by itself. */
  readonly receive: (chunks: AsyncIterable<Uint8Array>) => Promise<Spooled>
  /** The bytes, checked against their name; a fault when they are missing or damaged. */
  readonly get: (sha256: string) => Promise<Buffer>
  /** The same, to be read as a stream. */
  readonly open: (sha256: string) => Promise<Opened>
  readonly has: (sha256: string) => Promise<boolean>
  /** All of them by name, in order. */
  readonly names: () => Promise<string[]>
  /** Removes a blob for good, unless it was stored, perhaps once more, since a moment; whether it is gone. */
  readonly remove: (sha256: string, storedSince?: number) => Promise<boolean>
  /** Removes what was neither kept nor dropped because its process ended, a day ago or longer. */
  readonly tidy: (now: number) => Promise<void>
}

const DAY_MS = 86_400_000

/** So many bytes tell a file's type. */
export const HEAD_BYTES = 4_100

/** Blobs under `folder`/ab/cdef…, written to a new file, flushed, then moved into place. */
export function createBlobs(folder: string): Blobs {
  const pathOf = (sha256: string) => join(folder, placeOf(sha256))
  const drafts = join(folder, 'drafts')
  const keep = (path: string, sha256: string) => moveDurably(path, pathOf(sha256))
  return {
    put: async (bytes) => {
      const sha256 = hashOf(bytes)
      // It counts as stored anew: whoever wants to remove it waits.
      if (await touch(pathOf(sha256))) return sha256
      const spooled = await spool(drafts, [bytes], keep)
      await spooled.keep()
      return sha256
    },
    receive: (chunks) => spool(drafts, chunks, keep),
    get: async (sha256) => {
      const bytes = await readFile(pathOf(sha256)).catch((cause: unknown) => missing(sha256, cause))
      if (hashOf(bytes) !== sha256) damaged(sha256)
      return bytes
    },
    open: async (sha256) => {
      const file = await open(pathOf(sha256)).catch((cause: unknown) => missing(sha256, cause))
      try {
        const { size } = await file.stat()
        const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
        const read = () => checked(async () => createReadStream(pathOf(sha256)), sha256)
        return { size, head: buffer.subarray(0, bytesRead), read }
      } finally {
        await file.close()
      }
    },
    has: async (sha256) => existsSync(pathOf(sha256)),
    names: async () => {
      const parts = (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))
      const names = await Promise.all(parts.map((part) => readdir(join(folder, part))))
      return names.flat().filter(isName).toSorted()
    },
    remove: async (sha256, storedSince = Infinity) => {
      const found = await stat(pathOf(sha256)).catch(() => null)
      if (found !== null && found.mtimeMs > storedSince) return false
      await rm(pathOf(sha256), { force: true })
      return true
    },
    tidy: (now) => tidySpool(drafts, now),
  }
}

/** What lies in a folder; nothing where there is none. A disk that does not answer is no empty one. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

const isName = (text: string) => /^[0-9a-f]{64}$/.test(text)

/** Where a blob lies among all: ab/abcd…. */
export function placeOf(sha256: string): string {
  if (!isName(sha256)) throw new Fault('Not the name of a blob', { retryable: false })
  return `${sha256.slice(0, 2)}/${sha256}`
}

/** The SHA-256 of bytes, in hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The bytes of a blob as they come, compared with its name: the last chunk waits for the verdict on all of them. */
export function checked(source: () => Promise<Readable>, sha256: string): Readable {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    let last: Buffer | null = null
    for await (const chunk of (await source()) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      if (last !== null) yield last
      last = chunk
    }
    if (hash.digest('hex') !== sha256) damaged(sha256)
    if (last !== null) yield last
  }
  return Readable.from(chunks(), { objectMode: false })
}

/** Takes bytes to the disk of this machine; `keep` makes a blob of the file, and the file is gone. */
export async function spool(
  drafts: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  keep: (path: string, sha256: string) => Promise<void>,
): Promise<Spooled> {
  const path = join(drafts, randomUUID())
  const drop = () => rm(path, { force: true })
  await mkdir(drafts, { recursive: true })
  const file = await open(path, 'wx', 0o600).catch(unstored)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      await file.writeFile(chunk).catch(unstored)
    }
  } catch (error) {
    await drop()
    throw error
  } finally {
    await file.close()
  }
  const sha256 = hash.digest('hex')
  const kept = () =>
    keep(path, sha256).catch(async (cause: unknown) => {
      await drop()
      return unstored(cause)
    })
  return { sha256, size, path, keep: kept, drop }
}

/** Removes drafts of a day ago or longer. */
export async function tidySpool(drafts: string, now: number): Promise<void> {
  for (const name of await readdir(drafts).catch(() => [])) {
    const { mtimeMs } = await stat(join(drafts, name))
    if (mtimeMs < now - DAY_MS) await rm(join(drafts, name), { force: true })
  }
}

/** Says that a blob which is there was wanted just now; false when there is none. */
async function touch(path: string): Promise<boolean> {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}

async function moveDurably(path: string, place: string): Promise<void> {
  if (await touch(place)) return rm(path, { force: true })
  const made = await mkdir(dirname(place), { recursive: true })
  await flush(path)
  await rename(path, place)
  await flush(dirname(place))
  // A folder that is new is itself an entry of the one above.
  if (made !== undefined) await flush(dirname(made))
}

async function flush(path: string): Promise<void> {
  const handle: FileHandle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Says that a blob is nowhere. */
export function missing(sha256: string, cause: unknown): never {
  throw new Fault(`Attachment ${sha256} is missing`, { retryable: false, cause })
}

/** Says that a blob is not what its name says. */
export function damaged(sha256: string): never {
  throw new Fault(`Attachment ${sha256} is damaged`, { retryable: false })
}

function unstored(cause: unknown): never {
  if (cause instanceof Fault) throw cause
  const { code } = cause as NodeJS.ErrnoException
  throw new Fault('The attachment could not be stored', {
    retryable: true,
    cause,
    ...(code === undefined ? {} : { code }),
  })
}
