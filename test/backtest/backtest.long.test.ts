// A desk lives for a while under its rules; then its own past is replayed, as it was and under another rulebook, by the command that
// people type.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Report } from '#backtest/report.ts'
import { editDraft, publishRulebook } from '#desk/rules/rulebook.ts'
import { findScan } from '#rules/timer-store.ts'
import { addressTimes } from '#setup/mailbox-store.ts'
import { judgedBySince } from '#setup/settings-store.ts'
import { requiredTimes } from '#setup/taxonomy-store.ts'
import { docket as runDocket } from '../support/command.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
const folder = mkdtempSync(join(tmpdir(), 'docket-backtest-'))
before(async () => void (desk = await startDesk()))
after(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const docket = (...args: string[]) => runDocket(desk, folder, args)
const reportOf = async (...args: string[]): Promise<Report> => {
  const { out, err, code } = await docket('backtest', ...args, '--json')
  assert.equal(code, 0, err)
  return JSON.parse(out) as Report
}
const open = async (number: number, subject: string): Promise<number> => {
  const requester = { email: `c${number}@customer.example`, name: `Customer ${number}` }
  const { status, body } = await desk.api('POST', '/tickets', {
    subject,
    body: 'Please help',
    requester,
  })
  assert.equal(status, 201)
  return body.id as number
}

const rules = [
  aRule(101, {
    key: 'thanks',
    on: ['created'],
    do: [{ reply: { template: 'thanks', to: 'requester' } }, { addTags: ['greeted'] }],
  }),
  aRule(102, {
    key: 'outage',
    on: ['created'],
    if: { all: [{ field: 'subject', op: 'contains_word', value: 'outage' }] },
    do: [{ setPriority: 'urgent' }],
  }),
  aRule(103, {
    key: 'waits',
    kind: 'timer',
    on: [],
    timer: { hold: 3_600 },
    if: { all: [{ field: 'status', op: 'is', value: 'new' }] },
    do: [{ addTags: ['waits'] }],
  }),
]
const templates = [{ key: 'thanks', subject: 'Thank you', body: 'We have it.' }]

test('what rules, timers and people did is reproduced whole, with the same bytes each time', async () => {
  await publishRules(desk, rules, templates)
  const ids: number[] = []
  for (let number = 1; number <= 12; number++) {
    ids.push(await open(number, number % 4 === 0 ? 'An outage' : 'A question'))
    desk.clock.pass(60)
  }
  const [first = 0, second = 0] = ids
  assert.equal((await desk.api('PATCH', `/tickets/${first}`, { priority: 'high' })).status, 200)
  assert.equal(
    (await desk.api('POST', `/tickets/${second}/messages`, { kind: 'note', body: 'Look' })).status,
    201,
  )
  desk.clock.pass(2 * 3_600)
  desk.running.desk.setup.forget()
  await until(async () => {
    const { body } = await desk.api('GET', '/tickets?q=tag:waits&limit=50')
    return body.items.length === ids.length
  })
  desk.clock.pass(60)
  await desk.api('PATCH', `/tickets/${second}`, { priority: 'low' })
  const report = await reportOf('--published', '--last', '30d')
  assert.deepEqual(
    [report.tickets, report.fidelity.share, report.diffs],
    [12, 1, 0],
    JSON.stringify(report.fidelity),
  )
  assert.equal(report.mails.outside.baseline, 12)
  for (const { weeks = [], candidate } of report.rules)
    assert.deepEqual(
      [weeks.length, weeks.at(-1)],
      [5, candidate.fired],
      'all of it happened in the last week',
    )
  assert.deepEqual(await reportOf('--published', '--last', '30d'), report)
})

test('a rulebook from a file is tried: what it would do, whom it would mail no more; nothing is changed by that', async () => {
  const file = join(folder, 'rules.yaml')
  const exported = (await docket('config', 'export')).out
  writeFileSync(
    file,
    exported.replace('setPriority: urgent', 'setPriority: high').replace('- created', '- note'),
  )
  const before = await desk.api('GET', '/tickets?limit=50')
  const report = await reportOf(file)
  assert.equal(report.mails.outside.candidate, 1)
  assert.deepEqual(report.fields['priority'], [{ from: 'urgent', to: 'high', count: 3 }])
  assert.equal(report.diffs, 12)
  assert.deepEqual((await desk.api('GET', '/tickets?limit=50')).body, before.body)
  const checked = await docket('backtest', '--published', '--check')
  assert.equal(checked.code, 0, checked.err)
})

test('a plan of files says what the past finds of them: exit 1 until each finding is answered', async () => {
  const file = join(folder, 'louder.yaml')
  const exported = (await docket('config', 'export')).out
  const louder = exported
    .replace(
      /( *)- setPriority: urgent/,
      '$1- setPriority: urgent\n$1- reply: { template: sorry, to: requester }',
    )
    .replace('templates:', 'templates:\n  - { key: sorry, subject: Sorry, body: We are sorry. }')
  writeFileSync(file, louder)
  const plan = await docket('config', 'plan', file)
  assert.deepEqual(
    [plan.code, plan.out.includes('Finding: mail_per_ticket_up')],
    [1, true],
    plan.out + plan.err,
  )
  assert.match(plan.err, /1 findings\. Answer them with --reason/)
  assert.equal((await docket('config', 'plan', file, '--reason', 'they want it')).code, 2)
  const quiet = await docket('config', 'plan', file, '--no-backtest', '--json')
  assert.deepEqual([quiet.code, JSON.parse(quiet.out).backtest], [2, null])
  const json = await docket('config', 'plan', file, '--json')
  assert.deepEqual([json.code, JSON.parse(json.out).backtest.tickets], [1, 12])
})

test('which fields had to be filled, and which addresses were the desk’s own, is kept with its time', async () => {
  const { database } = desk.running.desk
  const ok = async (method: string, path: string, body: object) => {
    const answer = await desk.api(method, path, body)
    assert.ok(answer.status < 300, `${method} ${path} ${JSON.stringify(answer.body)}`)
    const at = desk.clock.now()
    desk.clock.pass(60)
    return { id: answer.body.id as number, at }
  }
  const field = { label: 'Colour', type: 'text', requiredOnResolve: true }
  const added = await ok('POST', '/fields', field)
  const eased = await ok('PATCH', `/fields/${added.id}`, { requiredOnResolve: false })
  const again = await ok('PATCH', `/fields/${added.id}`, { requiredOnResolve: true })
  await ok('PATCH', `/fields/${added.id}`, { label: 'Shade' })
  assert.deepEqual(await requiredTimes(database), [
    { fieldId: added.id, from: added.at, to: eased.at },
    { fieldId: added.id, from: again.at, to: null },
  ])
  await ok('PATCH', `/fields/${added.id}`, { archived: true })
  const mailbox = await ok('POST', '/mailboxes', { address: 'second@desk.example', name: 'Second' })
  const closed = await ok('PATCH', `/mailboxes/${mailbox.id}`, { archived: true })
  const back = await ok('PATCH', `/mailboxes/${mailbox.id}`, { archived: false })
  const second = (await addressTimes(database)).filter(({ address }) => address === 'second@desk.example')
  assert.deepEqual(
    second.map(({ from, to }) => [from, to]),
    [
      [mailbox.at, closed.at],
      [back.at, null],
    ],
  )
  assert.equal(await judgedBySince(database), null, 'this desk began with it')
})

test('what cannot be replayed says why', async () => {
  const nothing = await docket('backtest')
  assert.deepEqual([nothing.code, /no draft/.test(nothing.err)], [65, true])
  const file = join(folder, 'wrong.yaml')
  writeFileSync(file, 'kind: Rulebook\napiVersion: docket/v1\nsections: 7\n')
  const wrong = await docket('backtest', file)
  assert.deepEqual([wrong.code, /Nothing was replayed/.test(wrong.err)], [65, true], wrong.err)
  assert.equal((await docket('backtest', '--last', 'soon')).code, 64)
  assert.equal((await docket('backtest', join(folder, 'none.yaml'))).code, 66)
})

test('a timer rule that came in the middle looks at the tickets there were, as it did then', async () => {
  const later = aRule(104, {
    key: 'old',
    kind: 'timer',
    on: [],
    timer: { hold: 1_800 },
    if: { all: [{ field: 'status', op: 'is', value: 'new' }] },
    do: [{ addTags: ['old'] }],
  })
  const own = desk.running.desk
  const outcome = await own.database.transaction(async (tx) => {
    await editDraft(own, tx, null, (book) => ({ ...book, rules: [...book.rules, later] }))
    return publishRulebook(own, tx, null, { note: 'later', reason: 'a test', percent: null })
  })
  assert.equal(outcome.ok, true)
  // Nobody goes by the earlier rules any more, and time passes once the tickets there are have been looked at.
  own.setup.forget()
  await until(async () => (await findScan(own.database, later.id))?.finishedAt)
  const fresh = await open(40, 'A question after')
  desk.clock.pass(3_601)
  const tagsOf = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body.tags as string[]
  await until(async () => (await tagsOf(fresh)).includes('old'))
  await until(async () => (await tagsOf(fresh)).includes('waits'))
  desk.clock.pass(60)
  const { items } = (await desk.api('GET', '/tickets?limit=50')).body
  for (const { id } of items) await desk.api('PATCH', `/tickets/${id}`, { priority: 'low' })
  desk.clock.pass(7_200)
  await open(41, 'The last')
  const report = await reportOf('--published', '--last', '30d')
  assert.deepEqual(report.fidelity.causes, {})
  assert.equal(report.fidelity.reproduced, 14)
})
