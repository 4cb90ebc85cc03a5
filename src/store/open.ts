// Opens everything that is kept: the database (embedded or given), migrated and checked, the blobs and the secret.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '#config.ts'
import type { Log } from '#kit/log.ts'
import { createBlobs, type Blobs } from '#store/blobs.ts'
import { createBucketBlobs } from '#store/bucket-blobs.ts'
import { openBucket } from '#store/bucket.ts'
import { closeFolder } from '#store/data-folder.ts'
import { assertDurable, openDatabase, type Database } from '#store/database.ts'
import { runningUrl, startEmbedded } from '#store/embedded.ts'
import { followReplica, type Replica } from '#store/replica.ts'
import { migrate } from '#store/migrate.ts'
import { orderAnew } from '#store/order-store.ts'
import { sql } from '#store/sql.ts'

export type Store = {
  readonly database: Database
  /** A few connections for short reads inside of transactions: they must never wait for one that waits for them. */
  readonly aside: Database
  /** The server that follows the database, where one is configured. */
  readonly replica: Replica | null
  readonly blobs: Blobs
  /** The key for tokens and signatures. */
  readonly secret: string
  /** Resolves when the embedded PostgreSQL ended and another Docket has its folder; never for a database that was given. */
  readonly died: Promise<void>
  readonly close: () => Promise<void>
}

/** Each connection costs the server 10 MiB; the embedded one shares our processors, where more than these only stand in line. */
const POOL = 20
const EMBEDDED_POOL = 10

/** Opens the store of a configuration. Throws with a cure when the database cannot be had or is not durable. */
export async function openStore(config: Config, root: string, log: Log, poolSize?: number): Promise<Store> {
  if (config.databaseUrl !== null) closeFolder(config.dataDir, log)
  const embedded =
    config.databaseUrl === null ? await startEmbedded({ root, dataDir: config.dataDir, log }) : null
  const url = embedded?.url ?? config.databaseUrl ?? ''
  try {
    const role = await prepareSchema(url, join(root, 'migrations'), log)
    const size = poolSize ?? (embedded === null ? POOL : EMBEDDED_POOL)
    const database = openDatabase(url, { log, size, role })
    const aside = openDatabase(url, { log, size: 2, role })
    const replica = openReplica(config, database, role, log)
    return {
      database,
      aside,
      replica,
      blobs: openBlobs(config),
      secret: config.secret ?? keptSecret(config.dataDir),
      died: embedded?.died ?? new Promise(() => {}),
      close: async () => {
        await Promise.all([database.close(), aside.close(), replica?.close()])
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

const REPLICA_POOL = 10

function openReplica(
  { replicaUrl }: Config,
  primary: Database,
  role: string | null,
  log: Log,
): Replica | null {
  if (replicaUrl === null) return null
  const copy = openDatabase(replicaUrl, { log, size: REPLICA_POOL, role })
  const looks = openDatabase(replicaUrl, { log, size: 2, role, withinMs: 1_000 })
  return followReplica(primary, copy, looks, log)
}

/** The store of a Docket that runs on the same data folder at this moment, or null when none answers. */
export async function attachStore(config: Config, log: Log): Promise<Store | null> {
  const url = runningUrl(config.dataDir)
  if (url === null) return null
  const database = openDatabase(url, { log, size: 4, role: 'docket_app' })
  try {
    await assertDurable(database)
  } catch {
    await database.close()
    return null
  }
  const aside = openDatabase(url, { log, size: 2, role: 'docket_app' })
  return {
    database,
    aside,
    replica: null,
    blobs: openBlobs(config),
    secret: config.secret ?? keptSecret(config.dataDir),
    died: new Promise(() => {}),
    close: async () => void (await Promise.all([database.close(), aside.close()])),
  }
}

/** The database as its owner, who reads every table and may change the schema. Not beside a running Docket where `beside` is false. */
export async function openAsOwner(
  config: Config,
  root: string,
  log: Log,
  { beside }: { readonly beside: boolean },
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  const running = beside && config.databaseUrl === null ? runningUrl(config.dataDir) : null
  if (running !== null) {
    const database = openDatabase(running, { log, size: 2, role: null })
    const answers = await database.row(sql`select 1`).then(
      () => true,
      () => false,
    )
    if (answers) return { database, close: database.close }
    await database.close()
  }
  const embedded =
    config.databaseUrl === null ? await startEmbedded({ root, dataDir: config.dataDir, log }) : null
  const database = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { log, size: 2, role: null })
  return {
    database,
    close: async () => {
      await database.close()
      await embedded?.stop()
    },
  }
}

/** The key that lies in the data folder, or null where there is none yet. */
export function secretIn(dataDir: string): string | null {
  const path = join(dataDir, 'secret')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** Lays a key into the data folder that has none. */
export function keepSecret(dataDir: string, secret: string): void {
  writeFileSync(join(dataDir, 'secret'), `${secret}\n`, { mode: 0o600, flag: 'wx' })
}

/** The files of a desk: in a bucket where one is set, or else in the data folder. */
export function openBlobs({ blobs, s3, dataDir }: Config): Blobs {
  if (blobs === null) return createBlobs(join(dataDir, 'blobs'))
  return createBucketBlobs(openBucket(blobs, s3), join(dataDir, 'drafts'))
}

/** Migrates as the connecting user; returns the role to work as, which may not change the log. */
async function prepareSchema(url: string, migrations: string, log: Log): Promise<string | null> {
  const owner = openDatabase(url, { log, size: 1, role: null })
  try {
    await assertDurable(owner)
    const ran = await migrate(owner, migrations)
    if (ran.length > 0) log.info({ migrations: ran }, 'The schema is up to date')
    if (await orderAnew(owner))
      log.warn({}, 'The log came from another server: programs that follow it begin again')
    const may = await owner.row<{ yes: boolean }>(sql`
      select coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false) as yes
      from pg_roles where rolname = 'docket_app'`)
    return may?.yes === true ? 'docket_app' : null
  } finally {
    await owner.close()
  }
}

function keptSecret(dataDir: string): string {
  const kept = secretIn(dataDir)
  if (kept !== null) return kept
  const secret = randomBytes(32).toString('base64url')
  keepSecret(dataDir, secret)
  return secret
}
