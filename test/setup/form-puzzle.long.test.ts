// F2: an open form writes to nobody by the thousand. One fixed mail a day to an address at most, and only after some work.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSolved } from '#kit/puzzle.ts'
import { mintOnce, wasShown } from '#pages/puzzle.ts'
import { onceIn, solve } from '../support/puzzle.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

async function send(desk: TestDesk, values: Record<string, string>): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ leave_empty: '', ...values })) form.append(name, value)
  // As a browser sends a field for files that was left empty.
  form.append('files', new File([], ''))
  return (await fetch(`${desk.url}/forms/contact`, { method: 'POST', body: form })).status
}

test('F2: a victim gets one mail a day from any number of forms, with no word of the sender', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const filled = async (subject: string, more: Record<string, string> = {}) => {
    const once = onceIn(await (await fetch(`${desk.url}/forms/contact`)).text())
    return {
      name: 'Buy http://evil.example',
      email: 'victim@home.example',
      subject,
      message: 'Click evil',
      once,
      ...more,
    }
  }
  const solved = async (subject: string) => {
    const values = await filled(subject)
    return { ...values, answer: solve(values.once) }
  }
  assert.equal(await send(desk, await filled('Without a script')), 200)
  assert.equal(await send(desk, await filled('Wrong', { answer: 'x' })), 200)
  for (let count = 0; count < 6; count++)
    assert.equal(await send(desk, await solved(`evil.example ${count}`)), 200)
  const tickets = async () => (await desk.api('GET', '/tickets?limit=100')).body.items.length
  assert.equal(await tickets(), 8, 'every message arrived')
  const first = await until(async () => desk.sink.mails[0])
  assert.equal(/evil/i.test(first.raw.toString()), false)
  desk.clock.pass(86_500)
  assert.equal(await send(desk, await solved('A day later')), 200)
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

test('a form’s mark is ours, for one form, for a day, and its answer for it alone', () => {
  const once = mintOnce('secret', 'contact', 1_000_000)
  const shown = (mark: string, form = 'contact', at = 1_000_001) => wasShown('secret', form, mark, at)
  assert.equal(shown(once), true)
  assert.equal(shown(once, 'returns'), false)
  assert.equal(shown(once, 'contact', 1_000_000 + 86_400_001), false)
  assert.equal(shown(once, 'contact', 999_999), false)
  assert.equal(wasShown('another secret', 'contact', once, 1_000_001), false)
  for (const forged of ['', 'x', crypto.randomUUID(), `${once}x`, once.replace(/^\w+/, 'zzz')])
    assert.equal(shown(forged), false, forged)
  const answer = solve(once)
  assert.equal(isSolved(once, answer), true)
  assert.equal(isSolved(mintOnce('secret', 'contact', 1_000_000), answer), false)
  assert.equal(isSolved(once, ''), false)
})

test('work done once is good for one mail, however often its mark is sent', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const once = onceIn(await (await fetch(`${desk.url}/forms/contact`)).text())
  const answer = solve(once)
  for (const name of ['a', 'b', 'c'])
    assert.equal(
      await send(desk, { name, email: `${name}@home.example`, subject: name, message: name, once, answer }),
      200,
    )
  assert.equal((await desk.api('GET', '/tickets?limit=100')).body.items.length, 3)
  await until(async () => desk.sink.mails[0])
  await new Promise((done) => setTimeout(done, 300))
  assert.equal(desk.sink.mails.length, 1)
})
