// A PostgreSQL for the tests: the run's shared one (started by scripts/test.ts), or one of this process; each desk gets a database
// cloned from a migrated template.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createLog } from '#kit/log.ts'
import { openDatabase } from '#store/database.ts'
import { startEmbedded } from '#store/embedded.ts'
import { migrate } from '#store/migrate.ts'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const quiet = createLog('silent')

const TEMPLATE = 'docket_template'

/** Starts a PostgreSQL in a temporary folder with a migrated template; `stop` ends and removes it. */
export async function startTestServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(roomInMemory() ?? tmpdir(), 'docket-test-'))
  const server = await startEmbedded({ root, dataDir, log: quiet })
  await command(server.url, `create database ${TEMPLATE}`)
  const database = openDatabase(inDatabase(server.url, TEMPLATE), { log: quiet, size: 1, role: null })
  await migrate(database, join(root, 'migrations'))
  await database.close()
  const stop = async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

/**
 * Where there is memory to spare the tests' databases lie in it: two hundred of them are made and dropped in a run, and none outlives it.
 * What must outlive a crash is shown by tests with a server of their own, on the disk.
 */
export function roomInMemory(): string | null {
  const [place, wanted] = ['/dev/shm', 6 * 1024 ** 3]
  if (!existsSync(place) || freemem() < 2 * wanted) return null
  const { bavail, bsize } = statfsSync(place)
  return bavail * bsize < wanted ? null : place
}

let own: Promise<{ url: string; stop: () => Promise<void> }> | null = null

async function serverUrl(): Promise<string> {
  const shared = process.env['DOCKET_TEST_SERVER']
  if (shared !== undefined) return shared
  own ??= startTestServer()
  return (await own).url
}

/** A fresh, migrated database; `drop` removes it, and ends the server when this process started one. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = await serverUrl()
  const name = `test_${randomBytes(6).toString('hex')}`
  // Files are copied as they are where that is cheap; a disk would have to wait for two checkpoints.
  await command(
    server,
    `create database ${name} template ${TEMPLATE} strategy ${roomInMemory() === null ? 'wal_log' : 'file_copy'}`,
  )
  return {
    url: inDatabase(server, name),
    drop: () => command(server, `drop database if exists ${name} with (force)`),
  }
}

process.once('beforeExit', () => void own?.then(({ stop }) => stop()))

function inDatabase(url: string, name: string): string {
  return url.replace('/docket?', `/${name}?`)
}

/** Database names come from this file alone. */
async function command(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
