// `triage evaluate` and `retrieval evaluate` as others call them: files in, a line for each text out, then a summary.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { run } from '../support/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'docket-assistant-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, lines: readonly unknown[]) => {
  const path = join(folder, name)
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return path
}
const linesOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const things = { billing: ['invoice', 'refund', 'receipt'], shipping: ['parcel', 'courier', 'package'] }
const examples = Object.entries(things).flatMap(([label, names]) =>
  names.flatMap((name) =>
    [1, 2, 3, 4].map((number) => ({ text: `My ${name} number ${number} is wrong`, label })),
  ),
)

test('triage answers each line in order and sums up; lines without a label count as wrong', async () => {
  const train = file('train.jsonl', examples)
  const tested = file('test.jsonl', [
    { text: 'Another refund', label: 'billing' },
    { text: 'The courier left', label: 'shipping' },
    '',
    { text: 'xyzzy' },
  ])
  const { code, out, err } = await run(['triage', 'evaluate', train, tested, '--json'])
  assert.equal(code, 0, err)
  const [first, second, third, last, ...more] = linesOf(out)
  assert.deepEqual([first.label, second.label, more], ['billing', 'shipping', []])
  assert.deepEqual(Object.keys(first), ['label', 'margin', 'abstain'])
  assert.ok(first.margin > third.margin && third.abstain === true)
  const { n, accuracy, accuracyAt80, trainMs, msPerText } = last.summary
  assert.deepEqual([n, accuracy, accuracyAt80], [3, 2 / 3, 1])
  assert.ok(trainMs >= 0 && msPerText >= 0)
})

test('retrieval ranks for each question and says how likely an answer is', async () => {
  const docs = file('docs.jsonl', [
    { id: 'returns', title: 'Returning a lamp', text: 'Within 30 days.' },
    { id: 7, title: 'Passwords', text: 'Ask for a link.' },
    { id: 'bare', text: 'No title, only the warranty.' },
  ])
  const queries = file('queries.jsonl', [
    { id: 'q1', text: 'I want to return my lamp' },
    { id: 'q2', text: '???' },
    { id: 'q3', text: 'warranty' },
  ])
  const { code, out, err } = await run(['retrieval', 'evaluate', docs, queries, '--json'])
  assert.equal(code, 0, err)
  const [first, none, third, last] = linesOf(out)
  assert.deepEqual([first.id, first.ranked[0].id, third.ranked[0].id], ['q1', 'returns', 'bare'])
  assert.deepEqual(none, { id: 'q2', ranked: [], answerable: 0 })
  assert.ok(first.answerable > 0 && first.answerable <= 1)
  assert.deepEqual([last.summary.n, Object.keys(last.summary)], [3, ['n', 'buildMs', 'msPerQuery']])
})

test('a line that is not as it should be is named; so is a file that is not there', async () => {
  const train = file('bad.jsonl', [
    { text: 'fine', label: 'a' },
    { text: 7, label: 'a' },
  ])
  const wrong = await run(['triage', 'evaluate', train, train])
  assert.deepEqual([wrong.code, /bad\.jsonl:2 text/.test(wrong.err)], [65, true], wrong.err)
  const broken = file('broken.jsonl', ['{"id":'])
  assert.match((await run(['retrieval', 'evaluate', broken, broken])).err, /broken\.jsonl:1/)
  const empty = file('empty.jsonl', [])
  assert.equal((await run(['triage', 'evaluate', empty, empty])).code, 65)
  assert.equal((await run(['retrieval', 'evaluate', empty, empty])).code, 0)
  assert.equal(
    (await run(['triage', 'evaluate', file('fine.jsonl', examples), join(folder, 'none')])).code,
    66,
  )
  assert.equal((await run(['triage', 'evaluate', train])).code, 64)
})

const skip = process.env['DOCKET_TEST_LONG'] === undefined && 'asked for with DOCKET_TEST_LONG=1'

test(
  'over a demo it answers alone what it earned, and says how much was wrong by the demo’s own truth',
  { skip },
  async () => {
    const data = join(folder, 'demo')
    const options = { DOCKET_DATA: data, DOCKET_LOG: 'silent' }
    const made = await run(['demo', '--tickets', '3000', '--until', '2026-06-01', '--json'], options)
    assert.equal(made.code, 0, made.err)
    const args = [
      'assistant',
      'simulate',
      '--last',
      '3000d',
      '--alone',
      '--max-wrong',
      '0.15',
      '--demo-truth',
    ]
    const { code, out, err } = await run([...args, '--json'], options)
    assert.equal(code, 0, err)
    const { n, alone } = JSON.parse(out)
    assert.ok(n > 2_500 && alone.answered >= 50, `${alone.answered} of ${n}`)
    assert.equal(alone.judged, alone.answered)
    // Of so few the interval is wide; over 10,000 tickets its end lies within 2 in 100.
    assert.ok(alone.value <= 0.02 && alone.high <= 0.07, JSON.stringify(alone))
  },
)
