// Files of another desk that lie in a folder of this machine, or at an address.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Egress } from '#channels/egress.ts'
import { Fault } from '#kit/fault.ts'

/** A file of another desk is held whole for a moment, and some beside each other. */
export const MOST_FILE_BYTES = 64_000_000

/** Refuses a file that is larger than one may be. */
export function expectSmall(size: number): void {
  if (size > MOST_FILE_BYTES) throw new Fault('it is larger than 64 MB', { retryable: false, code: 'SIZE' })
}

/** Reads a file of a folder. */
export async function readOldFile(folder: string, parts: readonly string[]): Promise<Buffer> {
  const path = join(folder, ...parts)
  const missing = (cause: Error): never => {
    throw new Fault(`it is not in ${folder}`, { retryable: false, cause })
  }
  expectSmall((await stat(path).catch(missing)).size)
  return readFile(path).catch(missing)
}

/** Fetches a file once: a host that is gone must not hold up all that comes behind it. */
export async function oldFileAt(egress: Pick<Egress, 'fetch'>, url: string): Promise<Buffer> {
  if (!URL.canParse(url)) throw new Fault('it names no place', { retryable: false })
  const { status, bytes } = await egress
    .fetch(url, { timeoutMs: 60_000, mostBytes: MOST_FILE_BYTES })
    .catch(final)
  if (status !== 200) throw new Fault(`answered ${status}`, { retryable: false })
  return bytes
}

/** An address was asked as often as is worth it. */
export function final(error: unknown): never {
  if (!(error instanceof Fault)) throw error
  throw new Fault(error.message, { retryable: false, cause: error })
}
