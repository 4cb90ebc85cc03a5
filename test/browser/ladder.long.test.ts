// From off to answering a tenth alone, on screen, and back by itself when customers rate those answers badly: each step by what it rests on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { bucketOf } from '#assistant/config.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'
import { writeHelp } from '../support/assistant.ts'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { letter, openPost } from '../support/customer.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { reader } from '../support/pages.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

const [HOUR, DAY] = [3_600, 86_400]
const support = 'support@docket.localhost'
let desk: TestDesk
let browser: TestBrowser
let page: Page
let cleo: Awaited<ReturnType<TestDesk['addAgent']>>
let returns: number

deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  returns = (await desk.api('POST', '/categories', { name: 'returns' })).body.id
  await writeHelp(desk)
  const about = { field: 'subject', op: 'contains_word', value: 'returning' } as const
  await publishRules(desk, [aRule(1, { if: about, do: [{ setCategory: returns }] })])
  cleo = await desk.addAgent('Cleo', 'admin')
  page = await browser.newPage(cleo, { at: '/admin/assistant' })
})

let customers = 0
/** Customers write by mail, one after another; answers their tickets once the assistant has looked at all of them. */
async function customersWrite(count: number): Promise<number[]> {
  const { database: db } = desk.running.desk
  const known = (await ticketIds()).length
  const connection = await openPost(desk.smtpPort)
  for (let number = 0; number < count; number++) {
    const from = `cy${++customers}@customer.example`
    const text = 'Returning a lamp: how can I return my lamp?'
    const mail = letter({ from, to: support, subject: 'Returning a lamp', text })
    assert.match(await connection.post(mail, { from, to: [support] }), /^250/)
  }
  connection.end()
  const all = await until(async () => {
    const ids = await ticketIds()
    return ids.length === known + count && ids
  })
  await until(async () => (await db.rows(sql`select from assistant_due`)).length === 0, 60_000)
  return all.slice(known)
}
const ticketIds = async () =>
  (await desk.running.desk.database.rows<{ id: number }>(sql`select id from ticket order by id`)).map(
    ({ id }) => id,
  )
const ticket = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
const place = () => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'returns' }) })
const ladder = () => page.goto(`${desk.url}/admin/assistant-ladder`)
const stands = (rung: string) =>
  place().locator('[aria-current=step]').getByText(rung, { exact: true }).waitFor()
const linksTo = (email: string) =>
  desk.sink.mails
    .filter(({ to }) => to.includes(email))
    .flatMap(({ mail }) => [...(mail.text ?? '').matchAll(/\/rate\/\S+/g)].map(([link]) => link))

test('off: a row for a category lets it look from the shadow, and after a week of looking drafts are a press away', async () => {
  await page.getByText('Off: no version is live').waitFor()
  await page.getByLabel('Mode of returns').selectOption('shadow')
  await page.getByLabel('Answers that may be wrong (%)').fill('20')
  await page.getByLabel('Left to people for good (%)').fill('0')
  await page.getByLabel('Evidence from a chance of (%)').fill('5')
  await page.getByLabel('Drafts from a chance of (%)').fill('0')
  await page.getByRole('button', { name: 'Save and make live' }).click()
  await page.getByText('Version 1 is live').waitFor()
  const [id = 0] = await customersWrite(1)
  const [run] = (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs
  assert.deepEqual([run.mode, run.decision, (await ticket(id)).status], ['shadow', 'draft', 'new'])
  await ladder()
  await place().getByText('For “Drafts”: 0 of 7 days.').waitFor()
  await daysPass(8)
  await place().getByRole('button', { name: 'Up to “Drafts”' }).click()
  await stands('Drafts')
})

test('fifty drafts that people took and a simulation that somebody accepts: it answers a tenth alone', async () => {
  const drafted = await customersWrite(50)
  await ladder()
  await place()
    .getByText(/0 of 50 answers judged/)
    .waitFor()
  const take = (id: number) => {
    const body = 'Hello,\n\nSend it back within 30 days. We pay for the parcel.\n\nBest wishes, Cleo'
    return desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, status: 'resolved' })
  }
  while (drafted.length > 0) await Promise.all(drafted.splice(0, 10).map(take))
  await daysPass(8)
  await place().getByText('For “Alone for 10 %”: no simulation is used.').waitFor()

  await page.goto(`${desk.url}/admin/assistant-simulations`)
  await page.getByRole('button', { name: 'Simulate' }).click()
  await page.getByRole('button', { name: 'Use for answering alone' }).click()
  await page.getByText('Version saved').waitFor()
  await page.goto(`${desk.url}/admin/assistant`)
  await page.getByRole('row', { name: /^3 / }).getByRole('button', { name: 'Make live' }).click()
  await page.getByText('Version 3 is live').waitFor()
  await ladder()
  await place().getByText('The way is open.').waitFor()
  await place().getByRole('button', { name: 'Up to “Alone for 10 %”' }).click()
  await stands('Alone for 10 %')
  assert.deepEqual(await axe(page), [])
})

test('a tenth of the mails is answered alone; customers who rate that badly take it a step back, and the screen and a mail say why', async () => {
  const [brand] = (await desk.api('GET', '/brands')).body.items
  const survey = { isOn: true, delaySeconds: HOUR, scale: 2, holdoutPercent: 0, withoutMailboxes: [] }
  assert.equal((await desk.api('PUT', `/brands/${brand.id}/survey`, survey)).status, 200)
  // By a ticket's number it is known before which are answered alone.
  const isAlone = (id: number) => bucketOf(returns, id) < 0.1
  const alone: { id: number; email: string }[] = []
  for (let written = 0; alone.length < 9 && written < 200; written += 20)
    for (const id of await customersWrite(20)) {
      const { status, assignee, requester } = await ticket(id)
      assert.deepEqual([status, assignee?.name], isAlone(id) ? ['resolved', 'Assistant'] : ['new', undefined])
      if (status === 'resolved') alone.push({ id, email: requester.email })
    }
  await daysPass(1)
  const asked = await until(async () => {
    const links = alone
      .slice(0, 9)
      .map(({ email }) => linksTo(email).find((link) => link.includes('score=1')))
    return links.every((link) => link !== undefined) && links
  })
  const [glad = '', last = ''] = [asked.pop(), asked.pop()]
  const visitor = reader(desk.url)
  const rate = async (link: string, score: string) => {
    const { pathname } = new URL(link, desk.url)
    const { html } = await visitor.send(await visitor.get(link), pathname, { score, comment: '' })
    assert.match(html, /Thank you/)
  }
  for (const link of asked) await rate(link, '1')
  await look()
  await ladder()
  await stands('Alone for 10 %')
  await place()
    .getByText(/7 of 7, 10\s% accepted/)
    .waitFor()

  const versions = (await desk.api('GET', '/assistant')).body.live.version
  const customer = await browser.newVisitor()
  await customer.goto(desk.url + last)
  await customer.getByRole('button').click()
  await customer.getByRole('heading', { name: 'Thank you' }).waitFor()
  await look()
  const fallen = await until(async () => {
    const { live } = (await desk.api('GET', '/assistant')).body
    return live.version > versions && live
  })
  await rate(glad, '5')
  assert.deepEqual([fallen.createdBy, fallen.settings.rows[0].mode], [null, 'draft'])
  await page.reload()
  await stands('Drafts')
  await place()
    .getByText(/back from “Alone for 10 %”: rated badly too often/)
    .waitFor()
  assert.deepEqual(await axe(page), [])
  const told = await until(async () => desk.sink.mails.find(({ to }) => to.includes('cleo@desk.example')))
  assert.match(told.mail.subject ?? '', /step back/)
  assert.match(
    told.mail.text ?? '',
    /returns: from “alone for 10 %” to “drafts”, because its answers were rated badly/,
  )
  // Whoever writes now gets a person, whatever the number of the ticket.
  for (const id of await customersWrite(20)) assert.equal((await ticket(id)).status, 'new')
  assert.deepEqual(browser.said, [])
})

test('every rung of what is measured has its rows: from involved to what stood a week, and what people made of drafts', async () => {
  const [sent] = (await desk.api('GET', '/assistant/runs?limit=200')).body.items.filter(
    ({ decision }: { decision: string }) => decision === 'auto_resolve',
  )
  await desk.api('POST', `/assistant/runs/${sent.id}/verdict`, { verdict: 'correct' })
  await daysPass(8)
  const told = async (key: string) => {
    const { n, value } = (await desk.api('GET', `/reports/${key}?from=2026-01-01&to=2026-12-31`)).body
    return [n, value]
  }
  const [involved, contained] = [await told('assistantInvolved'), await told('assistantContained')]
  assert.deepEqual([Math.round(involved[0] * involved[1]), contained], [10, [10, 1]])
  assert.deepEqual(await told('assistantConfirmed'), [10, 0.1])
  assert.deepEqual(await told('assistantVerified'), [1, 1])
  assert.deepEqual(await told('assistantSurvived'), [10, 1])
  assert.deepEqual(await told('assistantAssisted'), [50, 1])
  assert.deepEqual(await told('assistantAutomation'), involved)
  assert.deepEqual(await told('assistantBadRatings'), [9, 8 / 9])
  assert.deepEqual(
    [await told('draftsAccepted'), await told('assistantWrong')],
    [
      [50, 1],
      [1, 0],
    ],
  )
  await page.goto(`${desk.url}/reports/assistant?range=365d`)
  const rung = page.getByRole('definition').filter({ hasText: /^100\s?%.*of 50/ })
  await rung.first().waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(browser.said, [])
})

/** A session that nobody uses for half a day ends: Cleo signs in again. */
async function daysPass(days: number): Promise<void> {
  desk.clock.pass(days * DAY)
  await page.context().close()
  page = await browser.newPage(cleo, { at: '/admin/assistant-ladder' })
}

/** The ladder is looked at every few minutes. */
async function look(): Promise<void> {
  desk.clock.pass(301)
  await tell(desk.running.desk.database, { lane: 'assistant' })
}
