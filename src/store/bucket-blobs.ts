// Blobs in a bucket, where every machine of a desk finds them. What comes in lies on this machine until all of it is there.
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Bucket } from '#store/bucket.ts'
import {
  checked,
  damaged,
  hashOf,
  HEAD_BYTES,
  missing,
  placeOf,
  spool,
  tidySpool,
  type Blobs,
} from '#store/blobs.ts'

/** One that was stored longer ago is stored anew when it is wanted again, so that whoever removes what nothing names any more waits. */
const FRESH_MS = 600_000

/** Blobs under ab/abcd… of a bucket; `drafts` is a folder of this machine. */
export function createBucketBlobs(bucket: Bucket, drafts: string): Blobs {
  const upload = async (sha256: string, bytes: Parameters<Bucket['put']>[1]) => {
    const storedAt = await bucket.storedAt(placeOf(sha256))
    if (storedAt === null || storedAt < Date.now() - FRESH_MS) await bucket.put(placeOf(sha256), bytes)
  }
  const read = async (sha256: string, first?: number) =>
    (await bucket.read(placeOf(sha256), first)) ?? missing(sha256, null)
  const stream = async (sha256: string) => (await bucket.stream(placeOf(sha256))) ?? missing(sha256, null)
  return {
    put: async (bytes) => {
      const sha256 = hashOf(bytes)
      await upload(sha256, () => bytes)
      return sha256
    },
    receive: (chunks) =>
      spool(drafts, chunks, async (path, sha256) => {
        await upload(sha256, () => createReadStream(path))
        await rm(path, { force: true })
      }),
    get: async (sha256) => {
      const { bytes } = await read(sha256)
      if (hashOf(bytes) !== sha256) damaged(sha256)
      return bytes
    },
    open: async (sha256) => {
      const { size, bytes } = await read(sha256, HEAD_BYTES)
      return { size, head: bytes, read: () => checked(() => stream(sha256), sha256) }
    },
    has: async (sha256) => (await bucket.storedAt(placeOf(sha256))) !== null,
    names: async () =>
      (await bucket.names('')).flatMap((name) => /^[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(name)?.[1] ?? []),
    remove: (sha256, storedSince) => bucket.remove(placeOf(sha256), storedSince),
    tidy: (now) => tidySpool(drafts, now),
  }
}
