// An article from the first word to the customer: written, published, read at /help, found in the search, put into a reply.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import type { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
let ticket: { id: number }
deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const asked = { subject: 'The hub blinks red', body: 'What can I do?', requester }
  ticket = (await desk.api('POST', '/tickets', asked)).body
  page = await browser.newPage(await desk.addAgent('Lee', 'lead'), { reducedMotion: 'reduce' })
})

test('an article is written, published, read by a stranger, found, and put into a reply', async () => {
  await page.goto(`${desk.url}/admin/sections`)
  await page.getByRole('button', { name: 'Add section' }).click()
  await page.getByLabel('Name in English').fill('Hub')
  await page.getByLabel('Name in another language').selectOption('de')
  await page.getByLabel('Name in German').fill('Zentrale')
  await page.getByRole('dialog').getByRole('button', { name: 'Add section' }).click()
  await page.getByText('German: Zentrale').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.goto(`${desk.url}/admin/articles`)
  await page.getByRole('button', { name: 'Add article' }).click()
  await page.getByLabel('Title').fill('When the hub blinks red')
  await page.getByLabel('Section').selectOption({ label: 'Hub' })
  await page.getByRole('textbox', { name: 'Text' }).click()
  await page.keyboard.type('## Restart it\nUnplug it for ten seconds.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/admin\/articles\/\d+$/)
  await page.getByText('Version 1', { exact: false }).waitFor()
  assert.equal((await fetch(`${desk.url}/help/en/when-the-hub-blinks-red`)).status, 404)
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Published: what you save is read at once.').waitFor()
  const stranger = await (await fetch(`${desk.url}/help/en/when-the-hub-blinks-red`)).text()
  assert.match(stranger, /<h2 id="part-1">Restart it<\/h2>\s*<p>Unplug it for ten seconds\.<\/p>/)
  const other = await page.context().newPage()
  for (const [path, colorScheme] of [
    ['/help/en', 'light'],
    ['/help/en', 'dark'],
    ['/help/en/sections/hub', 'light'],
    ['/help/en/when-the-hub-blinks-red', 'dark'],
    ['/help/en?q=hub', 'light'],
  ] as const) {
    await other.emulateMedia({ colorScheme })
    await other.goto(desk.url + path)
    assert.deepEqual(await axe(other), [], `${path} ${colorScheme}`)
  }
  await other.goto(`${desk.url}/help/en/when-the-hub-blinks-red`)
  await other.getByRole('button', { name: 'No', exact: true }).click()
  await other.getByLabel('Your words').fill('Which of the two hubs?')
  assert.deepEqual(await axe(other), [])
  await other.getByRole('button', { name: 'Send' }).click()
  await other.getByText('we read every word').waitFor()
  await other.close()
  await page.reload()
  await page.getByText('Which of the two hubs?').waitFor()

  await page.getByLabel('Write it in another language').selectOption('de')
  await page.getByRole('complementary', { name: 'To be translated' }).getByText('Unplug it').waitFor()
  await page.getByLabel('Title').fill('Wenn die Zentrale rot blinkt')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Published: what you save is read at once.').waitFor()
  const german = await fetch(`${desk.url}/help/de/when-the-hub-blinks-red`, { redirect: 'manual' })
  assert.equal(german.headers.get('location'), '/help/de/wenn-die-zentrale-rot-blinkt')

  await page.goto(`${desk.url}/inbox/all/${ticket.id}`)
  await page.locator('input[name=q]').fill('blinks')
  const option = page.getByRole('option', { name: /When the hub blinks red/ })
  await option.locator('mark').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Insert link to When the hub blinks red', exact: true }).click()
  const link = page.locator('#composer').getByRole('textbox').locator('a')
  await link.waitFor()
  assert.equal(await link.getAttribute('href'), `${desk.url}/help/en/when-the-hub-blinks-red`)

  await page.locator('input[name=q]').fill('hub blinks')
  await option.click()
  await page.getByRole('heading', { level: 1, name: 'When the hub blinks red' }).waitFor()
})

test('what was archived comes back by Undo, and who reads only has no editor', async () => {
  const { body: made } = await desk.api('POST', '/articles', {
    title: 'Only for us',
    audience: 'agents',
    status: 'published',
    body: '<p>Secret</p>',
  })
  await page.goto(`${desk.url}/admin/articles/${made.id}`)
  await page.getByRole('button', { name: 'Archive' }).click()
  await page.getByText('Archived: nobody reads it but here.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  for (let tries = 0; tries < 50; tries++) {
    if ((await desk.api('GET', `/articles/${made.id}`)).body.status === 'published') break
    await page.waitForTimeout(100)
  }
  assert.equal((await desk.api('GET', `/articles/${made.id}`)).body.status, 'published')
  const reader = await browser.newPage(await desk.addAgent('Vic', 'viewer'), {
    at: `/admin/articles/${made.id}`,
  })
  await reader.getByText('Secret').waitFor()
  assert.equal(await reader.getByRole('textbox', { name: 'Text' }).count(), 0)
  assert.equal(await reader.getByRole('button', { name: 'Archive' }).count(), 0)
})

test('what was looked for in vain is a gap; its article begins beside the tickets that ask for it', async () => {
  const asked = {
    subject: 'A gift card for my mother',
    body: 'Do you sell any?',
    requester: { email: 'mo@customer.example' },
  }
  const { body: made } = await desk.api('POST', '/tickets', asked)
  await desk.api('POST', `/tickets/${made.id}/messages`, { kind: 'reply', body: 'We mail a code for it.' })
  for (const q of ['gift card', 'gift cards']) await fetch(`${desk.url}/help/en?q=${encodeURIComponent(q)}`)
  desk.clock.pass(1_200)
  await page.goto(`${desk.url}/admin/gaps`)
  await page.getByRole('heading', { name: 'gift card' }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('listitem').filter({ hasText: 'gift card' }).getByRole('button').click()
  await page.getByRole('button', { name: 'Take into the text' }).click()
  await page.getByRole('textbox', { name: 'Text' }).getByText('We mail a code for it.').waitFor()
  assert.equal(await page.getByLabel('Title').inputValue(), 'gift card')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/admin\/articles\/\d+$/)
})

test('pictures are pasted and described, files chosen; a reader sees the one and saves the other', async () => {
  await page.goto(`${desk.url}/admin/articles/new`)
  await page.getByLabel('Title').fill('The reset button')
  const text = page.getByRole('textbox', { name: 'Text' })
  await text.click()
  await page.keyboard.type('Look at the back:')
  await page.keyboard.press('Enter')
  await page.evaluate(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 })
    const blob = await new Promise((done) => canvas.toBlob(done))
    const carried = new DataTransfer()
    carried.items.add(new File([blob], 'back.png', { type: 'image/png' }))
    document.querySelector('.ProseMirror').dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }),
    )
  })()`)
  const asked = page.getByRole('dialog', { name: 'Describe the picture' })
  await asked.getByLabel('What does the picture show?').fill('The back with its red button')
  assert.deepEqual(await axe(page), [])
  await asked.getByRole('button', { name: 'Put it in' }).click()
  await text.getByRole('img', { name: 'The back with its red button' }).waitFor()
  const picker = page.locator('input[type=file]')
  await picker.setInputFiles({ name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) })
  await page.getByText('“empty.pdf” is empty.').waitFor()
  await picker.setInputFiles({ name: 'manual.txt', mimeType: 'text/plain', buffer: Buffer.from('Press it') })
  await text.getByText('manual.txt').waitFor()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Published: what you save is read at once.').waitFor()
  await text.getByRole('img').dblclick()
  await asked.getByLabel('What does the picture show?').fill('The back')
  await asked.getByRole('button', { name: 'Put it in' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Version 2', { exact: false }).first().waitFor()
  const reader = await browser.newVisitor({ viewport: { width: 390, height: 700 } })
  await reader.goto(`${desk.url}/help/en/the-reset-button`)
  const picture = reader.getByRole('img', { name: 'The back' })
  await picture.waitFor()
  const measures = await reader.evaluate(
    `(({ naturalWidth, width, height }) => [naturalWidth, width, height])(document.querySelector('.text img'))`,
  )
  assert.deepEqual(measures, [40, 40, 20])
  const [saved] = await Promise.all([
    reader.waitForEvent('download'),
    reader.getByRole('link', { name: 'manual.txt' }).click(),
  ])
  assert.equal(saved.suggestedFilename(), 'manual.txt')
  assert.deepEqual(await axe(reader), [])
  await reader.context().close()
})

test('the consoles stayed silent', () => {
  assert.deepEqual(browser.said, [])
})
