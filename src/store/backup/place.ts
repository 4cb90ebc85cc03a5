// Where backups lie: a folder, or a bucket. Parts are named alike in both; a part that was written is there for good, whole.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '#config.ts'
import { createBucketBlobs } from '#store/bucket-blobs.ts'
import { openBucket, type Pause } from '#store/bucket.ts'
import { createBlobs, namesIn, type Blobs } from '#store/blobs.ts'

export type Place = {
  /** As it was typed, for words to people. */
  readonly says: string
  readonly blobs: Blobs
  readonly write: (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>
  /** The bytes of a part; null where there is none. */
  readonly read: (path: string) => Promise<Readable | null>
  /** The backups that lie here, the oldest first. */
  readonly folders: () => Promise<string[]>
  readonly forget: (folder: string) => Promise<void>
}

const isFolder = (name: string) => name.startsWith('tables-')

/** Opens `s3://bucket/prefix` or a folder; `pause` is what it does between tries of a bucket that stumbles. */
export function openPlace(text: string, access: Config['s3'], pause?: Pause): Place {
  return text.startsWith('s3://') ? bucketPlace(text, access, pause) : folderPlace(resolve(text))
}

function folderPlace(dir: string): Place {
  return {
    says: dir,
    blobs: createBlobs(join(dir, 'blobs')),
    write: async (path, chunks) => {
      const place = join(dir, path)
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await pipeline(chunks, createWriteStream(`${place}.new`, { mode: 0o600, flush: true }))
      await rename(`${place}.new`, place)
      await flushFolder(dirname(place))
    },
    read: async (path) => {
      const file = await open(join(dir, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      return file === null ? null : file.createReadStream()
    },
    folders: async () => (await namesIn(dir)).filter(isFolder).toSorted(),
    // The manifest first: what is left of a removal that is cut off is no backup.
    forget: async (folder) => {
      await rm(join(dir, folder, 'manifest.json'), { force: true })
      await rm(join(dir, folder), { recursive: true })
    },
  }
}

async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

function bucketPlace(text: string, access: Config['s3'], pause?: Pause): Place {
  const bucket = openBucket(text, access, pause)
  const drafts = join(tmpdir(), `docket-backup-${process.pid}`)
  return {
    says: bucket.says,
    blobs: createBucketBlobs(openBucket(`${bucket.says}/blobs`, access, pause), drafts),
    // A part lies here first: a bucket that stumbles is given it again from its beginning.
    write: async (path, chunks) => {
      const folder = await mkdtemp(join(tmpdir(), 'docket-part-'))
      const part = join(folder, 'part')
      try {
        await pipeline(chunks, createWriteStream(part, { mode: 0o600 }))
        await bucket.put(path, () => createReadStream(part))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    read: (path) => bucket.stream(path),
    folders: async () => {
      const names = await bucket.names('tables-')
      return [...new Set(names.map((name) => name.split('/')[0] ?? ''))].toSorted()
    },
    forget: async (folder) => {
      await bucket.remove(`${folder}/manifest.json`)
      for (const name of await bucket.names(`${folder}/`)) await bucket.remove(name)
    },
  }
}
