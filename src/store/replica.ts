// A second server that follows the database (`DATABASE_REPLICA_URL`), for reads that ask much. It is asked once it has all that was
// committed at the first when the read came: nobody reads less than they have written or been told of. Where it is too far behind or
// away, the first answers, and it is left alone for a while.
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '#kit/fault.ts'
import type { Log } from '#kit/log.ts'
import type { Database, Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

export type Replica = {
  /** Where to read now: there, or at the first. */
  readonly reading: () => Promise<Db>
  /** How it stands, asked now: null when it is what it should be, else a sentence. */
  readonly trouble: () => Promise<string | null>
  /** How many reads went where. */
  readonly counts: () => { readonly replica: number; readonly primary: number }
  readonly close: () => Promise<void>
}

/** It streams within milliseconds, or something is wrong with it. */
const WAITS_MS = [0, 3, 7, 15, 30, 60]
const RESTS_MS = 5_000

/** A server that follows `primary`; `copy` is a pool of it. */
export function followReplica(primary: Database, copy: Database, log: Log): Replica {
  const system = systemOf(primary)
  const counted = { replica: 0, primary: 0 }
  let restsUntil = 0
  let why: string | null = null
  const rest = (reason: string) => {
    restsUntil = performance.now() + RESTS_MS
    if (why === null) log.warn({ reason }, 'The replica is not read from')
    why = reason
  }
  const isAsked = () => performance.now() >= restsUntil
  const db = onceMore(primary, copy, rest)
  return {
    reading: async () => {
      const reason = isAsked() ? await behind(primary, copy, system).catch(awayOf) : why
      if (reason !== null) {
        if (isAsked()) rest(reason)
        counted.primary++
        return primary
      }
      if (why !== null) log.info({}, 'The replica is read from again')
      why = null
      counted.replica++
      return db
    },
    trouble: () => behind(primary, copy, system).catch(awayOf),
    counts: () => counted,
    close: copy.close,
  }
}

/** Why it must not be read from; null when it has all that is committed at this moment. */
async function behind(
  primary: Database,
  copy: Database,
  system: () => Promise<string>,
): Promise<string | null> {
  const first = await primary.row<{ at: string }>(sql`select pg_current_wal_flush_lsn()::text as at`)
  if (first === null) return 'the database does not say how far it is'
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await pause(waitMs)
    const found = await copy.row<{ follows: boolean; arrived: boolean | null; system: string }>(sql`
      select pg_is_in_recovery() as follows, pg_last_wal_replay_lsn() >= ${first.at}::pg_lsn as arrived,
        (select system_identifier::text from pg_control_system()) as system`)
    if (found === null) return 'it does not answer'
    if (found.system !== (await system())) return 'it is a copy of another database'
    if (!found.follows) return 'it follows no other server'
    if (found.arrived === true) return null
  }
  return `it is more than ${WAITS_MS.reduce((sum, each) => sum + each, 0)} ms behind`
}

const awayOf = (error: unknown): string => {
  if (error instanceof Fault) return (error.cause as Error | undefined)?.message ?? error.message
  throw error
}

/** The same for all copies of a database; asked once. */
function systemOf(primary: Database): () => Promise<string> {
  let known: string | null = null
  return async () => {
    const row =
      known === null
        ? await primary.row<{ id: string }>(
            sql`select system_identifier::text as id from pg_control_system()`,
          )
        : null
    known ??= row?.id ?? ''
    return known
  }
}

/** A read that the copy breaks off, such as one that stood in the way of what it had to take over, is asked of the first. */
function onceMore(primary: Database, copy: Database, rest: (reason: string) => void): Db {
  const orFirst = (error: unknown) => {
    if (!(error instanceof Fault) || !error.retryable) throw error
    rest(awayOf(error))
    return primary
  }
  return {
    rows: <Row>(asked: Sql) => copy.rows<Row>(asked).catch((error) => orFirst(error).rows<Row>(asked)),
    row: <Row>(asked: Sql) => copy.row<Row>(asked).catch((error) => orFirst(error).row<Row>(asked)),
    hot: <Row>(asked: Sql) => copy.hot<Row>(asked).catch((error) => orFirst(error).hot<Row>(asked)),
    notify: primary.notify,
  }
}
