// The embedded PostgreSQL: a supervised child on a Unix socket, durable, alone on its folder, stopped when we are.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  fchmodSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#kit/log.ts'
import { closeFolder } from '#store/data-folder.ts'
import { lockFolder, processRuns } from '#store/folder-lock.ts'
import { supervise, type Supervised } from '#store/supervise.ts'
import { findBinaries, own, runAs, type Binaries, type RunAs } from '#store/postgres-binaries.ts'

export type EmbeddedPostgres = Supervised & { readonly url: string }

const USER = 'docket'
/** A Unix socket's path has room for about 107 bytes; the file's own name takes 20. */
const LONGEST_SOCKET_FOLDER = 86
const READY_WITHIN_MS = 60_000

/** Starts PostgreSQL on `dataDir`, creating it on the first start; throws when another Docket uses the folder. */
export async function startEmbedded(options: {
  root: string
  dataDir: string
  log: Log
}): Promise<EmbeddedPostgres> {
  const { root, dataDir, log } = options
  mkdirSync(dataDir, { recursive: true })
  const lock = lockFolder(dataDir)
  try {
    const binaries = findBinaries(root, dataDir)
    const as = runAs(binaries, dataDir)
    closeFolder(dataDir, log, as.uid === undefined ? 0o700 : 0o711)
    const cluster = join(dataDir, 'postgres')
    if (!existsSync(join(cluster, 'PG_VERSION'))) initialise(binaries, as, cluster, log)
    own(cluster, as)
    await stopOrphan(cluster, log)
    const sockets = socketFolder(dataDir, as)
    const again = () => launch(binaries, as, cluster, sockets, log)
    const supervised = supervise(await again(), { launch: again, isOurs: lock.isLocked, log })
    const url = urlOf(sockets)
    writeFileSync(join(dataDir, 'postgres.url'), `${url}\n`, { mode: 0o600 })
    return { ...supervised, url, stop: () => supervised.stop().then(lock.release) }
  } catch (error) {
    lock.release()
    throw error
  }
}

function urlOf(sockets: string): string {
  return `postgresql://${USER}@localhost/docket?host=${encodeURIComponent(sockets)}`
}

/** Where the PostgreSQL of a data folder was last to be reached, or null. */
export function runningUrl(dataDir: string): string | null {
  const path = join(dataDir, 'postgres.url')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** Builds the cluster beside its place and moves it there whole: a first start that is killed leaves no half cluster. */
function initialise(binaries: Binaries, as: RunAs, cluster: string, log: Log): void {
  log.info({}, 'Creating the database (once, a few seconds)')
  const fresh = `${cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  own(fresh, as)
  const settings = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--data-checksums',
    '--auth=trust',
  ]
  const [program, args] = as.wrap(binaries.initdb, ['-D', fresh, '-U', USER, ...settings])
  const made = spawnSync(program, args, { env: binaries.env, encoding: 'utf8', ...identity(as) })
  if (made.status !== 0)
    throw new Error(`initdb failed: ${made.stderr.trim() || made.error?.message || made.signal}`)
  renameSync(fresh, cluster)
}

function identity(as: RunAs): { uid?: number; gid?: number } {
  return as.uid === undefined || as.gid === undefined ? {} : { uid: as.uid, gid: as.gid }
}

/**
 * Ends a PostgreSQL that outlived its Docket, and removes a pid file whose id is something else's by now. We hold the
 * folder's lock, so no living Docket owns it.
 */
async function stopOrphan(cluster: string, log: Log): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const pid = readPid(pidFile)
  if (pid === null) return
  // Of a process that is gone, PostgreSQL itself makes sure first that none of its children works on.
  if (!isTaken(pid)) return
  if (isPostgresOf(pid, cluster)) {
    log.warn({ pid }, 'Stopping a PostgreSQL that outlived its Docket')
    await endProcess(pid, cluster)
  }
  rmSync(pidFile, { force: true })
}

async function endProcess(pid: number, cluster: string): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(pid, signal)
    for (const until = Date.now() + waitMs; Date.now() < until;) {
      if (!isPostgresOf(pid, cluster)) return
      await pause(20)
    }
  }
  throw new Error(
    `PostgreSQL (process ${pid}) runs on ${cluster} and does not stop. End it and start Docket again.`,
  )
}

function readPid(pidFile: string): number | null {
  if (!existsSync(pidFile)) return null
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 1 ? pid : null
}

/** Whether any process has this id, be it a zombie. */
function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isPostgresOf(pid: number, cluster: string): boolean {
  if (!processRuns(pid)) return false
  if (existsSync('/proc/self')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
    } catch {
      return false
    }
  }
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.includes(cluster)
}

function socketFolder(dataDir: string, as: RunAs): string {
  const inside = join(dataDir, 'run')
  const folder =
    Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER ? inside : mkdtempSync(join(tmpdir(), 'docket-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  own(folder, as)
  return folder
}

async function launch(
  binaries: Binaries,
  as: RunAs,
  cluster: string,
  sockets: string,
  log: Log,
): Promise<ChildProcess> {
  const logPath = join(cluster, '..', 'postgres.log')
  if (existsSync(logPath) && statSync(logPath).size > 10_000_000) renameSync(logPath, `${logPath}.1`)
  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    shared_buffers: '64MB',
    max_connections: '150',
    max_wal_size: '2GB',
    io_method: 'sync',
    jit: 'off',
    autovacuum_naptime: '15s',
    random_page_cost: '1.1',
    log_checkpoints: 'off',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [program, args] = as.wrap(binaries.postgres, ['-D', cluster, ...options])
  for (let tries = 1; ; tries++) {
    const output = openSync(logPath, 'a', 0o600)
    fchmodSync(output, 0o600)
    // Its own process group: Ctrl-C reaches Docket alone, which then stops PostgreSQL in order.
    const child = spawn(program, args, {
      env: binaries.env,
      stdio: ['ignore', output, output],
      detached: true,
      ...identity(as),
    })
    closeSync(output)
    if (await isReady(child, sockets)) return child
    // A just killed predecessor that nobody has reaped yet can refuse the first start.
    if (tries === 5)
      throw new Error(`PostgreSQL does not start. The last lines of ${logPath}:\n${tail(logPath)}`)
    log.warn({ tries }, 'PostgreSQL did not start, trying again')
    await stopOrphan(cluster, log)
    await pause(200 * tries)
  }
}

async function isReady(child: ChildProcess, sockets: string): Promise<boolean> {
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  for (const until = Date.now() + READY_WITHIN_MS; !ended && Date.now() < until; await pause(15)) {
    const client = new pg.Client({ host: sockets, user: USER, database: 'postgres' })
    client.on('error', () => {})
    try {
      await client.connect()
      const found = await client.query(`select 1 from pg_database where datname = 'docket'`)
      if (found.rowCount === 0) await client.query('create database docket')
      return true
    } catch {
      // not yet
    } finally {
      await client.end().catch(() => {})
    }
  }
  return false
}

function tail(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
}
