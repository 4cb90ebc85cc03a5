// Attachments on disk by content: the path is the SHA-256 of the bytes, never a stranger's file name.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '#kit/fault.ts'

export type Blobs = {
  /** Stores bytes durably and returns their SHA-256 in hex; the same bytes twice are one file. */
  readonly put: (bytes: Uint8Array) => Promise<string>
  /** The bytes, checked against their name; a fault when they are missing or damaged. */
  readonly get: (sha256: string) => Promise<Buffer>
}

/** Blobs under `folder`/ab/cdef…, written to a new file, flushed, then moved into place. */
export function createBlobs(folder: string): Blobs {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    put: async (bytes) => {
      const sha256 = hashOf(bytes)
      const path = pathOf(sha256)
      if (!existsSync(path)) await writeDurably(path, bytes)
      return sha256
    },
    get: async (sha256) => {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Fault('Not the name of a blob', { retryable: false })
      const bytes = await readFile(pathOf(sha256)).catch((cause: unknown) => {
        throw new Fault(`Attachment ${sha256} is missing on disk`, { retryable: false, cause })
      })
      if (hashOf(bytes) !== sha256)
        throw new Fault(`Attachment ${sha256} is damaged on disk`, { retryable: false })
      return bytes
    },
  }
}

/** The SHA-256 of bytes, in hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await rm(draft, { force: true })
    const code = (cause as NodeJS.ErrnoException).code
    throw new Fault('The attachment could not be stored', {
      retryable: true,
      cause,
      ...(code === undefined ? {} : { code }),
    })
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
