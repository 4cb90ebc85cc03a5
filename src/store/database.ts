// The pool and the transaction. `Db` is what every store function takes first: a pool for a read, a transaction to write.
import { setImmediate } from 'node:timers/promises'
import pg from 'pg'
import { Fault } from '#kit/fault.ts'
import type { Log } from '#kit/log.ts'
import { prepared, sql, type Sql } from '#store/sql.ts'

export type Db = {
  /** All rows of a statement. */
  readonly rows: <Row>(statement: Sql) => Promise<Row[]>
  /** The first row, or null. */
  readonly row: <Row>(statement: Sql) => Promise<Row | null>
  /** Like `rows`, prepared once per connection. */
  readonly hot: <Row>(statement: Sql) => Promise<Row[]>
  /** Sends a payload to those who LISTEN, once what was written is committed; never when it is rolled back. */
  readonly notify: (payload: string) => void
}

export type Transaction = Db & {
  readonly inTransaction: true
  /** Work goes on side by side in it: see `sideBySide`. */
  readonly isShared?: true
}

export type Database = Db & {
  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  readonly transaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>
  /** Hears what this process tells, at the moment of its commit: before whoever asked for it is answered. */
  readonly onTold: (hear: (payload: string) => void) => void
  /** One connection, for LISTEN and the like; the caller ends it. */
  readonly connection: () => Promise<pg.Client>
  readonly close: () => Promise<void>
}

// int8 and numeric as numbers (ids stay below 2^53), timestamps as ISO text in UTC: text order is time order.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
const INT8_ARRAY = 1016 as never
pg.types.setTypeParser(INT8_ARRAY, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)))
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString())

/** The hits of common words among a million tickets, page by page: with less they are read twice. */
const WORK_MEMORY = '-c work_mem=16MB'

/** A database that does not answer is found out: a connection is had soon, a statement ends some day. */
const CONNECT_WITHIN_MS = 10_000
const STATEMENT_WITHIN_MS = 60_000

/** Opens the pool with the rights of `role`, which may not change the log; null keeps the connecting user's own. */
export function openDatabase(
  url: string,
  options: { log: Log; size: number; role: string | null; withinMs?: number },
): Database {
  const withinMs = options.withinMs ?? STATEMENT_WITHIN_MS
  const settings = [
    '-c timezone=UTC',
    WORK_MEMORY,
    `-c statement_timeout=${withinMs}`,
    ...(options.role === null ? [] : [`-c role=${options.role}`]),
  ].join(' ')
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size,
    options: settings,
    idleTimeoutMillis: 10_000,
    // What a connection has once held it keeps: some minutes after a rush only slim ones are left.
    maxLifetimeSeconds: 300,
    connectionTimeoutMillis: Math.min(CONNECT_WITHIN_MS, withinMs),
    // The server's own limit comes first; this one is for a server that stands still.
    query_timeout: withinMs + 5_000,
  })
  const lost = (error: Error) => options.log.warn({ reason: error.message }, 'A database connection was lost')
  // The pool hears its idle connections only. One that is lost between two statements of a transaction would end the process.
  pool.on('connect', (client) => {
    client.on('error', lost)
    watchKeeping(client)
  })
  pool.on('error', () => {})
  const parted = partingOf(pool)
  const notices = noticesOf(pool)
  return {
    ...queriesOf(runIn(pool)),
    notify: notices.send,
    onTold: notices.onTold,
    transaction: (work) => inTransaction(pool, notices.send, work),
    connection: async () => {
      const client = new pg.Client({
        connectionString: url,
        // Migrations may take their time.
        options: `${settings} -c statement_timeout=0`,
        keepAlive: true,
        connectionTimeoutMillis: CONNECT_WITHIN_MS,
      })
      client.on('error', lost)
      await client.connect()
      return client
    },
    close: async () => {
      await notices.sent()
      await pool.end()
      await parted()
    },
  }
}

/**
 * The pool says that it has ended while its connections still say goodbye. A server that is stopped meanwhile cuts them off, which
 * looks like a loss.
 */
function partingOf(pool: pg.Pool): () => Promise<void> {
  const open = new Set<pg.PoolClient>()
  const last = Promise.withResolvers<void>()
  let ending = false
  const look = () => ending && open.size === 0 && last.resolve()
  pool.on('connect', (client) => open.add(client))
  pool.on('remove', (client) => {
    open.delete(client)
    look()
  })
  return () => {
    ending = true
    look()
    return last.promise
  }
}

type Run = (statement: pg.QueryConfig | Sql) => Promise<any[]> // eslint-disable-line typescript/no-explicit-any

function queriesOf(run: Run): Omit<Db, 'notify'> {
  return {
    rows: (statement) => run(statement),
    row: async (statement) => (await run(statement))[0] ?? null,
    hot: (statement) => run(prepared(statement)),
  }
}

type Asked = { readonly query: (statement: string | pg.QueryConfig | Sql) => Promise<pg.QueryResult> }

function runOn(source: Asked): Run {
  return async (statement) => {
    try {
      return (await source.query(statement)).rows
    } catch (error) {
      throw asFault(error)
    }
  }
}

/** A statement by itself is a transaction by itself. */
function runIn(pool: pg.Pool): Run {
  return async (statement) => {
    const client = await pool.connect().catch((error: unknown) => Promise.reject(asFault(error)))
    let broken: Error | undefined
    try {
      const { rows } = await client.query(statement)
      assertKept(client)
      return rows
    } catch (error) {
      if (isLost(error)) broken = error
      throw asFault(error)
    } finally {
      client.release(broken)
    }
  }
}

/**
 * A commit that waits for a second machine, until an operator cancels it, is answered as done, with a warning: it is kept on the first
 * and may be lost with it (PostgreSQL's syncrep.c). That is no acknowledgement.
 */
const unkept = new WeakSet<pg.PoolClient>()

function watchKeeping(client: pg.PoolClient): void {
  client.on('notice', ({ routine }) => {
    if (routine === 'SyncRepWaitForLSN') unkept.add(client)
  })
}

function assertKept(client: pg.PoolClient): void {
  if (unkept.delete(client))
    throw new Fault('The database has written it, but not to its second machine in time', { retryable: true })
}

/**
 * Notices leave after the commit, all of one moment together. NOTIFY inside a transaction makes all commits of the server stand
 * in line; a notice lost with its process is made good by the lanes, which look again by themselves.
 */
function noticesOf(pool: pg.Pool) {
  const waiting: string[] = []
  const ears: ((payload: string) => void)[] = []
  let sending: Promise<void> | null = null
  const sendAll = async () => {
    while (waiting.length > 0) {
      const round = waiting.splice(0)
      // A lost database is reported by all that need it; who listens looks for itself when it is back.
      await pool
        .query(`select pg_notify('docket', payload) from unnest($1::text[]) as payload`, [round])
        .catch(() => {})
    }
    sending = null
  }
  return {
    send: (payload: string) => {
      waiting.push(payload)
      ears.forEach((hear) => hear(payload))
      sending ??= setImmediate().then(sendAll)
    },
    onTold: (hear: (payload: string) => void) => void ears.push(hear),
    sent: () => sending ?? Promise.resolve(),
  }
}

/** A connection as a transaction asks it: what is asked at once is asked in turn, which pg leaves to whoever asks (from 9.0 on). */
function oneByOne(client: pg.PoolClient): Asked {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: (statement) => {
      const answer = last.then(() => client.query(statement as pg.QueryConfig))
      last = answer.catch(() => {})
      return answer
    },
  }
}

async function inTransaction<Result>(
  pool: pg.Pool,
  send: (payload: string) => void,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const payloads: string[] = []
  const notify = (payload: string) => void payloads.push(payload)
  const client = await pool.connect().catch((error: unknown) => Promise.reject(asFault(error)))
  const line = oneByOne(client)
  let broken: Error | undefined
  try {
    await line.query('begin')
    const result = await work({ ...queriesOf(runOn(line)), notify, inTransaction: true })
    await line.query('commit')
    assertKept(client)
    payloads.forEach(send)
    return result
  } catch (error) {
    if (isLost(error)) broken = error
    else await line.query('rollback').catch((failure: Error) => (broken = failure))
    throw asFault(error)
  } finally {
    client.release(broken)
  }
}

const WORLD = new Set(['08', '53', '57', '58', '40', '55'])
/** A primary that has become a follower takes nothing more: the next connection leads to the new one. */
const READ_ONLY = '25006'
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'])
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|not queryable|Query read timeout/

/** Whether nothing more is to be had from its connection: it does not answer, no rollback either, or it leads to a follower. */
function isLost(error: unknown): error is Error {
  const cause = error instanceof Fault ? error.cause : error
  if (!(cause instanceof Error)) return false
  return (cause as { code?: string }).code === READ_ONLY || /read timeout/.test(cause.message)
}

/** A lost connection, a full disk, a deadlock: faults worth another try. Anything else the database says is a bug. */
function asFault(error: unknown): unknown {
  const code = (error as { code?: string }).code
  const lost = error instanceof Error && LOST.test(error.message)
  if (
    lost ||
    (code !== undefined &&
      (NETWORK.has(code) || code === READ_ONLY || (code.length === 5 && WORLD.has(code.slice(0, 2)))))
  ) {
    return new Fault('The database did not do it', {
      retryable: true,
      cause: error,
      ...(code === undefined ? {} : { code }),
    })
  }
  return error
}

/** Throws when the server would lose acknowledged work in a power cut, or is older than version 15. */
export async function assertDurable(db: Db): Promise<void> {
  const found = await db.row<{ version: number; fsync: string; pages: string; commit: string }>(sql`
    select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit`)
  if (found === null || found.version < 150_000) throw new Error('Docket needs PostgreSQL 15 or newer')
  const off = [
    found.fsync === 'off' && 'fsync',
    found.pages === 'off' && 'full_page_writes',
    found.commit === 'off' && 'synchronous_commit',
  ].filter((name) => name !== false)
  if (off.length > 0) {
    throw new Error(
      `PostgreSQL runs with ${off.join(', ')} off: acknowledged tickets could be lost. Turn it on.`,
    )
  }
}

/** The version of PostgreSQL, as it says it. */
export async function serverVersion(db: Db): Promise<string> {
  const found = await db.row<{ version: string }>(sql`select current_setting('server_version') as version`)
  return found?.version ?? 'unknown'
}
