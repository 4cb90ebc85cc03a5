// The text box of replies: what is typed and pasted becomes what a mail may carry, and nothing else.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
let box: Locator
let ticketId: number

deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const asked = { subject: 'A lamp', body: 'It is dark.', requester }
  ticketId = (await desk.api('POST', '/tickets', asked)).body.id
  page = await browser.newPage(await desk.addAgent('Una', 'agent'), { at: `/inbox/all/${ticketId}` })
  await page.getByRole('heading', { name: 'A lamp' }).waitFor()
  page.setDefaultTimeout(8_000)
  await page.keyboard.press('n')
  box = page.getByRole('textbox', { name: 'Internal note' })
  await box.waitFor()
})
beforeEach(async () => {
  await box.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
})

/** The HTML as the server was given it. */
async function saved(matching: RegExp): Promise<string> {
  return until(async () => {
    const asked = `fetch('/api/v1/tickets/${ticketId}/draft?mode=note').then((answer) => answer.json())`
    const { body } = (await page.evaluate(asked)) as { body: string }
    return matching.test(body) ? body : null
  })
}

/** Pastes as a person would: what a clipboard holds, once the page has heard what is selected. */
const paste = (types: Readonly<Record<string, string>>) =>
  page.evaluate(`new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    const clipboardData = new DataTransfer()
    for (const [type, text] of Object.entries(${JSON.stringify(types)})) clipboardData.setData(type, text)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(event)
    done()
  }, 20)))`)

test('Markdown that is typed becomes format', async () => {
  await page.keyboard.type('A **bold** and *light* word, ~~gone~~, `code`.')
  assert.equal(
    await saved(/code/),
    '<p>A <strong>bold</strong> and <em>light</em> word, <s>gone</s>, <code>code</code>.</p>',
  )
})

test('lists, quotes and code begin with their sign, and an empty line ends them', async () => {
  await page.keyboard.type('- one\ntwo\n\n1. first\n\n> said\n\n')
  await page.keyboard.type('``` x = 1\n\n\nend')
  assert.equal(
    await saved(/end/),
    '<ul><li><p>one</p></li><li><p>two</p></li></ul><ol><li><p>first</p></li></ol>' +
      '<blockquote><p>said</p></blockquote><pre><code>x = 1</code></pre><p>end</p>',
  )
})

test('an address becomes a link, in what is typed, pasted and marked', async () => {
  await page.keyboard.type('See https://lamp.example/a?b=1, or www.lamp.example')
  await page.keyboard.press('Enter')
  await paste({ 'text/plain': 'and http://third.example.' })
  await page.keyboard.press('Enter')
  await page.keyboard.type('here')
  await page.keyboard.press('Shift+Home')
  await paste({ 'text/plain': 'https://fourth.example' })
  assert.equal(
    await saved(/fourth/),
    '<p>See <a href="https://lamp.example/a?b=1">https://lamp.example/a?b=1</a>, or ' +
      '<a href="https://www.lamp.example">www.lamp.example</a></p>' +
      '<p>and <a href="http://third.example">http://third.example</a>.</p>' +
      '<p><a href="https://fourth.example">here</a></p>',
  )
})

test('pasted HTML keeps its words and simple format, and loses what mail must not carry', async () => {
  await paste({
    'text/html':
      '<h1>Title</h1><p align="center">A <b>b</b> <a href="javascript:x()">bad</a> ' +
      '<a href="https://good.example">good</a><img src="https://track.example/p.png"></p>' +
      '<table><tr><td>cell</td></tr></table><script>x()</script>',
  })
  assert.equal(
    await saved(/cell/),
    '<p>Title</p><p>A <strong>b</strong> bad <a href="https://good.example">good</a></p><p>cell</p>',
  )
})

test('the tools work on what is selected, and say what is on', async () => {
  await page.keyboard.type('word')
  await page.keyboard.press('Shift+Home')
  const bold = page.getByRole('button', { name: 'Bold' })
  await bold.click()
  await page.getByRole('button', { name: 'List', exact: true }).click()
  assert.equal(await bold.getAttribute('aria-pressed'), 'true')
  assert.equal(await saved(/<ul>/), '<ul><li><p><strong>word</strong></p></li></ul>')
  await page.getByRole('button', { name: 'Numbered list' }).click()
  assert.equal(await saved(/<ol>/), '<ol><li><p><strong>word</strong></p></li></ol>')
  await page.getByRole('button', { name: 'Numbered list' }).click()
  await page.getByRole('button', { name: 'Link', exact: true }).click()
  await page.keyboard.type('lamp.example')
  await page.keyboard.press('Enter')
  assert.equal(await saved(/href/), '<p><a href="https://lamp.example"><strong>word</strong></a></p>')
  await page.keyboard.press('Control+z')
  await saved(/^<p><strong>word<\/strong><\/p>$/)
})

test('a colleague is called by the list at the caret, which Escape closes without leaving the text', async () => {
  await page.keyboard.type('Ask @B')
  const option = page.getByRole('option', { name: /Bo/ })
  await option.waitFor()
  await page.keyboard.press('Escape')
  await option.waitFor({ state: 'detached' })
  await page.keyboard.type('x')
  await page.keyboard.press('Backspace')
  assert.equal(await option.count(), 0, 'it stays closed for this word')
  await page.keyboard.type(' or @Bo')
  await option.waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('now')
  assert.match(await saved(/now/), /^<p>Ask @B or <span [^>]*data-id="\d+"[^>]*>@Bo<\/span> now<\/p>$/)
  await page.reload()
  await page.getByRole('heading', { name: 'A lamp' }).waitFor()
  await page.keyboard.press('n')
  await box.getByText('@Bo').waitFor()
})

test('emoji are found by name after a colon, a bare colon opens nothing, and who knows no signs has buttons', async () => {
  await page.keyboard.type('Note : thu')
  assert.equal(await page.getByRole('listbox').count(), 0)
  await page.keyboard.type(' :thum')
  await page.getByRole('option', { name: 'thumbs up' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(' done')
  assert.equal(await saved(/done/), '<p>Note : thu 👍 done</p>')
  await page.getByRole('button', { name: 'Emoji' }).click()
  await page.getByRole('option', { name: /grinning/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Canned replies and macros' }).click()
  await page.getByText('No macros yet').waitFor()
})

test('the consoles stayed silent', () => {
  assert.deepEqual(browser.said, [])
})
