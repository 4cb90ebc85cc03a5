// Routing on screen: an agent says they are there, accepts an offer, and reads why; a lead gives work from the board.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { setRouteMarks } from '../support/route-world.ts'

let desk: TestDesk
let browser: TestBrowser
let world: Awaited<ReturnType<typeof setRouteMarks>>
deskInBrowser(
  async (started) => {
    ;({ desk, browser } = started)
    world = await setRouteMarks(desk)
  },
  { relay: false },
)

const open = async (subject: string, tags: string[] = []): Promise<number> => {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  return (await desk.api('POST', '/tickets', { subject, body: 'Please', requester, tags })).body.id
}
const ownerOf = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body.assignee?.name ?? null

test('presence, an offer, and the reason on the ticket', async () => {
  await open('The first lamp')
  const page = await browser.newPage(world.ana)
  await page.getByRole('button', { name: 'You: Offline' }).click()
  await page.getByRole('menuitem', { name: /Taking work/ }).click()
  await page.getByRole('button', { name: 'You: Taking work' }).waitFor()
  const id = await open('An offered lamp', ['offered'])
  const offer = page.getByRole('status', { name: 'Offered to you' })
  await offer.getByText('An offered lamp').waitFor()
  await offer.getByRole('button', { name: 'Put aside for now' }).click()
  assert.equal(await offer.getByText('An offered lamp').count(), 0)
  await offer.getByRole('button', { name: /1 offer/ }).click()
  await offer.getByRole('button', { name: 'Take it' }).click()
  await page.getByRole('heading', { name: 'An offered lamp' }).waitFor()
  assert.equal(await ownerOf(id), 'Ana')
  const side = page.getByRole('complementary')
  await side.getByRole('button', { name: 'Why?' }).click()
  const why = page.getByRole('dialog', { name: 'Why this person' })
  await why.getByRole('row', { name: /Ana/ }).waitFor()
  await why.getByText('Bert Offline').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(browser.said, [])
})

test('a lead sees who waits and gives a ticket from its menu, or by dragging it', async () => {
  await world.ana.call('PUT', '/staff/me', { presence: 'transfers_only' })
  const [first, second] = [await open('A waiting lamp'), await open('Another one')]
  const page = await browser.newPage(world.lead)
  await page.getByRole('link', { name: 'Queues' }).click()
  await page.getByRole('button', { name: /General/ }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'A waiting lamp' })
  await row.getByRole('button', { name: 'Give to…' }).click()
  await page.getByRole('menuitem', { name: /Bert/ }).click()
  await until(async () => (await ownerOf(first)) === 'Bert')
  assert.deepEqual(await axe(page), [])
  const dragged = page.getByRole('listitem').filter({ hasText: 'Another one' })
  await dragged.dragTo(
    page.getByRole('region', { name: 'Who works here' }).getByRole('listitem').filter({ hasText: 'Ana' }),
  )
  await until(async () => (await ownerOf(second)) === 'Ana')
  assert.deepEqual(browser.said, [])
})

test('what is left at the end of a shift is handed over, and taken back', async () => {
  const [first, second] = [await open('A left lamp'), await open('Another left lamp')]
  for (const id of [first, second]) await desk.api('PATCH', `/tickets/${id}`, { assignee: world.ana.id })
  await desk.api('POST', `/tickets/${second}/messages`, { kind: 'reply', body: 'Well?', status: 'pending' })
  const page = await browser.newPage(world.ana)
  await page.getByRole('button', { name: 'You: No new work' }).click()
  await page.getByRole('menuitem', { name: 'Hand over…' }).click()
  await page.getByRole('heading', { name: 'Hand over', level: 1 }).waitFor()
  assert.equal(await page.getByLabel(`Hand over ticket #${first}`).isChecked(), true, 'a customer waits')
  assert.equal(await page.getByLabel(`Hand over ticket #${second}`).isChecked(), false, 'it can wait')
  assert.deepEqual(await axe(page), [])
  await page.getByLabel('To a colleague…').selectOption({ label: 'Bert · Offline · 1/10' })
  await until(async () => (await ownerOf(first)) === 'Bert')
  assert.equal(await ownerOf(second), 'Ana')
  await page.getByRole('button', { name: 'Undo' }).click()
  await until(async () => (await ownerOf(first)) === 'Ana')
  assert.deepEqual(browser.said, [])
})

test('a conflict of interest is listed by a lead, and asked about before somebody is assigned', async () => {
  const id = await open('A delicate lamp')
  const page = await browser.newPage(world.lead, { at: '/admin/conflicts' })
  await page.getByRole('button', { name: 'Add a pair' }).click()
  const form = page.getByRole('dialog', { name: 'Add a pair' })
  await form.getByLabel('Agent', { exact: true }).selectOption({ label: 'Bert' })
  await form.getByLabel('Address of the person').fill('cy@customer.example')
  assert.deepEqual(await axe(page), [])
  await form.getByRole('button', { name: 'Add a pair' }).click()
  await page.getByRole('row', { name: /Bert/ }).waitFor()
  await page.goto(`${desk.url}/tickets/${id}`)
  await page.getByRole('heading', { name: 'A delicate lamp' }).waitFor()
  await page.keyboard.press('a')
  await page.getByRole('option', { name: /Bert/ }).click()
  const question = page.getByRole('dialog', { name: 'A conflict of interest' })
  await question.getByText(/Bert is on the list/).waitFor()
  assert.equal(await ownerOf(id), null)
  await question.getByRole('button', { name: 'Give it anyway' }).click()
  await until(async () => (await ownerOf(id)) === 'Bert')
  await page.goto(`${desk.url}/admin/conflicts`)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('No conflicts of interest are listed').waitFor()
  assert.deepEqual(browser.said, [])
})

test('the pages of administration: queues, the matrix, the map with a traced message, shared work', async () => {
  const page = await browser.newPage(world.lead)
  for (const [path, heading] of [
    ['queues', 'Queues'],
    ['skills', 'Skills'],
    ['shared-work', 'Shared work'],
    ['staffing', 'Staffing'],
    ['conflicts', 'Conflicts of interest'],
    ['routing-map', 'Routing map'],
  ] as const) {
    await page.goto(`${desk.url}/admin/${path}`)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await page.getByRole('region').or(page.getByRole('list')).first().waitFor()
    assert.deepEqual(await axe(page), [], path)
  }
  await page.getByLabel('From (address)').fill('cy@customer.example')
  await page.getByLabel('Subject').fill('Where does this go?')
  await page.getByRole('button', { name: 'Trace', exact: true }).click()
  await page.getByText('It would wait in General.').waitFor()
  await page.goto(`${desk.url}/admin/skills`)
  await page.getByLabel('German of Ana').selectOption('5')
  await until(async () => {
    const { body } = await desk.api('GET', `/staff/${world.ana.id}`)
    return body.skills.some(({ level }: { level: number }) => level === 5)
  })
  // Whatever routing goes by is tried where it is changed.
  await page.getByTitle('Work for Ana').click()
  await page.getByRole('button', { name: 'Try on the past' }).click()
  await page.getByLabel('As if they were not there at all').check()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { name: 'Backtest of Ana' }).waitFor()
  await page.getByRole('heading', { name: 'Who would have got what' }).waitFor()
  await page.goto(`${desk.url}/admin/teams`)
  await page.getByRole('button', { name: 'Edit' }).first().click()
  await page.getByRole('button', { name: 'Try on the past' }).click()
  await page.getByRole('heading', { name: 'Try routing on the past' }).waitFor()
  assert.deepEqual(browser.said, [])
})
