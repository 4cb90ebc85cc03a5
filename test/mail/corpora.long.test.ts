// Mail that others collected is read at least as well as was promised; `npm run bench -- mail` prints the same figures.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { corpora, run } from '../../bench/mail.ts'

/** The least share of each collection that is read rightly. */
const PROMISED: Readonly<Record<string, number>> = {
  'replies: talon, plain': 47 / 49,
  'replies: talon, messages': 1,
  'replies: talon, HTML': 1,
  'replies: crisp, as a reader judged': 85 / 90,
  'messages read': 1,
  'bounces found': 0.98,
  'bounces: class of the status': 0.95,
  'bounces: hard or soft': 0.9,
  'complaints found': 1,
  'automatic replies found': 1,
}

test(
  'replies, reports and hostile messages of others’ collections',
  { skip: existsSync(corpora) ? false : '../shared/corpora is not here' },
  async () => {
    const results = (await run()).results as Record<string, { right: number; of: number; wrong: string[] }>
    assert.deepEqual(Object.keys(results).toSorted(), Object.keys(PROMISED).toSorted())
    for (const [name, { right, of, wrong }] of Object.entries(results)) {
      assert.ok(of > 0, `${name} is empty`)
      assert.ok(right / of >= (PROMISED[name] ?? 1), `${name}: ${right} of ${of}, not ${wrong.join(', ')}`)
    }
  },
)
