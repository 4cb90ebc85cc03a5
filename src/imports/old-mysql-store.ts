// A line to another desk's MySQL or MariaDB, on which nothing can be written.
import { connect } from 'node:net'
import type { RowDataPacket } from 'mysql2/promise'
import {
  CONNECT_MS,
  oldFault,
  QUERY_MS,
  sessionOf,
  type Door,
  type Entry,
  type Line,
} from '#imports/old-line.ts'
import { Fault } from '#kit/fault.ts'

/** Connects; texts come as UTF-8 whatever the tables hold, moments as the server shows them, blobs as bytes. */
export async function openMysql({ name, host, url, user, password, database, tls }: Door): Promise<Line> {
  // Loaded where it is asked for, and before there is a socket: one that fails meanwhile would have nobody to hear it.
  const { createConnection, escape } = await import('mysql2/promise')
  const port = Number(url.port || 3_306)
  const socket = host.startsWith('/') ? connect(host) : connect(port, host)
  socket.setNoDelay(true)
  const session = sessionOf(url)
  const connection = await createConnection({
    // The name is for its certificate: where it leads was found before.
    host: name,
    stream: () => socket,
    user,
    password,
    database,
    ...(tls === null ? {} : { ssl: { rejectUnauthorized: tls.isVerified, verifyIdentity: tls.isVerified } }),
    charset: 'utf8mb4',
    connectTimeout: CONNECT_MS,
    dateStrings: true,
    supportBigNumbers: true,
    // Names of columns are the other side's words: no code is made of them.
    disableEval: true,
  }).catch((error: Error) => {
    socket.destroy()
    throw faultOf(error)
  })
  // Told by the query that meets it.
  connection.on('error', () => {})
  const close = async () => connection.destroy()
  const ask = async (sql: string) => {
    try {
      return (await connection.query<RowDataPacket[]>({ sql, timeout: QUERY_MS }))[0]
    } catch (error) {
      throw faultOf(error as Error)
    }
  }
  try {
    await ask('set session transaction read only')
    // Names stand in double quotes and || joins texts, as in PostgreSQL; a backslash means what `escape` takes it for.
    await ask(`set session sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'`)
    if (session !== null) await ask(`set session time_zone = ${escape(session)}`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    make: 'mysql',
    rows: async (query, values = []) =>
      (await ask(filled(query, values, escape))) as readonly Entry[] as Entry[],
    close,
  }
}

type Escape = (value: string) => string

/** The query with its values in it: lists have no other way. */
function filled(query: string, values: readonly unknown[], escape: Escape): string {
  const literal = (value: unknown) => literalOf(value, escape)
  return query.replaceAll(
    /= any\(\$(\d+)\)|\$(\d+)/g,
    (_, list: string | undefined, one: string | undefined) => {
      if (list === undefined) return literal(values[Number(one) - 1])
      const found = values[Number(list) - 1] as readonly unknown[]
      return `in (${found.length === 0 ? 'null' : found.map(literal).join(', ')})`
    },
  )
}

function literalOf(value: unknown, escape: Escape): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (typeof value === 'string') return escape(value)
  throw new Error('Bug: a value that no query of another desk has')
}

function faultOf(cause: Error & { code?: string; fatal?: boolean }): Fault {
  if (cause instanceof Fault) return cause
  // What the server says of a query or a password stays so; a line that was cut, and a server that is full or goes down, may come back.
  const isPassing =
    cause.code === undefined ||
    /^(?:PROTOCOL_|E[A-Z]+$|ER_CON_COUNT|ER_TOO_MANY_USER|ER_SERVER_SHUTDOWN|ER_LOCK)/.test(cause.code)
  return oldFault(cause, isPassing)
}
