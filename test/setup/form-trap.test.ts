// Nothing that a form was sent with vanishes: not what is written anew on the same page, nor what fills in a hidden field.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { onceIn, solve } from '../support/puzzle.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

const page = async (key: string) => (await fetch(`${desk.url}/forms/${key}`)).text()

async function send(key: string, values: Record<string, string>, file?: File) {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  form.append('files', file ?? new File([], ''))
  const answer = await fetch(`${desk.url}/forms/${key}`, { method: 'POST', body: form })
  return { status: answer.status, text: await answer.text() }
}

const newest = async (q: string) =>
  (await desk.api('GET', `/tickets?q=${encodeURIComponent(q)}&limit=1`)).body.items[0]

test('what is written anew on a page that was sent already is another ticket: nothing that was sent vanishes', async () => {
  const once = onceIn(await page('contact'))
  const filled = { name: 'Pat', email: 'again@customer.example', subject: 'One', message: 'First', once }
  const first = await send('contact', filled)
  const second = await send('contact', { ...filled, message: 'I forgot to say' })
  assert.match(first.text, /#\d+/)
  assert.match(second.text, /#\d+/)
  assert.notEqual(/#\d+/.exec(first.text)?.[0], /#\d+/.exec(second.text)?.[0])
})

test('a field that only programs fill in never destroys: it is ignored with the work done, else a person looks', async () => {
  const html = await page('contact')
  assert.doesNotMatch(html, /name="website"/, 'nothing that a browser fills in by itself')
  const filled = (subject: string) => ({
    name: 'Carl',
    email: 'carl@client.example',
    subject,
    message: 'Hello from Carl',
    leave_empty: 'https://client.example',
  })
  const trapped = await send(
    'contact',
    { ...filled('Trapped'), once: onceIn(html) },
    new File(['plan'], 'plan.txt'),
  )
  assert.deepEqual([trapped.status, /#\d/.test(trapped.text)], [200, false])
  const held = (await desk.api('GET', '/quarantine?limit=200')).body.items.find(
    (each: { subject: string }) => each.subject === 'Trapped',
  )
  assert.deepEqual([held.from.email, held.reasons[0].name], ['carl@client.example', 'form_trap'])
  const recovered = await desk.api('POST', `/quarantine/${held.id}/recover`, {})
  assert.equal(recovered.status, 200, JSON.stringify(recovered.body))
  const ticket = await newest('requester:carl@client.example')
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual([ticket.subject, items[0].attachments[0].name], ['Trapped', 'plan.txt'])
  assert.match(items[0].text, /Hello from Carl/)
  const once = onceIn(await page('contact'))
  const worked = await send('contact', { ...filled('Worked for'), once, answer: solve(once) })
  assert.match(worked.text, /#\d+/)
})
