// Locks that outlive a transaction but not the process: PostgreSQL gives them to one connection and frees them when it ends.
import type { Database } from '#store/database.ts'

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

/** Locks of this process, all held by one connection, which is opened when the first is asked for. */
export function createLocks(database: Database): Locks {
  let open: Promise<{ client: Awaited<ReturnType<Database['connection']>>; lost: Promise<void> }> | null =
    null
  const connection = () => {
    open ??= database.connection().then((client) => {
      const lost = new Promise<void>((done) => client.once('end', () => ((open = null), done())))
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
