// A lead reads the reports: what came in and went out, the tickets behind a number, the same as a table and as a file.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { instant } from '#kit/time.ts'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { handClock, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
// The browser shows days of its own clock.
deskInBrowser(
  async (started) => {
    ;({ desk, browser } = started)
    for (let number = 1; number <= 12; number++) {
      const requester = { email: `c${number}@customer.example`, name: `Customer ${number}` }
      const { body } = await desk.api('POST', '/tickets', {
        subject: `Question ${number}`,
        body: 'Help',
        requester,
      })
      desk.clock.pass(600)
      if (number <= 11)
        await desk.api('POST', `/tickets/${body.id}/messages`, {
          kind: 'reply',
          body: 'So.',
          status: 'resolved',
        })
    }
    page = await browser.newPage(await desk.addAgent('Ada', 'lead'))
  },
  { relay: false, clock: handClock(instant(Date.now() - 3 * 3_600_000)) },
)

test('a number opens exactly its tickets, a chart is a table and a file too', async () => {
  await page.getByRole('link', { name: 'Reports' }).click()
  await page.getByRole('heading', { name: 'Flow', exact: true }).waitFor()
  const arrivals = page.locator('dl > div', { hasText: 'Arrivals' }).getByRole('button')
  await arrivals.and(page.getByText('12', { exact: true })).waitFor()
  assert.deepEqual(await axe(page), [])
  await arrivals.click()
  const list = page.getByRole('dialog')
  await list.getByText('12 entries').waitFor()
  assert.equal(await list.getByRole('listitem').count(), 12)
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')

  const chart = page.getByRole('figure').first()
  await chart.getByRole('button', { name: 'As a table' }).click()
  assert.equal(await chart.getByRole('row').count(), 31)
  assert.match(await exported(chart, 'CSV'), /^at,group,n,value/)
  assert.match(await exported(chart, 'XLSX'), /^PK/)
  await chart.getByRole('button', { name: 'As a table' }).click()
  const drawn = await exported(chart, 'SVG')
  assert.match(drawn, /^<svg .*<text [^>]*>What comes in, what goes out<\/text>.*>Arrivals<\/text>/s)
  assert.doesNotMatch(drawn, /var\(|class=|&nbsp;/)
  assert.match(await exported(chart, 'PNG'), /^.PNG/)

  await page.getByRole('link', { name: 'Speed' }).click()
  await page.getByText('median; nine of ten within 10 mins').first().waitFor()
  await page.getByLabel('Time', { exact: true }).selectOption('7d')
  await page.waitForURL(/range=7d/)
  assert.deepEqual(await axe(page), [])
})

test('a chart is read by keyboard, and a filter that is not understood says so', async () => {
  await page.goto(`${desk.url}/reports/quality?range=30d&only=statsu:open`)
  await page.getByText('statsu:open is not understood', { exact: false }).first().waitFor()
  await page.goto(`${desk.url}/reports/flow?range=30d`)
  const slider = page.getByRole('slider', { name: 'What comes in, what goes out' })
  await slider.focus()
  const at = () => slider.getAttribute('aria-valuetext')
  assert.match((await at()) ?? '', /Arrivals \d+, Resolves \d+/)
  const last = await at()
  await page.keyboard.press('ArrowLeft')
  assert.notEqual(await at(), last)
  assert.deepEqual(browser.said, [])
})

/** What a choice of a chart's menu of exports downloads. */
async function exported(chart: Locator, kind: string): Promise<string> {
  await chart.getByRole('button', { name: /^Export/ }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: kind }).click()
  return readFileSync(await (await coming).path(), 'latin1')
}

test('a board is kept under a name, compared, and mailed to whoever keeps it', async () => {
  await page.goto(`${desk.url}/reports/speed?range=30d`)
  await page.getByLabel('Compare with').selectOption('previous')
  await page.getByText('before: –').first().waitFor()
  await page.getByRole('button', { name: 'Save…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('My speed')
  assert.deepEqual(await axe(page), [])
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { name: 'My speed', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Mail…' }).click()
  await dialog.getByLabel('How often').selectOption('month')
  await dialog.getByLabel('On day').fill('31')
  assert.deepEqual(await axe(page), [])
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Next mailed', { exact: false }).first().waitFor()
  await page.getByLabel('Time', { exact: true }).selectOption('7d')
  await page.getByText('Changed since it was saved.', { exact: false }).waitFor()

  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('cell', { name: 'Bo', exact: true }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Saved reports' }).click()
  await page.getByRole('menuitemcheckbox', { name: /My speed/ }).click()
  await page.waitForURL(/speed\?.*saved=/)
  await page.getByText('median; nine of ten within 10 mins').first().waitFor()
  await page.getByRole('link', { name: 'One measure' }).click()
  await page.getByLabel('Measure', { exact: true }).selectOption('backlogAge')
  await page.getByRole('heading', { name: 'Age of the backlog' }).waitFor()
  assert.deepEqual(browser.said, [])
})

test('the board of now follows what happens, and those of rules and names stand beside it', async () => {
  await page.goto(`${desk.url}/reports/now`)
  const waiting = page.locator('dl > div', { hasText: 'Unassigned' })
  const requester = { email: 'late@customer.example', name: 'Late' }
  const before = Number(await waiting.locator('dd').textContent())
  await desk.api('POST', '/tickets', { subject: 'One more', body: 'Help', requester })
  await waiting.getByText(String(before + 1), { exact: true }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Taxonomy' }).click()
  await page.getByText('Fewer than 30 tickets').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Automation' }).click()
  await page.getByText('Rules to look at').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Stalls' }).click()
  const ways = page.getByRole('region', { name: 'The commonest ways' })
  await ways.getByRole('cell', { name: 'New → Resolved' }).waitFor()
  await page.getByRole('img', { name: 'Where the waiting is' }).waitFor()
  assert.deepEqual(await axe(page), [])
})

test('how old a backlog is, and what has come and gone, is drawn; each bar opens its tickets', async () => {
  await page.goto(`${desk.url}/reports/flow?range=30d`)
  await page.getByText('Little’s law', { exact: false }).waitFor()
  const ages = page.getByRole('figure').filter({ hasText: 'Age of the backlog' })
  const slider = ages.getByRole('slider')
  await slider.focus()
  await page.keyboard.press('Home')
  const told = /< 1 day: Age of the backlog (\d+)/.exec((await slider.getAttribute('aria-valuetext')) ?? '')
  await page.keyboard.press('Enter')
  const list = page.getByRole('dialog')
  await list.getByText(told?.[1] === '1' ? '1 entry' : `${told?.[1]} entries`, { exact: true }).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Agreements' }).click()
  await page.getByRole('heading', { name: 'Agreements missed: Hour of the day' }).waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(browser.said, [])
})

test('what was drawn for review is gone through by keys alone, and stands on Quality', async () => {
  await desk.api('PATCH', '/settings', { reviewShare: 1, reviewQuestions: ['Is it right?', 'Is it kind?'] })
  await page.goto(`${desk.url}/reports/reviews`)
  const shown = page.getByRole('heading', { level: 3 }).first()
  await shown.getByText('#1 Question 1').waitFor()
  await page.getByRole('log').getByText('Help').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('j')
  await shown.getByText('#2 Question 2').waitFor()
  await page.keyboard.press('1')
  await page.locator('[aria-current="step"]', { hasText: 'Is it kind?' }).waitFor()
  await page.keyboard.press('2')
  await page.getByRole('button', { name: 'Keep' }).and(page.locator(':enabled')).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('listitem').filter({ hasText: 'Is it kind? No' }).first().waitFor()
  await shown.getByText('#3 Question 3').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('link', { name: 'Quality' }).click()
  const faults = page.getByRole('figure').filter({ hasText: 'Reviews without fault' })
  await faults.getByRole('button', { name: '0%' }).first().waitFor()
  await page.getByRole('row', { name: 'Is it kind?' }).waitFor()
  assert.deepEqual(browser.said, [])
  // Whoever answers what is asked no more is asked anew.
  await page.goto(`${desk.url}/reports/reviews`)
  await shown.getByText('#1 Question 1').waitFor()
  await desk.api('PATCH', '/settings', { reviewQuestions: ['Is it short?'] })
  for (const key of ['1', '1']) await page.keyboard.press(key)
  await page.getByRole('button', { name: 'Keep' }).and(page.locator(':enabled')).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[aria-current="step"]', { hasText: 'Is it short?' }).waitFor()
  await page.keyboard.press('1')
  await page.getByRole('button', { name: 'Keep' }).and(page.locator(':enabled')).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('listitem').filter({ hasText: 'Is it short? Yes' }).first().waitFor()
  browser.said.splice(0)
})
