// A rule that would mail everybody is drafted, tried on screen, found out, mended, tried again and published.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Action } from '#rules/action.ts'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import type { TestDesk } from '../support/desk.ts'
import { aRule } from '../support/rulebook.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
deskInBrowser(async (started) => void ({ desk, browser } = started))

const ok = async (method: string, path: string, body?: unknown) => {
  desk.clock.pass(60)
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** A rule with a test, so that nothing but the backtest asks for a reason. */
const rule = (action: Action) => {
  const { id: _, ...whole } = aRule(0, {
    key: 'thanks',
    title: 'Thank everybody',
    description: 'A test.',
    on: ['created'],
    if: { all: [{ field: 'subject', op: 'contains_word', value: 'question' }] },
    do: [action],
    tests: [{ given: { subject: 'A question' }, on: 'created', expect: {} }],
  })
  return whole
}

async function tryDraft(): Promise<void> {
  await page.goto(`${desk.url}/admin/rules`)
  await page.getByRole('button', { name: 'Backtest', exact: true }).click()
  await page.getByLabel('Tickets of').selectOption('last 30')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { name: 'Findings' }).waitFor()
}

test('a bad rule is found out on the past, mended and published', async () => {
  const ada = await desk.addAgent('Ada', 'admin')
  for (let number = 1; number <= 5; number++)
    await ok('POST', '/tickets', {
      subject: 'A question',
      body: 'Help',
      requester: { email: `c${number}@customer.example`, name: `Customer ${number}` },
    })
  await ok('PUT', '/rules/order', { sections: [{ key: 'all', title: 'All' }], rules: [] })
  await ok('PUT', '/rulebook/templates/thanks', {
    template: { key: 'thanks', subject: 'Thank you', body: 'We have it.' },
  })
  const bad = await ok('POST', '/rules', { rule: rule({ reply: { template: 'thanks', to: 'requester' } }) })
  page = await browser.newPage(ada)

  await tryDraft()
  await page.getByText('People outside would be mailed who were not.').waitFor()
  await page.getByText('Newly mailed: 5; no longer mailed: 0.').waitFor()
  await page.getByText('Agents, customers and the assistant are taken to act as they did.').waitFor()
  await page.getByRole('button', { name: '#1 A question' }).click()
  await page
    .getByRole('region', { name: 'With these rules' })
    .getByText('Mail to c1@customer.example')
    .waitFor()
  assert.deepEqual(await axe(page), [])

  await ok('DELETE', `/rules/${bad.rule.id}`)
  await ok('POST', '/rules', { rule: rule({ setPriority: 'high' }) })
  await tryDraft()
  await page.getByRole('button', { name: '5 tickets: Normal → High' }).click()
  await page.getByText('Priority: Normal → High').first().waitFor()
  assert.deepEqual(await axe(page), [])

  await page.goto(`${desk.url}/admin/rules`)
  await page.getByRole('button', { name: 'Review and publish' }).click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('Version 1 is live').waitFor()
  assert.deepEqual(browser.said, [])
})

test('a queue is tried on the past from its editor; rules judge a share of the tickets and are widened', async () => {
  const { id: teamId } = await ok('POST', '/teams', { name: 'North', members: [] })
  await ok('POST', '/queues', { title: 'General', primaryTeams: [teamId] })
  await page.goto(`${desk.url}/admin/queues`)
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('button', { name: 'Try on the past' }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { name: 'Backtest of General' }).waitFor()
  await page.getByRole('heading', { name: 'Who would have got what' }).waitFor()
  assert.deepEqual(await axe(page), [])

  await ok('POST', '/rules', { rule: { ...rule({ addTags: ['later'] }), key: 'later' } })
  await page.goto(`${desk.url}/admin/rules`)
  await page.getByRole('button', { name: 'Review and publish' }).click()
  await page.getByLabel('For which tickets').selectOption('10')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByLabel(/why/i).fill('It is a test')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'How it fares' }).click()
  await page.getByText('It judges 10 % of the tickets').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'For all tickets' }).click()
  await page
    .getByText('It judged 10 % of the tickets')
    .or(page.getByText('is live for all tickets'))
    .first()
    .waitFor()
  assert.deepEqual(browser.said, [])
})
