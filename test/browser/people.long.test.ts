// The page of people: a second address, one that is somebody else's, joining the two and taking them apart again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deskInBrowser, type TestBrowser } from '../support/browser.ts'
import type { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
deskInBrowser(async (started) => void ({ desk, browser } = started), { web: true })

test('an address of somebody else leads to joining, and that can be undone', async () => {
  for (const name of ['Cy Berg', 'C. Berg'])
    await desk.api('POST', '/tickets', {
      subject: 'A question',
      body: 'How?',
      requester: { email: `${name === 'Cy Berg' ? 'cy' : 'c.berg'}@customer.example`, name },
    })
  const { email, password } = await desk.addAgent('Ada', 'admin')
  const page = await browser.newPage({ email, password }, { at: '/admin/people?lang=en' })
  const row = page.getByRole('row').filter({ hasText: 'cy@customer.example' })
  await row.getByRole('button', { name: 'Edit' }).click()
  const address = page.getByLabel('Another address')
  const add = page.getByRole('region', { name: 'Addresses' }).getByRole('button', { name: 'Add' })
  await address.fill('cy@home.example')
  await add.click()
  await page.getByRole('button', { name: 'Remove cy@home.example' }).waitFor()
  await address.fill('c.berg@customer.example')
  await add.click()
  await page.getByText('belongs to somebody already').waitFor()
  await page.getByRole('button', { name: 'They are one person: join them' }).click()
  await page.getByRole('radio', { name: 'C. Berg' }).check()
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  const undo = page.getByRole('button', { name: 'Take C. Berg apart again' })
  await undo.waitFor()
  // The form shows what they are now: saving it brings nothing old back.
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'C. Berg')
  await undo.click()
  await undo.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Cy Berg')
  assert.deepEqual(browser.said, [])
})

test('beside a ticket stands who may be the same person, and leads to where the two are joined', async () => {
  const one = { subject: 'First', body: 'Hello?', requester: { email: 'fay@work.example', name: 'Fay Moor' } }
  const other = { ...one, requester: { email: 'fay+shop@work.example', name: 'F. Moor' } }
  const { body: ticket } = await desk.api('POST', '/tickets', one)
  await desk.api('POST', '/tickets', other)
  const { email, password } = await desk.addAgent('Gus', 'agent')
  const page = await browser.newPage({ email, password }, { at: `/tickets/${ticket.id}?lang=en` })
  const same = page.getByRole('region', { name: 'Maybe the same person' })
  await same.getByText('same mailbox').waitFor()
  await same.getByRole('link', { name: 'F. Moor' }).click()
  await page.getByRole('dialog').getByText('same mailbox').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.doesNotMatch(page.url(), /person=/)
  assert.deepEqual(browser.said, [])
})

test('the composer says which of several addresses an answer goes to, and lets another be chosen', async () => {
  const asked = { subject: 'Two places', body: 'Hello?', requester: { email: 'dy@work.example', name: 'Dy' } }
  const { body: ticket } = await desk.api('POST', '/tickets', asked)
  await desk.api('POST', `/people/${ticket.requester.id}/addresses`, { email: 'dy@home.example' })
  const { email, password } = await desk.addAgent('Eve', 'agent')
  const page = await browser.newPage({ email, password }, { at: `/tickets/${ticket.id}?lang=en` })
  await page.getByRole('button', { name: 'Dy <dy@work.example> will get this' }).click()
  await page.getByLabel('Which of their addresses it goes to').selectOption('dy@home.example')
  await page.getByRole('button', { name: 'Dy <dy@home.example> will get this' }).waitFor()
  await page
    .locator('#composer')
    .getByRole('button', { name: /Write a reply/ })
    .first()
    .click()
  await page.keyboard.type('Of course.')
  await page.getByRole('button', { name: 'Send reply' }).click()
  for (let tries = 0; ; tries++) {
    const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
    const sent = items.find(({ text }: { text: string }) => text.includes('Of course'))
    if (sent !== undefined)
      return assert.deepEqual(
        sent.to.map((each: { email: string }) => each.email),
        ['dy@home.example'],
      )
    if (tries > 100) return assert.fail('it was not sent')
    await page.waitForTimeout(100)
  }
})
