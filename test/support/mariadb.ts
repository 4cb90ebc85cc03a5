// A real MariaDB in a folder of its own, as an ordinary child process, for tests of desks that are read from their databases.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { roomInMemory } from './database.ts'
import { freePort, until } from './desk.ts'

const BINARY = '/usr/sbin/mariadbd'

/** Why this machine cannot run the server, for `skip`; false when it can. */
export function withoutMariadb(): string | false {
  return existsSync(BINARY) ? false : 'MariaDB is not here: apt-get install mariadb-server'
}

export type Mariadb = {
  readonly port: number
  readonly socket: string
  readonly key: string
  /** Runs statements in a database, which is made when it is not there. */
  readonly run: (database: string, statements: string) => Promise<void>
  /** The address of a database for a user who may only read. */
  readonly url: (database: string, parameters?: string) => string
  readonly close: () => Promise<void>
}

/** Starts a server on a free port of this machine, with a certificate that nobody has signed. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = mkdtempSync(join(roomInMemory() ?? tmpdir(), 'docket-mariadb-'))
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')]
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const { username } = userInfo()
  done('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost']) // prettier-ignore
  const plain = ['--no-defaults', `--datadir=${data}`, `--user=${username}`, '--innodb-log-file-size=4M']
  done('/usr/bin/mariadb-install-db', [
    ...plain,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  const port = await freePort()
  const child = spawn(
    BINARY,
    [
      ...plain,
      `--socket=${socket}`,
      `--port=${port}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=16M',
      // As many were set up: tables without a word on it are of one byte a character, and what cannot be is let in.
      '--character-set-server=latin1',
      '--sql-mode=',
      '--default-time-zone=+02:00',
      `--ssl-cert=${certificate}`,
      `--ssl-key=${key}`,
    ],
    { stdio: 'ignore' },
  )
  const connect = () =>
    mysql.createConnection({ socketPath: socket, user: 'root', multipleStatements: true, charset: 'utf8mb4' })
  const root = await until(async () => connect().catch(() => null), 20_000)
  await root.query(`create user reader identified by 'se:cret'; grant select on *.* to reader`)
  return {
    port,
    socket,
    key,
    run: async (database, statements) => {
      await root.query(`create database if not exists ${database}; use ${database}; ${statements}`)
    },
    url: (database, parameters = '') => `mysql://reader:se%3Acret@127.0.0.1:${port}/${database}${parameters}`,
    close: async () => {
      await root.end()
      const ended = new Promise((end) => child.once('exit', end))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function done(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}
