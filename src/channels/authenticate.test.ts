// Who a mail without a sender is from, by the name that its server greets with.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authenticate } from '#channels/authenticate.ts'

const bounce = Buffer.from(
  'From: MAILER-DAEMON@mx.other.example\r\nSubject: Undelivered\r\n\r\nNobody there.\r\n',
)
const dns = async (name: string, type: string) => {
  if (name === 'mx.other.example' && type === 'TXT') return [['v=spf1 ip4:9.9.9.9 -all']]
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
}
const spfOf = async (helo: string | undefined, remoteAddress = '9.9.9.9') => {
  const came = { from: '', remoteAddress, ...(helo === undefined ? {} : { helo }) }
  const { spf, spfDomain } = await authenticate(dns as never, bounce, came, [], null)
  return [spf, spfDomain]
}

test('what has no sender is judged by how its server calls itself (RFC 7208 §2.4)', async () => {
  assert.deepEqual(await spfOf('mx.other.example'), ['pass', 'mx.other.example'])
  assert.deepEqual(await spfOf('MX.other.example', '9.9.9.10'), ['fail', null])
  for (const none of [undefined, '[9.9.9.9]', 'localhost', 'a b.example'])
    assert.deepEqual(await spfOf(none), ['none', null])
})
