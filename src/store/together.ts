// What many want of the database at the same moment, asked together: one statement for all that wait. No answer is kept, and
// each is read after it was asked for, so it is never older than the question.
import type { Db, Transaction } from '#store/database.ts'

type Waiting<Key, Value> = {
  readonly key: Key
  readonly resolve: (value: Value | null) => void
  readonly reject: (error: unknown) => void
}

type Load<Key, Value> = (db: Db, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>

/** Makes a reader of one out of a reader of many. Inside a transaction it reads at once, alone, unless that is shared. */
export function together<Key, Value>(load: Load<Key, Value>): (db: Db, key: Key) => Promise<Value | null> {
  const queues = new WeakMap<Db, (key: Key) => Promise<Value | null>>()
  return async (db, key) => {
    if ('inTransaction' in db && !('isShared' in db)) return (await load(db, [key])).get(key) ?? null
    let ask = queues.get(db)
    if (ask === undefined) {
      ask = queueOf(db, load)
      queues.set(db, ask)
    }
    return ask(key)
  }
}

/** One statement under way at a time; who comes meanwhile goes with the next. */
function queueOf<Key, Value>(db: Db, load: Load<Key, Value>) {
  let waiting: Waiting<Key, Value>[] = []
  let underWay = false
  const next = async () => {
    const round = waiting
    waiting = []
    try {
      const found = await load(db, [...new Set(round.map(({ key }) => key))])
      for (const { key, resolve } of round) resolve(found.get(key) ?? null)
    } catch (error) {
      for (const { reject } of round) reject(error)
    }
    if (waiting.length > 0) setImmediate(next)
    else underWay = false
  }
  return (key: Key) =>
    new Promise<Value | null>((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (!underWay) setImmediate(next)
      underWay = true
    })
}

/** A transaction in which work goes on side by side: what is asked of it at the same moment is asked together. */
export function sideBySide(tx: Transaction): Transaction {
  return { ...tx, isShared: true }
}

/** Rows by their key. */
export function byKey<Key, Row>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}
