// Keys that lie to nobody: Enter that confirms a conversion is none of ours, and `z` takes back the newest thing or says it cannot.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser, type TestBrowser } from '../support/browser.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
let ticketId: number

before(async () => {
  desk = await startDesk()
  const { email, password } = await desk.addAgent('Ada', 'agent')
  ticketId = (
    await desk.api('POST', '/tickets', {
      subject: 'Konbanwa',
      body: 'Hello',
      requester: { email: 'cy@customer.example' },
    })
  ).body.id
  browser = await startBrowser(desk.url)
  page = await browser.newPage({ email, password })
  await page.goto(`${desk.url}/tickets/${ticketId}`)
})
after(async () => {
  await browser?.close()
  await desk?.close()
})

/** The confirming Enter as Chromium and Firefox say it, then as Safari does, in whatever has the keyboard. */
async function confirmConversion(): Promise<void> {
  await page.evaluate(`for (const isComposing of [true, false])
    document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing, bubbles: true, cancelable: true }),
    )`)
}
const ticket = async () => (await desk.api('GET', `/tickets/${ticketId}`)).body

test('the subject is saved, a tag made and an agent chosen only by an Enter that composes nothing', async () => {
  await page.getByRole('button', { name: 'Edit the subject' }).or(page.locator('h1 button')).first().click()
  const subject = page.getByRole('textbox', { name: /subject/i })
  await subject.fill('こんばんは')
  await confirmConversion()
  assert.equal(await subject.isVisible(), true)
  await subject.press('Enter')
  await until(async () => (await ticket()).subject === 'こんばんは')
  for (const key of ['t', 'a']) {
    await page.locator('main').first().focus()
    await page.keyboard.press(key)
    const box = page.getByRole('combobox')
    await box.waitFor()
    await box.fill(key === 't' ? '緊急' : 'Ada')
    await confirmConversion()
    assert.equal(await box.isVisible(), true)
    await page.keyboard.press('Escape')
  }
  const { tags, assignee } = await ticket()
  assert.deepEqual([tags, assignee], [[], null])
})

test('z after Send stops the mail and leaves the change before it; after the mail has left it says so', async () => {
  await page.goto(`${desk.url}/tickets/${ticketId}`)
  await page.getByRole('heading', { name: 'こんばんは' }).waitFor()
  await page.keyboard.press('p')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('high')
  await page.getByRole('option', { name: /high/i }).first().waitFor()
  await page.keyboard.press('Enter')
  await until(async () => (await ticket()).priority === 'high')
  await page.keyboard.press('r')
  const text = page.getByRole('textbox', { name: /reply/i })
  await text.click()
  await page.keyboard.type('On its way.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Reply sent').first().waitFor()
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('z')
  await page.getByText('Sending stopped').waitFor()
  assert.equal((await ticket()).priority, 'high')
  assert.ok(desk.sink.mails.every(({ raw }) => !raw.toString().includes('On its way')))
  await page.keyboard.press('z')
  await page.getByText(/^Undone: /).waitFor()
  await until(async () => (await ticket()).priority === 'normal')
})
