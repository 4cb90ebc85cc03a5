// A new desk in a real browser: the printed link, the first administrator, samples to look around in, the first reply, and all of
// it gone again by one click.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import type { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page

deskInBrowser(
  async (started) => {
    ;({ desk, browser } = started)
    page = await browser.newVisitor({ timezoneId: 'Asia/Tokyo', viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(20_000)
  },
  { isNew: true },
)

test('from the printed link to the first reply, with samples that go again by one click', async () => {
  assert.ok(desk.running.setupUrl !== null)
  await page.goto(desk.running.setupUrl)
  await page.getByLabel('Name', { exact: true }).and(page.locator(':focus')).fill('Fay First')
  await page.getByLabel('Email address').fill('fay@desk.example')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByLabel('Name of the desk').fill('Acme help')
  assert.equal(await page.getByLabel('Time zone of the desk').inputValue(), 'Asia/Tokyo')
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Create administrator' }).click()

  await page.getByRole('heading', { name: 'How do you want to begin?' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Load sample tickets' }).click()
  await page.getByRole('button', { name: /^Remove \d+ samples$/ }).waitFor()
  await page.getByRole('button', { name: 'Go to the inbox' }).click()

  await page.getByText('Acme help').first().waitFor()
  const steps = page.getByRole('region', { name: 'First steps' })
  await steps.getByRole('link', { name: 'Connect your mailbox' }).waitFor()
  // Who knows no keys and no addresses.
  await page
    .getByRole('link', { name: /^All tickets/ })
    .first()
    .click()
  await page.getByRole('grid').getByRole('link').first().click()
  await page
    .getByText(/^Write a reply/)
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Reply' }).fill('We look into it.')
  await page.getByRole('button', { name: /^Send/ }).first().click()
  await page.getByText('We look into it.').first().waitFor()

  await steps.getByRole('button', { name: /^Remove \d+ samples$/ }).click()
  await page.getByText('Sample tickets removed').first().waitFor()
  await page.goto(`${desk.url}/inbox/all`)
  await page.getByRole('grid').waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('row').count(), 0)
  // In a window that has no room for the first steps an empty desk says how to go on, too.
  await page.setViewportSize({ width: 1280, height: 800 })
  const list = page.getByRole('region', { name: 'All tickets' })
  await list.getByRole('button', { name: 'Connect a mailbox' }).waitFor()
  await list.getByRole('button', { name: 'New ticket' }).click()
  await page.getByRole('dialog', { name: 'New ticket' }).waitFor()
})
