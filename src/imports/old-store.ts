// The PostgreSQL of another desk, read and never written: rows as JSON, and a name for what is missing in it.
import pg from 'pg'
import type { Egress } from '#channels/egress.ts'
import { Fault } from '#kit/fault.ts'

export type Entry = Readonly<Record<string, unknown>>

export type OldDatabase = {
  /** The rows of a query, each as JSON: moments as the database has them, numbers as they are. */
  readonly rows: (query: string, values?: readonly unknown[]) => Promise<Entry[]>
  readonly close: () => Promise<void>
}

/** Where another desk's database is, and where its files lie when they do not lie in it. */
export type Where = {
  readonly database: string
  readonly files: string | null
  /** Whoever sits at this machine may name a socket of it as `?host=/folder`; nobody else may. */
  readonly isLocal: boolean
}

const CONNECT_MS = 15_000
const QUERY_MS = 120_000

/** What a reader of a make asks for, by table; what is not there is said before anything is read. */
export type Shape = Readonly<Record<string, readonly string[]>>

/** Connects to the database of an address; of its parameters only `sslmode` counts, and `host` from this machine. */
export async function openOldDatabase(
  egress: Pick<Egress, 'addressOf'>,
  { database: address, isLocal }: Pick<Where, 'database' | 'isLocal'>,
  { make, shape }: { make: string; shape: Shape },
): Promise<OldDatabase> {
  const url = new URL(address)
  const host = decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '')
  const socket = isLocal ? url.searchParams.get('host') : null
  const found = socket?.startsWith('/') === true ? socket : (await egress.addressOf(host)).address
  const client = new pg.Client({
    host: found,
    port: Number(url.port || 5_432),
    user: plain(url.username),
    password: plain(url.password),
    database: plain(url.pathname.slice(1)),
    ssl: sslOf(url.searchParams.get('sslmode'), host),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    application_name: 'docket import',
  })
  // Told by the query that meets it.
  client.on('error', () => {})
  const rows: OldDatabase['rows'] = async (query, values = []) => {
    try {
      const wrapped = `select to_jsonb(found) as row from (${query}) as found`
      return (await client.query<{ row: Entry }>(wrapped, [...values])).rows.map(({ row }) => row)
    } catch (error) {
      throw faultOf(error as Error)
    }
  }
  try {
    await client.connect()
    await client.query('set default_transaction_read_only = on')
    await expectShape(rows, make, shape)
  } catch (error) {
    await client.end().catch(() => {})
    throw error instanceof Fault ? error : faultOf(error as Error)
  }
  return { rows, close: () => client.end().catch(() => {}) }
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new Fault('The address of the database is not written as it must be: write % as %25', {
      retryable: false,
      code: 'ADDRESS',
      cause,
    })
  }
}

/** What libpq means by its modes, but that nothing is tried twice: without a mode the line is in the clear. */
function sslOf(mode: string | null, servername: string): pg.ClientConfig['ssl'] {
  if (mode === null || mode === 'disable' || mode === 'allow' || mode === 'prefer') return false
  return { servername, rejectUnauthorized: mode === 'verify-ca' || mode === 'verify-full' }
}

async function expectShape(rows: OldDatabase['rows'], make: string, shape: Shape): Promise<void> {
  const found = await rows(
    `select table_name as "table", array_agg(column_name::text) as columns from information_schema.columns
      where table_schema = any(current_schemas(false)) and table_name = any($1) group by table_name`,
    [Object.keys(shape)],
  )
  const columns = new Map(found.map((each) => [each['table'], each['columns'] as readonly string[]]))
  const missing = Object.entries(shape).flatMap(([table, names]) => {
    const there = columns.get(table)
    return there === undefined
      ? [table]
      : names.filter((name) => !there.includes(name)).map((name) => `${table}.${name}`)
  })
  if (missing.length === 0) return
  throw new Fault(
    `This is no database of ${make} as it is known here: ${missing.slice(0, 10).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing, or this user may not read it`,
    { retryable: false, code: 'SHAPE' },
  )
}

function faultOf(cause: Error & { code?: string }): Fault {
  // Classes 08, 53 and 57 of SQLSTATE, and what sockets say: the line or the server, which may come back.
  const isPassing = cause.code === undefined || /^(?:08|53|57|E[A-Z]+$)/.test(cause.code)
  return new Fault(`The database says: ${cause.message}`, {
    retryable: isPassing,
    cause,
    ...(cause.code === undefined ? {} : { code: cause.code }),
  })
}
