// Automation on screen, in a real browser: a rule is built, previewed, tried on a ticket, published, and a ticket says why.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { deskInBrowser, type TestBrowser } from '../support/browser.ts'
import type { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
const said: string[] = []

deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  page = await browser.newVisitor({ viewport: { width: 1360, height: 900 } })
  page.setDefaultTimeout(12_000)
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[19]/.test(message.text())) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.message))
})

async function axe(): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  const { violations } = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })` as unknown as () => Promise<{
      violations: { id: string; nodes: { html: string }[] }[]
    }>,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

async function pick(button: string, text: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

test('a rule is built by keyboard and mouse, tried, published; a ticket then says why it changed', async () => {
  const bo = await desk.addAgent('Ada', 'admin')
  const open = (subject: string) =>
    desk.api('POST', '/tickets', {
      subject,
      body: 'Help',
      requester: { email: 'cy@example.org', name: 'Cy' },
    })
  const first = (await open('An outage in the north')).body
  await desk.api('PUT', '/rules/order', { sections: [{ key: 'all', title: 'All' }], rules: [] })
  await page.goto(`${desk.url}/admin/rules`)
  await page.getByLabel('Email address').fill(bo.email)
  await page.getByLabel('Password').fill(bo.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Rules', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Add rule' }).click()

  // The name has the keyboard; what is begun is not wrong, and what misses when it is saved is said where it misses.
  await page.getByRole('heading', { name: 'Add rule' }).waitFor()
  await page.keyboard.type('Outages are urgent')
  await pick('Add action', 'Add tags')
  await page.locator('button:focus', { hasText: 'Choose …' }).waitFor()
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await page.getByText('Nothing is chosen here yet.').waitFor()
  await page.locator('button:focus', { hasText: 'Choose …' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('outage')
  await page.getByRole('option', { name: 'Create “outage”' }).click()
  await page.keyboard.press('Escape')
  await page.getByText('Nothing is chosen here yet.').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Remove Add tags' }).click()
  await pick('Add condition', 'subject')
  await pick('Choose …', 'outage')
  await pick('Add action', 'Set priority')
  await page.getByText('Matches 1 of the last 1 tickets').waitFor()
  await page
    .getByText('When a ticket is created, if subject contains “outage”: set priority to high.')
    .waitFor()
  assert.deepEqual(await axe(), [])

  await page.getByLabel('Test on ticket').fill(String(first.id))
  await page.keyboard.press('Enter')
  await page.getByText('It fired.').waitFor()
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await page.getByRole('button', { name: 'Review and publish' }).click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('It has no test').waitFor()
  await page.getByLabel('Why it goes live all the same').fill('a test of its own comes tomorrow')
  assert.deepEqual(await axe(), [])
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('Version 1 is live').waitFor()
  assert.deepEqual(await axe(), [])

  const second = (await open('Another outage')).body
  assert.equal(second.priority, 'high')
  await page.goto(`${desk.url}/inbox/all/${second.id}`)
  await page.getByRole('button', { name: 'Why?' }).first().click()
  await page.getByText('subject contains “outage”').waitFor()
  assert.deepEqual(said, [])
})
