// A second server that follows the database (`DATABASE_REPLICA_URL`), for reads that ask much. It is asked once it has all that was
// committed at the first when the read came: nobody reads less than they have written or been told of. Where it is too far behind or
// away, the first answers, and it is left alone for a while.
import { setImmediate, setTimeout as pause } from 'node:timers/promises'
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
/** For all of a look: nobody waits longer for a server that stands still. */
const LOOK_WITHIN_MS = 250
const RESTS_MS = 5_000

/** A server that follows `primary`: `copy` is a pool of it for reads, `looks` one that no long read can fill. */
export function followReplica(primary: Database, copy: Database, looks: Database, log: Log): Replica {
  const system = systemOf(primary)
  const counted = { replica: 0, primary: 0 }
  let restsUntil = 0
  let isLooking = false
  let why: string | null = null
  const rest = (reason: string) => {
    restsUntil = performance.now() + RESTS_MS
    if (why === null) log.warn({ reason }, 'The replica is not read from')
    why = reason
  }
  const look = async (): Promise<string | null> => {
    // While it is out of reach one looks whether it is back, and all others go on.
    if (why !== null && (performance.now() < restsUntil || isLooking)) return why
    isLooking = true
    try {
      const reason = await behind(primary, looks, system)
      if (reason !== null) rest(reason)
      else if (why !== null) {
        log.info({}, 'The replica is read from again')
        why = null
      }
      return reason
    } finally {
      isLooking = false
    }
  }
  const db = onceMore(primary, copy, rest)
  return {
    reading: async () => {
      const isBehind = (await look()) !== null
      counted[isBehind ? 'primary' : 'replica']++
      return isBehind ? primary : db
    },
    trouble: () => behind(primary, looks, system),
    counts: () => counted,
    close: async () => void (await Promise.all([copy.close(), looks.close()])),
  }
}

/** Why it must not be read from; null when it has all that is committed at this moment. Only what ails the first is thrown. */
async function behind(
  primary: Database,
  copy: Database,
  system: () => Promise<string>,
): Promise<string | null> {
  const first = await primary.row<{ at: string }>(sql`select pg_current_wal_flush_lsn()::text as at`)
  const its = await system()
  if (first === null) return 'the database does not say how far it is'
  const late = new AbortController()
  const silent = pause(LOOK_WITHIN_MS, `it does not answer within ${LOOK_WITHIN_MS} ms`, {
    signal: late.signal,
  })
  const told = placeOf(copy, first.at, its).catch(
    (error: unknown) => `it cannot be asked: ${reasonOf(error)}`,
  )
  // Where this process itself was busy for so long the answer may lie there unread.
  const spoken = silent.then((reason) => Promise.race([told, setImmediate(reason)]))
  spoken.catch(() => {})
  return Promise.race([told, spoken]).finally(() => late.abort())
}

async function placeOf(copy: Database, at: string, system: string): Promise<string | null> {
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await pause(waitMs)
    const found = await copy.row<{ follows: boolean; arrived: boolean | null; system: string }>(sql`
      select pg_is_in_recovery() as follows, pg_last_wal_replay_lsn() >= ${at}::pg_lsn as arrived,
        (select system_identifier::text from pg_control_system()) as system`)
    if (found === null) return 'it does not answer'
    if (found.system !== system) return 'it is a copy of another database'
    if (!found.follows) return 'it follows no other server'
    if (found.arrived === true) return null
  }
  return `it is more than ${WAITS_MS.reduce((sum, each) => sum + each, 0)} ms behind`
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown } | null)?.code ?? '')
}

/** A fault of what was asked (classes 22, 23 and 42 of PostgreSQL's Appendix A): the first says it in its own words. */
function isOfStatement(code: string): boolean {
  return /^(?:22|23|42)/.test(code)
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Fault ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(cause)
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

/** query_canceled, and serialization_failure, which a conflict with recovery is told as (PostgreSQL's Appendix A). */
const [TOO_LONG, IN_THE_WAY] = ['57014', '40001']

/** A read that the copy breaks off, such as one that stood in the way of what it had to take over, is asked of the first. */
function onceMore(primary: Database, copy: Database, rest: (reason: string) => void): Db {
  const orFirst = (error: unknown) => {
    // One that took too long would take as long at the first, and one that is wrong is as wrong there.
    const code = codeOf(error)
    if (code === TOO_LONG) throw error
    // What it broke off to go on following is no reason to leave it.
    if (code !== IN_THE_WAY && !isOfStatement(code)) rest(reasonOf(error))
    return primary
  }
  return {
    rows: <Row>(asked: Sql) => copy.rows<Row>(asked).catch((error) => orFirst(error).rows<Row>(asked)),
    row: <Row>(asked: Sql) => copy.row<Row>(asked).catch((error) => orFirst(error).row<Row>(asked)),
    hot: <Row>(asked: Sql) => copy.hot<Row>(asked).catch((error) => orFirst(error).hot<Row>(asked)),
    notify: primary.notify,
  }
}
