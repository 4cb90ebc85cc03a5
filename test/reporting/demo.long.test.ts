// What the boards say of the demo company: people mostly leave what its rules set, but for one rule that is wrong on purpose.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kit/time.ts'
import { docket as runDocket } from '../support/command.ts'
import { handClock, startDesk } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'

type Rule = { title: string; regret: { set: number; regretted: number } }

/** The demo's numbers change with its stories alone. */
const skip = process.env['DOCKET_TEST_LONG'] === undefined && 'asked for with DOCKET_TEST_LONG=1'

test(
  'one rule of the demo is regretted, the others seldom, and categories seldom change',
  { skip },
  async (t) => {
    const desk = await startDesk({ isNew: true, work: false, clock: handClock(instant(Date.now() + 60_000)) })
    atEnd(t, () => desk.close())
    const made = await runDocket(desk, temporaryFolder(t), ['demo', '--tickets', '900', '--seed', '7'])
    assert.equal(made.code, 0, made.err)
    const call = desk.as((await desk.addAgent('Zoe', 'lead')).token)
    const automation = await call('GET', '/reports/automation')
    assert.equal(automation.status, 200, JSON.stringify(automation.body))
    const judged = (automation.body.items as Rule[]).filter(({ regret }) => regret.set >= 10)
    const told = judged.map(({ title, regret }) => [title, regret.regretted / regret.set] as const)
    assert.ok(told.length > 5, JSON.stringify(told))
    const bad = told.filter(([, share]) => share > 0.3)
    assert.deepEqual(
      bad.map(([title]) => title),
      ['Refunds to Billing'],
      JSON.stringify(told),
    )
    const { churn, n } = (await call('GET', '/reports/taxonomy')).body
    assert.ok(churn / n < 0.25, `${churn} of ${n}`)
    const { forecast, stuck } = (await call('GET', '/reports/stalls')).body
    assert.ok(forecast.backlog > 0 && forecast.came > 50 && forecast.went > 50, JSON.stringify(forecast))
    const window = 'from=-180d&to=today'
    const bias = (await call('GET', `/reports/survey-bias?${window}`)).body
    const [given, response] = [
      (await call('GET', `/reports/csat?${window}`)).body,
      (await call('GET', `/reports/csatResponse?${window}`)).body,
    ]
    assert.deepEqual([bias.sent, bias.response.value], [response.n, response.value])
    assert.ok(given.n > 0 && Math.abs(bias.answered - given.n) <= 5, 'of surveys sent just before the window')
    for (const trait of ['channel', 'teamId', 'band', 'resolvedBy', 'outcome']) {
      const of = bias.rates.filter((rate: { trait: string }) => rate.trait === trait)
      assert.equal(
        of.reduce((sum: number, { sent }: { sent: number }) => sum + sent, 0),
        bias.sent,
        trait,
      )
    }
    // How many, and why, depends on the hour: at night fewer have waited for too long.
    assert.ok(stuck.length > 0)
    // Somebody is away, and two of theirs lie there at any hour.
    const away = stuck.filter(({ cause }: { cause: string }) => cause === 'assignee_away')
    assert.ok(away.length >= 2, JSON.stringify(stuck))
  },
)
