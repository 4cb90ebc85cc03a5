// Keys that lie to nobody: Enter that confirms a conversion is none of ours, and `z` takes back the newest thing or says it cannot.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
let ticketId: number

deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  const { email, password } = await desk.addAgent('Ada', 'agent')
  ticketId = (
    await desk.api('POST', '/tickets', {
      subject: 'Konbanwa',
      body: 'Hello',
      requester: { email: 'cy@customer.example' },
    })
  ).body.id
  page = await browser.newPage({ email, password }, { at: `/tickets/${ticketId}` })
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

const focus = () =>
  page.evaluate('document.activeElement?.getAttribute("role") ?? document.activeElement?.id')
const goOn = `localStorage.setItem('docket.preferences', JSON.stringify({ afterSend: 'next', contextFolded: true }))`

test('after a click on a view j enters the list and ↵ opens; r on a row writes; Send and e go on and keep the keyboard', async () => {
  for (const n of [1, 2, 3, 4]) {
    const requester = { email: `row${n}@customer.example`, name: `Person Number ${n}` }
    const { body } = await desk.api('POST', '/tickets', {
      subject: `Row ${n}`,
      body: 'Please help.',
      requester,
    })
    await desk.api('POST', `/tickets/${body.id}/messages`, { kind: 'note', body: 'A word among ourselves' })
  }
  await page.evaluate(goOn)
  await page.goto(`${desk.url}/inbox/unassigned`)
  await page.getByRole('grid').waitFor()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'All open' }).click()
  await page.getByRole('heading', { name: 'All open', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Order: Due soonest' }).waitFor()
  const rows = page.getByRole('grid').getByRole('row')
  await rows.filter({ hasText: 'Person Number 4' }).getByText('Please help.').waitFor()
  assert.equal(await rows.filter({ hasText: 'among ourselves' }).count(), 0, 'a row quotes no note')
  await page.keyboard.press('j')
  await until(async () => (await focus()) === 'row')
  const names = await rows.allInnerTexts()
  const first = names.findIndex((name) => name.includes('Row 1'))
  for (let at = 0; at < first; at++) await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Row 1' }).waitFor()
  await page.keyboard.press('u')
  await page.getByText('No ticket is open').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('We look into it.')
  await page.getByRole('textbox', { name: 'Reply' }).getByText('We look into it.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Row 2' }).waitFor()
  await until(async () => (await focus()) === 'row')
  const answered = (await desk.api('GET', '/tickets?q=requester:row1@customer.example')).body.items[0]
  assert.equal(answered.assignee.name, 'Ada', 'who answers a ticket that is nobody’s owns it')
  await page.keyboard.press('e')
  await page.getByRole('heading', { name: 'Row 3' }).waitFor()
  const toast = page
    .getByRole('dialog')
    .filter({ hasText: 'Undo' })
    .or(page.locator('[data-kind=done]'))
    .first()
  await toast.waitFor()
  const list = await page.locator('#list > div').last().boundingBox()
  const notice = await toast.boundingBox()
  assert.ok(list !== null && notice !== null)
  await until(async () => {
    const box = await page.getByRole('grid').locator('..').boundingBox()
    return box !== null && box.y + box.height <= notice.y
  })
  await until(
    async () =>
      (await desk.api('GET', '/tickets?q=requester:row2@customer.example')).body.items[0].status ===
      'resolved',
  )
})

test('two keys in a row are no conflict of a person with themselves', async () => {
  await page.keyboard.press('i')
  await page.keyboard.press('e')
  await page.getByRole('heading', { name: 'Row 4' }).waitFor()
  await until(async () => {
    const [third] = (await desk.api('GET', '/tickets?q=requester:row3@customer.example')).body.items
    return third.status === 'resolved' && third.assignee?.name === 'Ada'
  })
})

test('what can be done with a ticket stands in the palette, and merging offers this customer’s tickets first', async () => {
  const requester = { email: 'row4@customer.example', name: 'Person Number 4' }
  await desk.api('POST', '/tickets', { subject: 'Row 4 again', body: 'And this.', requester })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do anything' }).waitFor()
  for (const name of ['Reply', 'Internal note', 'Apply a macro', 'Assign to…', 'Snooze until…'])
    assert.ok((await page.getByRole('option', { name }).count()) > 0, name)
  await page.keyboard.type('merge')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: /Row 4 again/ }).waitFor()
  await page.keyboard.press('Escape')
})

test('in a ticket words are found, and its customer has a page', async () => {
  await page.goto(`${desk.url}/tickets/${ticketId}`)
  await page.getByRole('heading', { name: 'こんばんは' }).waitFor()
  await page.keyboard.press('Shift+F')
  await page.getByRole('textbox', { name: 'Find in this ticket' }).fill('hello')
  await page.getByText(/^1 of 1$/).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press(']')
  await page.getByRole('link', { name: 'cy@customer.example' }).first().waitFor()
  await page.goto(`${desk.url}/admin/people/${(await ticket()).requester.id}`)
  await page.getByRole('link', { name: 'こんばんは' }).waitFor()
  await page.getByLabel('Notes for agents').fill('Calls on Mondays')
  await page.getByRole('button', { name: 'Save' }).click()
  await until(
    async () =>
      (await desk.api('GET', `/people/${(await ticket()).requester.id}`)).body.notes === 'Calls on Mondays',
  )
  assert.deepEqual(browser.said, [])
})
