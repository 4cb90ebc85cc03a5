// The demo's past is made by the engine: it is reproduced whole, rules, timers, clocks and all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '#backtest/report.ts'
import { sql } from '#store/sql.ts'
import { docket as runDocket } from '../support/command.ts'
import { startDesk } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'

test('the simulated company is reproduced to the last ticket, and its own rules change nothing', async (t) => {
  const folder = temporaryFolder(t)
  const desk = await startDesk({ isNew: true, work: false })
  atEnd(t, () => desk.close())
  const made = await runDocket(desk, folder, ['demo', '--tickets', '300', '--seed', '7'])
  assert.equal(made.code, 0, made.err)
  const chats = await desk.running.desk.database.rows<{ status: string }>(
    sql`select status from ticket where channel = 'chat'`,
  )
  const resolved = chats.filter(({ status }) => status === 'resolved')
  assert.ok(chats.length >= 8 && resolved.length < chats.length, JSON.stringify(chats))
  const { out, err, code } = await runDocket(desk, folder, [
    'backtest',
    '--published',
    '--last',
    '3650d',
    '--json',
  ])
  assert.equal(code, 0, err)
  const report = JSON.parse(out) as Report
  assert.ok(report.tickets >= 300)
  assert.deepEqual(report.fidelity, {
    tickets: report.tickets,
    reproduced: report.tickets,
    share: 1,
    causes: {},
  })
  assert.equal(report.diffs, 0)
  assert.ok(report.rules.some(({ baseline }) => baseline.fired > 0))
})
