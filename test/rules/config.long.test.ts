// The command line for rules, as people type it: export, plan, apply, explain, with their exit codes.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readRulebookFiles, writeRulebook } from '#rules/rulebook-file.ts'
import { docket as runDocket } from '../support/command.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
const folder = mkdtempSync(join(tmpdir(), 'docket-config-'))
before(async () => void (desk = await startDesk()))
after(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const docket = (...args: string[]) => runDocket(desk, folder, args)

const file = join(folder, 'rules.yaml')
const text = `apiVersion: docket/v1
kind: Rulebook
sections:
  - key: triage
    title: Triage
    rules:
      - key: urgent
        kind: trigger
        title: Outages are urgent
        owner: bo@desk.example
        reviewBy: 2026-12-01
        on: [created]
        if: { all: [ { field: subject, op: contains_word, value: outage } ] }
        do: [ { setPriority: urgent } ]
        tests: [ { given: { subject: An outage }, on: created, expect: { priority: urgent } } ]
`

test('a file is planned, applied, and exports as the same bytes; rules then run and are explained', async () => {
  writeFileSync(file, text)
  const plan = await docket('config', 'plan', file)
  assert.deepEqual(
    [plan.code, plan.out.includes('+ urgent (Outages are urgent)')],
    [2, true],
    plan.out + plan.err,
  )
  for (const _ of ['first', 'again']) {
    const drafted = await docket('config', 'apply', file)
    assert.deepEqual([drafted.code, drafted.out.includes('is the draft')], [0, true], drafted.err)
  }
  const applied = await docket(
    'config',
    'apply',
    file,
    '--expect-version',
    '0',
    '--publish',
    '--note',
    'from a file',
  )
  assert.equal(applied.code, 0, applied.err)
  const exported = (await docket('config', 'export')).out
  const { directory } = await desk.running.desk.setup.now()
  const again = readRulebookFiles([{ name: 'f', text: exported }], { rules: [] }, directory)
  assert.deepEqual([again.problems, writeRulebook(again.book, directory)], [[], exported])
  const ticket = (
    await desk.api('POST', '/tickets', {
      subject: 'An outage',
      body: 'x',
      requester: { email: 'cy@example.org' },
    })
  ).body
  assert.equal(ticket.priority, 'urgent')
  const why = await docket('rules', 'explain', String(ticket.id))
  assert.match(
    why.out,
    /Outages are urgent\n {2}It fired\.\n.*✓ .*contains “outage” {2}\(saw \["An outage"\]\)|✓ subject contains/s,
  )
})

test('a failing test is an error, and another live version is refused', async () => {
  writeFileSync(file, text.replace('expect: { priority: urgent }', 'expect: { priority: low }'))
  const failing = await docket('config', 'plan', file)
  assert.deepEqual([failing.code, failing.out.includes('test_failed')], [1, true], failing.out)
  const moved = await docket('config', 'apply', file, '--expect-version', '7')
  assert.deepEqual([moved.code, moved.err.includes('version_moved')], [1, true])
})
