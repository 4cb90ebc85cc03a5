// F2: an open form writes to nobody by the thousand. One fixed mail a day to an address at most, and only after some work.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSolved } from '../../src/pages/puzzle.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

function solve(once: string): string {
  for (let number = 0; ; number++) if (isSolved(once, String(number))) return String(number)
}

async function send(desk: TestDesk, values: Record<string, string>): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ website: '', ...values })) form.append(name, value)
  // As a browser sends a field for files that was left empty.
  form.append('files', new File([], ''))
  return (await fetch(`${desk.url}/forms/contact`, { method: 'POST', body: form })).status
}

test('F2: a victim gets one mail a day from any number of forms, with no word of the sender', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const filled = (subject: string, more: Record<string, string> = {}) => {
    const once = crypto.randomUUID()
    return {
      name: 'Buy http://evil.example',
      email: 'victim@home.example',
      subject,
      message: 'Click evil',
      once,
      ...more,
    }
  }
  const solved = (subject: string) => {
    const values = filled(subject)
    return { ...values, answer: solve(values.once) }
  }
  assert.equal(await send(desk, filled('Without a script')), 200)
  assert.equal(await send(desk, filled('Wrong', { answer: 'x' })), 200)
  for (let count = 0; count < 6; count++) assert.equal(await send(desk, solved(`evil.example ${count}`)), 200)
  const tickets = async () => (await desk.api('GET', '/tickets?limit=100')).body.items.length
  assert.equal(await tickets(), 8, 'every message arrived')
  const first = await until(async () => desk.sink.mails[0])
  assert.equal(/evil/i.test(first.raw.toString()), false)
  desk.clock.pass(86_500)
  assert.equal(await send(desk, solved('A day later')), 200)
  await until(async () => desk.sink.mails.length >= 2)
  assert.equal(desk.sink.mails.length, 2)
  // Nor does resolving all of it tell them one by one, or anything of what was typed.
  const { items } = (await desk.api('GET', '/tickets?limit=100')).body
  for (const { id } of items) await desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
  await until(async () => desk.sink.mails.length >= 3)
  await new Promise((done) => setTimeout(done, 200))
  assert.equal(desk.sink.mails.length, 3)
  assert.equal(/evil/i.test(desk.sink.mails[2]?.raw.toString() ?? ''), false)
})

test('a puzzle’s answer is good for its own form', () => {
  const once = 'a-form-of-its-own-0001'
  const answer = solve(once)
  assert.equal(isSolved(once, answer), true)
  assert.equal(isSolved('a-form-of-its-own-0002', answer), false)
  assert.equal(isSolved(once, ''), false)
  assert.equal(isSolved('short', solve('short-but-longer-than-16')), false)
})
