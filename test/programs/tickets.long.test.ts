// `./docket ticket …` and `./docket search` as they are typed, against a desk that is asked over HTTP alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { run } from '../support/command.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let id: number
let token: string
before(async () => {
  desk = await startDesk()
  const requester = { email: 'cy@customer.example', name: 'Cy\u001b[31m Berg' }
  const subject = 'The lamp\u001b]0;owned\u0007 flickers'
  id = (await desk.api('POST', '/tickets', { subject, body: 'It flickers.\u001b[2J', requester })).body.id
  token = (await desk.addAgent('Ada', 'agent')).token
})
after(() => desk.close())

const docket = (args: readonly string[], env: Record<string, string> = {}) =>
  run(args, { DOCKET_URL: desk.url, DOCKET_TOKEN: token, DOCKET_LOG: 'silent', ...env })

test('a ticket is found, read, noted on, changed and answered', async () => {
  await until(async () => (await desk.api('GET', '/tickets?q=flickers')).body.items.length === 1)
  const [list, shown] = await Promise.all([
    docket(['ticket', 'list', 'status:new', 'flickers']),
    docket(['ticket', 'show', `#${id}`]),
  ])
  assert.equal(list.code, 0, list.err)
  assert.match(list.out, new RegExp(`^ *${id}  new .* The lamp.* flickers\\n$`))
  assert.match(shown.out, /From Cy.* Berg <cy@customer\.example>[\s\S]*It flickers\./)
  // oxlint-disable-next-line no-control-regex -- that a stranger’s words steer no terminal is what is tested
  assert.doesNotMatch(list.out + shown.out, /[\u001b\u0007]/)
  const seq = JSON.parse((await docket(['ticket', 'show', String(id), '--json'])).out).ticket.seq
  const noted = await docket(['ticket', 'note', String(id), '--text', 'Ask the warehouse'])
  assert.match(noted.out, /^Noted on/)
  const late = await docket(['ticket', 'set', String(id), 'priority=high', '--seq', String(seq)])
  assert.equal(late.code, 0, 'another field: applied on top')
  const set = await docket(['ticket', 'set', String(id), 'priority=urgent', 'tag+=vip', '--json'])
  assert.deepEqual([JSON.parse(set.out).priority, JSON.parse(set.out).tags], ['urgent', ['vip']], set.err)
  const answered = await docket([
    'ticket',
    'reply',
    String(id),
    '--text',
    'On its way',
    '--status',
    'pending',
  ])
  assert.match(answered.out, new RegExp(`^Answered on ${id}, which is pending\\. It leaves at `))
  const found = await docket(['search', 'warehouse', '--json'])
  assert.equal(JSON.parse(found.out).articles.items.length, 0)
})

test('a no is one sentence and a code of its own', async () => {
  const [unknown, wrong, away, nobody] = await Promise.all([
    docket(['ticket', 'show', '999999']),
    docket(['ticket', 'set', String(id), 'colour=red']),
    docket(['ticket', 'list'], { DOCKET_URL: 'http://127.0.0.1:9' }),
    docket(['ticket', 'list'], { DOCKET_TOKEN: '' }),
  ])
  assert.deepEqual([unknown.code, wrong.code, away.code, nobody.code], [1, 64, 69, 64])
  assert.match(unknown.err, /^docket: There is no ticket 999999/)
  assert.match(wrong.err, /^docket: "colour=red" is not understood/)
  assert.match(away.err, /127\.0\.0\.1:9 does not answer\. Is it running/)
  assert.match(nobody.err, /Set DOCKET_TOKEN to an API token/)
})
