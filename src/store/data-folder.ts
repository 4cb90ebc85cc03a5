// The data folder: mails, files and the key of everything lie there, so nobody else on the machine looks in.
import { chmodSync, mkdirSync } from 'node:fs'
import type { Log } from '#kit/log.ts'

/** Makes the folder where it is missing and closes it to others; `mode` lets a database's own user pass through. */
export function closeFolder(dataDir: string, log: Log, mode: 0o700 | 0o711 = 0o700): void {
  mkdirSync(dataDir, { recursive: true, mode })
  try {
    chmodSync(dataDir, mode)
  } catch (error) {
    // A folder that somebody else lent us.
    log.warn({ dataDir, reason: (error as Error).message }, 'Others may be able to read the data folder')
  }
}
