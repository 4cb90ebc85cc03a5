// Files of another desk that lie in a folder of this machine.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
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
