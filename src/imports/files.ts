// A file as it comes: from the disk of whoever types a command, or uploaded and kept compressed until its import has ended.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import { importFile } from '#imports/file-store.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

/** Opens the bytes anew: some are read more than once. */
export type Open = () => AsyncIterable<Uint8Array>

/** A file on this machine. */
export function fromDisk(path: string): Open {
  return async function* () {
    try {
      yield* createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>
    } catch (cause) {
      throw new Fault(`${path} cannot be read: ${(cause as Error).message}`, { retryable: false, cause })
    }
  }
}

/** Compressed bytes. */
export function fromGzip(bytes: Buffer): Open {
  return () => Readable.from([bytes]).pipe(createGunzip({ chunkSize: 1 << 20 })) as AsyncIterable<Buffer>
}

/** A file that was uploaded. */
export function fromStore(desk: Desk, id: number): Open {
  return async function* () {
    const bytes = await importFile(desk.database, id)
    if (bytes === null) throw new Fault('The file was forgotten: upload it again', { retryable: false })
    yield* fromGzip(bytes)()
  }
}

/** Compresses what comes. */
export async function zipped(chunks: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of chunks.compose<AsyncIterable<Buffer> & NodeJS.ReadWriteStream>(
    createGzip({ level: 4 }) as never,
  ))
    parts.push(part as Buffer)
  return Buffer.concat(parts)
}
