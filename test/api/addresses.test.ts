// One judgement of what an address is, at each door: each route takes and refuses what mail does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const TAKEN: Readonly<Record<string, string>> = {
  'info@müller-bau.example': 'info@xn--mller-bau-q9a.example',
  'Info@XN--MLLER-BAU-Q9A.example': 'info@xn--mller-bau-q9a.example',
  'a&b@customer.example': 'a&b@customer.example',
  "o'neil+shop@customer.example": "o'neil+shop@customer.example",
  'jürgen@customer.example': 'jürgen@customer.example',
  'scanner@PRINTER01': 'scanner@printer01',
  'taro..yamada.@phones.example': 'taro..yamada.@phones.example',
  '"taro.yamada"@phones.example': 'taro.yamada@phones.example',
  'max@my_host.customer.example': 'max@my_host.customer.example',
  'cy@customer.photography': 'cy@customer.photography',
}
const REFUSED = [
  '',
  'cy',
  'cy@a.example, bo@a.example',
  'cy@a.example\r\nBcc: bo@a.example',
  'cy\u202e@a.example',
  'cy@cust\u200bomer.example',
  `${'a'.repeat(65)}@a.example`,
  `cy@${'a.'.repeat(150)}example`,
  'c\u0443@a.example',
  'cy@[127.0.0.1]',
]

test('a program may name whoever may write by mail, in one normal form', async () => {
  for (const [typed, email] of Object.entries(TAKEN)) {
    const made = await desk.api('POST', '/tickets', { subject: 'x', body: 'x', requester: { email: typed } })
    assert.equal(made.status, 201, typed)
    assert.equal(made.body.requester.email, email)
  }
  const found = await desk.api('GET', `/tickets?q=${encodeURIComponent('requester:info@MÜLLER-bau.example')}`)
  assert.equal(found.body.items.length, 2)
  const ofDomain = await desk.api('GET', `/tickets?q=${encodeURIComponent('requester:@müller-bau.example')}`)
  assert.equal(ofDomain.body.items.length, 2)
})

test('what is no address is refused with a word for people, at each route', async () => {
  for (const email of REFUSED) {
    const places: [string, unknown, string][] = [
      ['/tickets', { subject: 'x', body: 'x', requester: { email } }, 'requester.email'],
      ['/people', { email }, 'email'],
      ['/agents', { email, name: 'N', role: 'agent' }, 'email'],
      ['/mailboxes', { address: email }, 'address'],
      ['/suppressions', { email }, 'email'],
    ]
    for (const [url, body, path] of places) {
      const { status, body: problem } = await desk.api('POST', url, body)
      assert.equal(status, 400, `${url} took ${JSON.stringify(email)}`)
      assert.equal(problem.errors[0].path, path)
      assert.match(problem.errors[0].message, /^(is|has|holds) /)
    }
  }
})
