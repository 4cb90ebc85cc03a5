// 100,000 pairs of condition and ticket: how many the database and the evaluator judge differently. It must be none.
import { openDatabase } from '#store/database.ts'
import { freshDatabase, quiet, startTestServer } from '../test/support/database.ts'
import { disagreements } from '../test/support/rules-oracle.ts'
import { randomCase, randomCondition, randomOf, writeWorld } from '../test/support/rules-world.ts'
import type { Bench } from './bench.ts'

const TICKETS = 250
const CONDITIONS = 400

export const run: Bench = async () => {
  const server = await startTestServer()
  process.env['DOCKET_TEST_SERVER'] = server.url
  const { url, drop } = await freshDatabase()
  const db = openDatabase(url, { log: quiet, size: 2, role: null })
  const seed = Date.now() % 1_000_000
  const random = randomOf(seed)
  const cases = Array.from({ length: TICKETS }, (_, index) => randomCase(random, index + 1))
  await writeWorld(db, cases)
  let wrong = 0
  for (let count = 0; count < CONDITIONS; count++) {
    const cond = randomCondition(random)
    const differing = await disagreements(
      db,
      cond,
      cases,
      random.pick(['UTC', 'Europe/Berlin', 'Asia/Kolkata']),
    )
    wrong += differing.length
    if (differing.length > 0)
      console.log(`  seed ${seed}: ${JSON.stringify(cond)} on ${differing.join(', ')}`)
  }
  await db.close()
  await drop()
  await server.stop()
  const pairs = TICKETS * CONDITIONS
  return {
    rows: [
      { name: 'pairs of condition and ticket', value: pairs.toLocaleString('en') },
      { name: 'judged differently by SQL and evaluator', value: String(wrong) },
    ],
    results: { seed, pairs, wrong },
  }
}
