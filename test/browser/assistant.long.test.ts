// An administrator lets the assistant suggest, sees a suggestion beside a ticket and why, takes the category, and switches all off.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page

deskInBrowser(
  async (started) => {
    ;({ desk, browser } = started)
    const returns = 'Sending lamps back: labels, parcels, money for what was returned'
    await desk.api('POST', '/categories', { name: 'returns', definition: returns })
    await desk.api('POST', '/categories', { name: 'access', definition: 'Passwords, signing in, codes' })
    for (const [title, body] of [
      ['Returning a lamp', '<p>Send it back within 30 days. We pay for the parcel.</p>'],
      ['Warranty of lamps', '<p>Lamps are replaced for two years. Keep the receipt.</p>'],
      ['Resetting your password', '<p>Ask for a link on the page where you sign in.</p>'],
      ['When a parcel arrives', '<p>The courier writes to you before it comes.</p>'],
    ])
      await desk.api('POST', '/articles', { title, body, status: 'published' })
    await desk.api('POST', '/tickets', {
      subject: 'Earlier',
      body: 'Hi',
      requester: { email: 'bo@customer.example' },
    })
    page = await browser.newPage(await desk.addAgent('Ada', 'admin'))
  },
  { relay: false },
)

test('from off to suggestions: a version is made live, and a ticket shows what it found and why', async () => {
  await page.goto(`${desk.url}/admin/assistant`)
  await page.getByText('Off: no version is live').waitFor()
  await page.getByLabel('All other tickets').selectOption('suggest')
  await page.getByLabel('Left to people for good (%)').fill('0')
  await page.getByLabel('Evidence from a chance of (%)').fill('1')
  await page.getByLabel('Drafts from a chance of (%)').fill('1')
  await page.getByRole('button', { name: 'Add a sentence' }).click()
  await page.getByLabel('Sentence').fill('Name the days that a label is good for.')
  const guidance = page.locator('section', { has: page.getByRole('heading', { name: 'Guidance' }) }).last()
  await guidance.getByLabel('Category').selectOption('returns')
  await guidance.getByLabel('Looked after by').selectOption('Ada')
  await page.getByRole('button', { name: 'Save and make live' }).click()
  await page.getByText('Version 1 is live').waitFor()
  const [sentence] = (await desk.api('GET', '/assistant/versions/1')).body.settings.guidance
  const categories = (await desk.api('GET', '/categories')).body.items
  const returns = categories.find(({ path }: { path: string }) => path === 'returns')
  assert.deepEqual(
    [sentence.text, sentence.categoryId, sentence.channel, sentence.brandId, sentence.ownerId > 0],
    ['Name the days that a label is good for.', returns.id, null, null, true],
  )
  assert.deepEqual(await axe(page), [])
  await until(async () => (await desk.api('GET', '/assistant')).body.learnt.length > 0)

  const made = await desk.api('POST', '/tickets', {
    subject: 'Returning a lamp',
    body: 'How can I return my lamp? Is there a label for the parcel?',
    requester: { email: 'cy@customer.example', name: 'Cy' },
  })
  await until(async () => (await desk.api('GET', `/tickets/${made.body.id}/assistant`)).body.runs.length > 0)
  await page.goto(`${desk.url}/inbox/all/${made.body.id}`)
  const card = page.getByRole('region', { name: 'Assistant' })
  await card.getByText('An answer to look at').waitFor()
  await card.getByText('Send it back within 30 days. We pay for the parcel.').waitFor()
  await card.getByRole('button', { name: 'Why' }).click()
  const why = page.getByRole('dialog')
  await why.getByText('Checked word by word').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  // While the newer state of the ticket is asked for, what stood there stays: a press finds its button.
  const later = Promise.withResolvers<void>()
  await page.route(`**/tickets/${made.body.id}/assistant`, async (route) => {
    await later.promise
    await route.continue()
  })
  const taken = card.getByRole('button', { name: 'Category: returns' })
  await taken.click()
  await taken.waitFor({ state: 'detached' })
  assert.equal(await card.getByRole('button', { name: 'Wrong' }).isVisible(), true)
  later.resolve()
  await until(async () => (await desk.api('GET', `/tickets/${made.body.id}`)).body.category === 'returns')
  await card.getByRole('button', { name: 'Wrong' }).click()
  await card.getByText('Judged: Wrong').waitFor()
})

test('beside a long conversation stand a few of its own sentences, and each leads to its message', async () => {
  const { body: made } = await desk.api('POST', '/tickets', {
    subject: 'The brass floor lamp',
    body: 'The brass floor lamp from order 4711 flickers since Monday, and only in the evening.',
    requester: { email: 'dee@customer.example', name: 'Dee' },
  })
  const say = (body: string, more: object = {}) =>
    desk.api('POST', `/tickets/${made.id}/messages`, { kind: 'reply', body, ...more })
  const byCustomer = { onBehalfOf: { email: 'dee@customer.example' } }
  await say('Please tell us which dimmer stands before the lamp.')
  await say('It is a Glow 2 dimmer, bought last year with the lamp.', byCustomer)
  await page.goto(`${desk.url}/inbox/all/${made.id}`)
  await page.getByText('It is a Glow 2 dimmer').first().waitFor()
  assert.equal(await page.getByRole('region', { name: 'In short' }).count(), 0)
  for (let number = 1; number <= 34; number++) await say(`Thank you, number ${number}.`)
  await say('The warehouse keeps one brass floor lamp back for Dee.', { kind: 'note' })
  await say('Can you exchange the whole brass lamp with its dimmer?', byCustomer)
  await page.goto(`${desk.url}/inbox/all/${made.id}`)
  const card = page.getByRole('region', { name: 'In short' })
  await card.getByText('Can you exchange the whole brass lamp').waitFor()
  await card.getByText('The warehouse keeps one brass floor lamp back').waitFor()
  assert.equal(await card.getByText('Thank you, number').count(), 0)
  assert.deepEqual(await axe(page), [])
  // The first message is not loaded yet: it is read back to, and gets the keyboard.
  await card.getByRole('button', { name: /from order 4711 flickers/ }).click()
  const first = page.locator('[data-message]:focus')
  await first.getByText('The brass floor lamp from order 4711').waitFor()
})

test('the switch shows at once, and every run is in the list', async () => {
  await page.goto(`${desk.url}/admin/assistant`)
  await page.getByRole('button', { name: 'Switch off now' }).click()
  await page.getByText('Switched off', { exact: true }).first().waitFor()
  await page.goto(`${desk.url}/admin/assistant-runs`)
  await page.getByRole('link', { name: /Returning a lamp/ }).waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(browser.said, [])
})
