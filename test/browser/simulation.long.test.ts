// An administrator reads a simulation ticket by ticket: filters it, and sees what the assistant would have said beside what people said.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, startBrowser, type TestBrowser } from '../support/browser.ts'
import { writeHelp } from '../support/assistant.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser

before(async () => {
  desk = await startDesk({ relay: false })
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
  browser = await startBrowser(desk.url)
})
after(async () => {
  await browser?.close()
  await desk?.close()
})

test('a simulation is filtered and compared, ticket by ticket', async () => {
  const page = await browser.newPage(await desk.addAgent('Ada', 'admin'))
  await page.goto(`${desk.url}/admin/assistant-simulations`)
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
