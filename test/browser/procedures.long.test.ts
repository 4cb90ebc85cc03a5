// A lead writes a procedure on its screen, with the scenario that it goes live with; an agent approves beside the ticket what it proposes.
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
    await desk.api('POST', '/categories', { name: 'shipping' })
    await desk.api('POST', '/fields', { key: 'order', label: 'Order', type: 'text' })
    await desk.api('POST', '/macros', {
      name: 'Search for the parcel',
      scope: 'shared',
      change: { priority: 'high', addTags: ['search'] },
      message: { kind: 'note', body: '<p>The carrier was asked about {{field.order}}.</p>' },
    })
    const earlier = { subject: 'Earlier', body: 'Hi', requester: { email: 'bo@customer.example' } }
    await desk.api('POST', '/tickets', earlier)
    page = await browser.newPage(await desk.addAgent('Ada', 'admin'))
  },
  { relay: false },
)

const step = (number: number) => page.getByRole('group', { name: `Step ${number}`, exact: true })
const shot = async (_name: string) => undefined

test('a procedure is written in words, refused while it would stop, and goes live with a scenario that calls it', async () => {
  await page.goto(`${desk.url}/admin/assistant-procedures`)
  await page.getByText('No procedure yet').waitFor()
  await shot('empty')
  await page.getByRole('button', { name: 'New procedure' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Late parcel')
  await page.getByLabel('Category').selectOption({ label: 'shipping' })
  await page.getByLabel('Started where the customer says').fill('parcel is late\nnot arrived')
  await step(1).getByLabel('Called').fill('Order')
  await step(1).getByLabel('For example').fill('LU-12345')
  await step(1).getByLabel('Question', { exact: true }).fill('Which order is it? It looks like LU-12345.')
  await step(2).getByLabel('Does').selectOption({ label: 'Look something up' })
  await step(2).getByLabel('Called').fill('company')
  await page.getByRole('button', { name: 'Another step' }).click()
  await step(3).getByLabel('Answer', { exact: true }).fill('Parcel {{number}} is on its way.')
  await step(3).getByRole('button', { name: 'Only where …' }).click()
  await step(3).getByLabel('Only where').selectOption('company')
  await step(3).getByLabel('Is', { exact: true }).selectOption({ label: 'is known' })
  await page.getByRole('button', { name: 'Another step' }).click()
  await step(4).getByLabel('Does').selectOption({ label: 'Propose a macro' })
  await step(4).getByLabel('Macro').selectOption({ label: 'Search for the parcel' })
  await shot('form')
  await page.getByRole('button', { name: 'Save as a version' }).click()
  await page.getByText('Step 3: “number” is neither asked for nor looked up before').waitFor()
  await step(3).getByLabel('Answer', { exact: true }).fill('Parcel {{order}} is on its way.')
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Save as a version' }).click()
  await page.getByText('Where company is known: answer and resolve').waitFor()
  await page.getByText('Not live').waitFor()
  await shot('list')
  assert.deepEqual(await axe(page), [])

  await page.goto(`${desk.url}/admin/assistant-scenarios`)
  await page.getByRole('button', { name: 'New scenario' }).click()
  await page.getByLabel('Name of the scenario').fill('A parcel is late')
  await page.getByLabel('Category').selectOption({ label: 'shipping' })
  await page.getByLabel('Message 1 of the customer').fill('My parcel is late.')
  await page.getByLabel('Must hold').selectOption({ label: 'Goes through the procedure' })
  await page.getByLabel('Is', { exact: true }).selectOption({ label: 'Late parcel' })
  await shot('scenario')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })

  const { standard } = (await desk.api('GET', '/assistant')).body
  const newest = (await desk.api('GET', '/assistant/versions?limit=1')).body.items[0].version
  const { settings } = (await desk.api('GET', `/assistant/versions/${newest}`)).body
  const drafts = { ...settings, otherwise: 'suggest', holdout: 0 }
  assert.deepEqual(standard.procedures, [])
  await desk.api('POST', '/assistant/versions', { settings: drafts })
  await page.goto(`${desk.url}/admin/assistant-procedures`)
  await page.getByRole('button', { name: 'Try all of them' }).click()
  await page.getByText('1 of 1 hold under version 2').waitFor()
  await page.getByRole('button', { name: 'Make live' }).click()
  await page.getByText('Live', { exact: true }).waitFor()
})

test('an agent sees what is proposed with what it changes, and why; one press does it', async () => {
  const asked = {
    subject: 'My order',
    body: 'LU-22101 has not arrived',
    category: 'shipping',
    requester: { email: 'cy@customer.example', name: 'Cy' },
  }
  const { id } = (await desk.api('POST', '/tickets', asked)).body
  await until(async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs.length > 0)
  await page.goto(`${desk.url}/inbox/all/${id}`)
  const card = page.getByRole('region', { name: 'Assistant' })
  await card.getByText('The carrier was asked about LU-22101.').waitFor()
  await shot('card')
  await card.getByRole('button', { name: 'Why' }).click()
  const why = page.getByRole('dialog')
  await why.getByText('Ask the customer (order): read from the message').waitFor()
  await shot('why')
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await card.getByRole('button', { name: 'Do this' }).click()
  await card.getByText('What it proposed was done.').waitFor()
  const done = (await desk.api('GET', `/tickets/${id}`)).body
  assert.deepEqual([done.priority, done.tags, done.fields.order], ['high', ['search'], 'LU-22101'])
  assert.deepEqual(browser.said, [])
})
