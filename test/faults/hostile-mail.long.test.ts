// Mail made to break readers: each is a ticket or lies in quarantine with a reason, and the desk goes on meanwhile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until } from '../support/desk.ts'

const head = (contentType: string, more = '') =>
  `From: mallory@evil.example\r\nTo: support@docket.localhost\r\nSubject: hostile\r\n${more}MIME-Version: 1.0\r\nContent-Type: ${contentType}\r\n\r\n`

function nested(depth: number): string {
  const open = Array.from(
    { length: depth },
    (_, level) => `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`,
  )
  return head('multipart/mixed; boundary=b0') + open.join('')
}

const bombs: Readonly<Record<string, string>> = {
  'a thousand parts':
    head('multipart/mixed; boundary=x') +
    Array.from(
      { length: 1_000 },
      (_, part) => `--x\r\nContent-Type: text/plain\r\n\r\npart ${part}\r\n`,
    ).join('') +
    '--x--\r\n',
  'a thousand levels': nested(1_000),
  'messages in messages': head('message/rfc822').repeat(300) + 'the end',
  'a line of 20 MB': head('text/plain') + 'x'.repeat(20_000_000) + '\r\n',
  'HTML a hundred thousand levels deep': head('text/html') + '<div>'.repeat(100_000),
  'a header of 2 MB': head('text/plain', `X-Long: ${'y'.repeat(2_000_000)}\r\n`) + 'hello\r\n',
  'fifty thousand headers':
    head('text/plain', Array.from({ length: 50_000 }, (_, n) => `X-${n}: v\r\n`).join('')) + 'hello\r\n',
  'broken base64':
    head('text/plain; charset=no-such', 'Content-Transfer-Encoding: base64\r\n') + '%%%===\r\n',
  'an unclosed comment in every address':
    head('text/plain', `Cc: ${'(('.repeat(50_000)} a@b.example\r\n`) + 'hello\r\n',
  'no header at all': '\r\njust text\r\n',
  nothing: '',
  'NUL bytes': head('text/plain') + 'a\0b\0c\r\n',
}

test('hostile mail stalls nothing and is never dropped', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const { database } = desk.running.desk
  const idle: number[] = []
  for (let turn = 0; turn < 30; turn++) {
    const startedAt = performance.now()
    await desk.api('GET', '/tickets')
    idle.push(performance.now() - startedAt)
  }
  let taken = 0
  for (const [name, raw] of Object.entries(bombs)) {
    const answer = await post(desk.smtpPort, Buffer.from(raw, 'latin1'), {
      from: 'mallory@evil.example',
      to: ['support@docket.localhost'],
    })
    assert.match(answer, /^(250|5\d\d) /, name)
    if (answer.startsWith('250')) taken++
  }
  const from = 'cy@customer.example'
  const plain = letter({ from, to: 'support@docket.localhost', subject: 'After the bombs' })
  assert.match(await post(desk.smtpPort, plain, { from, to: ['support@docket.localhost'] }), /^250 /)

  const times: number[] = []
  await until(async () => {
    const startedAt = performance.now()
    await desk.api('GET', '/tickets')
    times.push(performance.now() - startedAt)
    const waiting = await database.rows(sql`select 1 from raw_mail where state = 'waiting'`)
    return waiting.length === 0
  }, 120_000)
  const slowest = times.toSorted((a, b) => b - a)[Math.floor(times.length * 0.02)] ?? 0
  const busyMachine = 20 * Math.max(...idle)
  assert.ok(
    slowest < Math.max(1_500, busyMachine),
    `the API answered within ${slowest.toFixed(0)} ms while bombs were read`,
  )

  const unaccounted = await database.rows(sql`select r.id from raw_mail r
    where not exists (select from message m where m.raw_mail_id = r.id)
      and not exists (select from quarantine q where q.raw_mail_id = r.id and cardinality(q.reasons) > 0)`)
  assert.deepEqual(unaccounted, [])
  const [count] = await database.rows<{ n: number }>(sql`select count(*)::int as n from raw_mail`)
  assert.equal(count?.n, taken + 1)
  await until(async () => (await desk.api('GET', '/tickets?q=bombs')).body.items.length === 1)
})
