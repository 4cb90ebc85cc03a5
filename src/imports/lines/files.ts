// The files beside our lines: copied in by what they contain, so that the same one comes once.
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Fault } from '#kit/fault.ts'
import type { Blobs } from '#store/blobs.ts'

/** Where a file lies in an export. */
function placeOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Brings in files; how many are not there, or are not what they are called. */
export async function bringFiles(blobs: Blobs, folder: string, named: Iterable<string>): Promise<number> {
  let missing = 0
  // What is there already is brought again: so it counts as stored of late, and waits for whoever names it.
  for (const sha256 of new Set(named))
    if (!(await bring(blobs, placeOf(folder, sha256), sha256)) && !(await blobs.has(sha256))) missing++
  return missing
}

async function bring(blobs: Blobs, path: string, sha256: string): Promise<boolean> {
  if (!existsSync(path)) return false
  const draft = await blobs.receive(createReadStream(path))
  const isRight = draft.sha256 === sha256
  await (isRight ? draft.keep() : draft.drop())
  return isRight
}

/** Copies a file out; false when it is lost here. */
export async function takeFile(blobs: Blobs, folder: string, sha256: string): Promise<boolean> {
  const path = placeOf(folder, sha256)
  if (existsSync(path)) return true
  try {
    const opened = await blobs.open(sha256)
    await mkdir(dirname(path), { recursive: true })
    await pipeline(opened.read(), createWriteStream(path))
    return true
  } catch (error) {
    await rm(path, { force: true })
    if (error instanceof Fault && !error.retryable) return false
    throw error
  }
}
