// `./docket` as it is typed, on a test's database.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './database.ts'
import type { TestDesk } from './desk.ts'

/** Runs a command on the database of a desk, with a data folder of its own. */
export function docket(
  { config }: TestDesk,
  dataDir: string,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: config.databaseUrl ?? '',
    DOCKET_DATA: dataDir,
    DOCKET_LOG: 'silent',
  }
  return new Promise((done) =>
    execFile(join(root, 'docket'), args, { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    ),
  )
}
