// `./docket` as it is typed, on a test's database.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './database.ts'
import type { TestDesk } from './desk.ts'

type Ran = { code: number; out: string; err: string }

/** Runs a command on the database of a desk, with a data folder of its own. */
export function docket({ config }: TestDesk, dataDir: string, args: readonly string[]): Promise<Ran> {
  return run(args, { DATABASE_URL: config.databaseUrl ?? '', DOCKET_DATA: dataDir, DOCKET_LOG: 'silent' })
}

/** Runs a command that needs no database. */
export function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((done) =>
    execFile(join(root, 'docket'), args, { env: { ...process.env, ...env } }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    ),
  )
}
