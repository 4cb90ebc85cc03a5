// A PostgreSQL of the distribution on a socket of its own, and others that follow it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, globSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { until } from './desk.ts'
import { atEnd, temporaryFolder } from './ends.ts'

/** Why there is none, for `skip`; false where there is one. */
export function withoutPostgres(): string | false {
  return programs() === null ? 'install a PostgreSQL ≥ 15 to run this: apt install postgresql' : false
}

export type OwnPostgres = {
  readonly url: string
  readonly socket: string
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
  /** Runs a statement as its owner. */
  readonly run: (statement: string) => Promise<pg.QueryResult>
}

/** Starts one; with `of`, one that follows that. It is gone when the test ends. */
export async function ownPostgres(t: Pick<TestContext, 'after'>, of?: OwnPostgres): Promise<OwnPostgres> {
  const bin = programs() ?? ''
  const socket = temporaryFolder(t)
  const as = account()
  chownSync(socket, as.uid, as.gid)
  const data = join(socket, 'data')
  const made =
    of === undefined
      ? spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'docket', '--auth=trust', '--encoding=UTF8'], as)
      : spawnSync(
          join(bin, 'pg_basebackup'),
          ['-D', data, '-h', of.socket, '-U', 'docket', '-R', '-c', 'fast', '-X', 'stream'],
          as,
        )
  if (made.status !== 0) throw new Error(String(made.stderr))
  const url = `postgresql://docket@localhost/postgres?host=${encodeURIComponent(socket)}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client.query(statement).finally(() => client.end())
  }
  let server: ChildProcess | null = null
  const start = async () => {
    const options = ['-D', data, '-k', socket, '-c', 'listen_addresses=']
    server = spawn(join(bin, 'postgres'), options, { ...as, stdio: 'ignore' })
    await until(() => run('select 1').then(Boolean, () => false), 20_000)
  }
  const stop = async () => {
    if (server === null || server.exitCode !== null) return
    const ended = new Promise((done) => server?.once('exit', done))
    server.kill('SIGINT')
    await ended
  }
  atEnd(t, stop)
  await start()
  return { url, socket, stop, start, run }
}

function programs(): string | null {
  const found = globSync('/usr/lib/postgresql/*/bin/initdb').filter(
    (path) => Number(/postgresql\/(\d+)/.exec(path)?.[1]) >= 15,
  )
  const [first] = found.toSorted()
  return first === undefined ? null : dirname(first)
}

/** PostgreSQL does not run as root. */
function account() {
  const name = userInfo().uid === 0 ? 'postgres' : userInfo().username
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout)) as [
    number,
    number,
  ]
  return { uid, gid, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' } }
}
