// Locks that outlive a transaction but not the process: PostgreSQL gives them to one connection and frees them when it ends.
import type { Database, Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Lock = {
  /** Resolves when the connection that holds the lock is gone. */
  readonly lost: Promise<void>
  readonly release: () => Promise<void>
}

export type Locks = {
  /** The lock on a named thing, or null while another process has it. */
  readonly take: (name: string, id: number) => Promise<Lock | null>
  readonly close: () => Promise<void>
}

/** What lies between may cut a connection that says nothing for some minutes. */
const SAYS_SOMETHING_EVERY_MS = 60_000
const PING = { text: 'select 1', query_timeout: 30_000 }

/** Locks of this process, all held by one connection, which is opened when the first is asked for. */
export function createLocks(database: Database, everyMs = SAYS_SOMETHING_EVERY_MS): Locks {
  let open: Promise<{ client: Awaited<ReturnType<Database['connection']>>; lost: Promise<void> }> | null =
    null
  const connection = () => {
    open ??= database.connection().then((client) => {
      const alive = setInterval(() => {
        // One that does not answer is gone, and the lock with it.
        client.query(PING).catch(() => client.end())
      }, everyMs).unref()
      const lost = new Promise<void>((done) =>
        client.once('end', () => {
          clearInterval(alive)
          open = null
          done()
        }),
      )
      return { client, lost }
    })
    open.catch(() => (open = null))
    return open
  }
  return {
    take: async (name, id) => {
      const { client, lost } = await connection()
      const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1), $2) as got', [name, id])
      if (rows[0]?.got !== true) return null
      return {
        lost,
        release: async () => {
          await client.query('select pg_advisory_unlock(hashtext($1), $2)', [name, id]).catch(() => {})
        },
      }
    },
    close: async () => {
      const held = await open?.catch(() => null)
      await held?.client.end().catch(() => {})
    },
  }
}

/** Whether any process has the lock at this moment. */
export async function isLocked(db: Db, name: string, id: number): Promise<boolean> {
  const row = await db.row(sql`select from pg_locks where locktype = 'advisory' and objsubid = 2 and granted
    and classid = hashtext(${name})::oid and objid = ${id}::oid
    and database = (select oid from pg_database where datname = current_database())`)
  return row !== null
}
