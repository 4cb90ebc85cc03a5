// A line to another desk's PostgreSQL, on which nothing can be written.
import pg from 'pg'
import { CONNECT_MS, oldFault, QUERY_MS, type Door, type Entry, type Line } from '#imports/old-line.ts'

/** Connects; rows come as JSON. */
export async function openPostgres({ name, host, url, user, password, database, tls }: Door): Promise<Line> {
  const client = new pg.Client({
    host,
    port: Number(url.port || 5_432),
    user,
    password,
    database,
    ssl: tls === null ? false : { servername: name, rejectUnauthorized: tls.isVerified },
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    application_name: 'docket import',
    options: '-c default_transaction_read_only=on',
  })
  // Told by the query that meets it.
  client.on('error', () => {})
  const close = () => client.end().catch(() => {})
  const asked = <Answer>(answer: Promise<Answer>) =>
    answer.catch((error: Error) => {
      throw faultOf(error)
    })
  await asked(client.connect()).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    make: 'postgres',
    rows: async (query, values = []) => {
      const wrapped = `select to_jsonb(found) as row from (${query}) as found`
      const { rows } = await asked(client.query<{ row: Entry }>(wrapped, [...values]))
      return rows.map(({ row }) => row)
    },
    close,
  }
}

function faultOf(cause: Error & { code?: string }) {
  // Classes 08, 53 and 57 of SQLSTATE, and what sockets say: the line or the server, which may come back.
  return oldFault(cause, cause.code === undefined || /^(?:08|53|57|E[A-Z]+$)/.test(cause.code))
}
