// The SQL of a condition selects exactly what its evaluator selects, and its text reads back as itself. The benchmark
// `rules-oracle` asks the same of 100,000 pairs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { problemsOf } from '#rules/check.ts'
import { holds } from '#rules/evaluate.ts'
import { printQuery } from '#rules/query-print.ts'
import { parseQuery } from '#rules/query.ts'
import { openDatabase, type Database } from '#store/database.ts'
import { freshDatabase, quiet } from '../support/database.ts'
import { disagreements } from '../support/rules-oracle.ts'
import {
  directory,
  randomCase,
  randomCondition,
  randomOf,
  sceneOf,
  writeWorld,
} from '../support/rules-world.ts'

let db: Database
let drop: () => Promise<void>
const random = randomOf(7)
const cases = Array.from({ length: 40 }, (_, index) => randomCase(random, index + 1))

before(async () => {
  const fresh = await freshDatabase()
  db = openDatabase(fresh.url, { log: quiet, size: 2, role: null })
  drop = fresh.drop
  await writeWorld(db, cases)
})
after(async () => {
  await db.close()
  await drop()
})

test('a condition as SQL selects exactly what its evaluator selects', async () => {
  for (let count = 0; count < 400; count++) {
    const cond = randomCondition(random)
    assert.deepEqual(problemsOf(cond, directory, 'list', ''), [], JSON.stringify(cond))
    const zone = random.pick(['UTC', 'Europe/Berlin', 'America/New_York'])
    assert.deepEqual(await disagreements(db, cond, cases, zone), [], `${zone} ${JSON.stringify(cond)}`)
  }
})

test('the text of a condition reads back as a condition that means the same, and prints the same', () => {
  let printed = 0
  for (let count = 0; count < 4_000; count++) {
    const cond = randomCondition(random)
    const text = printQuery(cond, directory)
    if (text === null) continue
    printed++
    const { cond: back, ignored } = parseQuery(text, directory)
    assert.deepEqual(ignored, [], text)
    for (const each of cases.slice(0, 8)) {
      const scene = sceneOf(each, 'UTC')
      assert.equal(
        holds(back, scene),
        holds(cond, scene),
        `${text}\n${JSON.stringify(cond)}\n${JSON.stringify(back)}`,
      )
    }
    const again = printQuery(back, directory)
    assert.ok(again !== null, text)
    assert.deepEqual(parseQuery(again, directory).cond, back, `${text} → ${again}`)
    assert.equal(printQuery(parseQuery(again, directory).cond, directory), again)
  }
  assert.ok(printed > 800, `${printed} had a text`)
})
