// The assistant on screen: an administrator reads a simulation ticket by ticket and names a model; an agent asks and has words reworded.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { writeHelp } from '../support/assistant.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { startFakeModel, type FakeModel } from '../support/fake-model.ts'

let desk: TestDesk
let browser: TestBrowser
let fake: FakeModel

deskInBrowser(
  async (started) => {
    ;({ desk, browser } = started)
    await desk.api('POST', '/categories', { name: 'returns' })
    await writeHelp(desk)
    for (let number = 1; number <= 8; number++) {
      const requester = { email: `c${number}@customer.example` }
      const asked = { subject: 'Returning a lamp', body: `How can I return lamp ${number}?`, requester }
      const { id } = (await desk.api('POST', '/tickets', { ...asked, category: 'returns' })).body
      desk.clock.pass(300)
      const body = `Hello ${number},\nsend it back within 30 days. We pay for the parcel.`
      await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, status: 'resolved' })
    }
    const { standard } = (await desk.api('GET', '/assistant')).body
    const settings = { ...standard, otherwise: 'draft', leastEvidence: 0.01, draftFrom: 0 }
    const { version } = (await desk.api('POST', '/assistant/versions', { settings })).body
    const { id } = (await desk.api('POST', '/assistant/simulations', { version, days: 30 })).body
    await until(
      async () => (await desk.api('GET', `/assistant/simulations/${id}`)).body.state === 'done',
      60_000,
    )
    fake = await startFakeModel()
    return () => fake?.close()
  },
  { relay: false },
)

test('a simulation is filtered and compared, ticket by ticket', async () => {
  const page = await browser.newPage(await desk.addAgent('Ada', 'admin'), {
    at: '/admin/assistant-simulations',
  })
  const list = page.getByRole('region', { name: 'Ticket by ticket' })
  await list.getByText('Right', { exact: true }).first().waitFor()
  assert.deepEqual(await axe(page), [])
  await list.getByRole('button', { name: 'Compare' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Hello 8,').waitFor()
  assert.deepEqual(await axe(page), [])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByLabel('By what people did').selectOption('false')
  await page.getByText('No such tickets').waitFor()
  assert.deepEqual(browser.said, [])
})

test('a model is added, tried and named; an agent asks the assistant and has a reply reworded', async () => {
  const page = await browser.newPage(await desk.addAgent('Eve', 'admin'), { at: '/admin/assistant-models' })
  await page.getByRole('button', { name: 'Add a provider' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Ours')
  await dialog.getByLabel('Address').fill(`${fake.url}/v1`)
  await dialog.getByLabel('Model').fill('m')
  await dialog.getByLabel('Key').fill('k-1')
  await dialog.getByRole('button', { name: 'Add a provider' }).click()
  fake.react('{"word": "ready"}')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText(/^fake-1 answered in/).waitFor()
  assert.deepEqual(await axe(page), [])

  await page.goto(`${desk.url}/admin/assistant`)
  await page.getByLabel('Drafts are worded by').selectOption({ label: 'Ours' })
  await page.getByLabel('All other tickets').selectOption('on_request')
  await page.getByLabel('Note').fill('When asked')
  await page.getByRole('button', { name: 'Save and make live' }).click()
  await page.getByText(/Version \d+ is live/).waitFor()

  const requester = { email: 'late@customer.example' }
  const asked = { subject: 'Returning a lamp', body: 'How can I return my lamp?', requester }
  const { id } = (await desk.api('POST', '/tickets', asked)).body
  await page.goto(`${desk.url}/tickets/${id}`)
  await page.getByRole('button', { name: 'Ask the assistant' }).click()
  await page.getByText('Send it back within 30 days').first().waitFor()
  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: 'Reply' }).fill('pls send it back in 30 days')
  fake.react('{"text": "Please send it back within 31 days."}')
  await page.getByRole('button', { name: 'Reword' }).click()
  await page.getByRole('menuitem', { name: 'Friendlier' }).click()
  await page.getByText('Please send it back within 31 days.').waitFor()
  await page.getByText('Not in it any more: 30. New in it: 31.').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('textbox', { name: 'Reply' }).press('ControlOrMeta+z')
  await page.getByText('pls send it back in 30 days').waitFor()
  fake.react('{"text": "Bitte schicken Sie sie in 30 Tagen zurück."}')
  await page.getByRole('button', { name: 'Reword' }).click()
  await page.getByRole('menuitem', { name: 'Into German' }).click()
  await page.getByText('Bitte schicken Sie sie in 30 Tagen zurück.').waitFor()
  await page.getByRole('textbox', { name: 'Reply' }).press('ControlOrMeta+z')

  // A long conversation in the model's words: what no message holds is left out, and what fails leaves its own sentences.
  for (let number = 1; number <= 8; number++)
    await desk.api('POST', `/tickets/${id}/messages`, {
      kind: 'reply',
      body: `The label of parcel ${number} is on its way to you.${number === 8 ? ' Please keep the brass shade in its box.' : ''}`,
    })
  await page.reload()
  const card = page.getByRole('region', { name: 'In short' })
  fake.react(
    JSON.stringify({
      sentences: [
        { text: 'The customer wants to know how to return the lamp.', message: 1 },
        { text: 'The label of parcel 99 is on its way.', message: 2 },
      ],
    }),
  )
  await card.getByRole('button', { name: 'In a model’s words' }).click()
  await card.getByText('Words of fake-1, from the public messages.').waitFor()
  await card.getByText('1 sentence that no message holds was left out.').waitFor()
  assert.equal(await card.getByText('parcel 99').count(), 0)
  assert.deepEqual(await axe(page), [])
  await card.getByRole('button', { name: /customer wants to know/ }).click()
  await page.locator('[data-message]:focus').getByText('How can I return my lamp?').waitFor()
  await card.getByRole('button', { name: 'In its own sentences' }).click()
  await card.getByText(/messages themselves/).waitFor()
  assert.deepEqual(browser.said, [])
})
