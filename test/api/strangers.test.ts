// What strangers send is not even read before they have shown who they are.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startDesk } from '../support/desk.ts'

test('a post to an unknown hook is refused before its body is read', async (t) => {
  const desk = await startDesk({ work: false })
  t.after(() => desk.close())
  for (const type of ['application/json', 'multipart/form-data; boundary=x', 'message/rfc822']) {
    const socket = connect(Number(new URL(desk.url).port), '127.0.0.1')
    socket.on('error', () => {})
    const key = 'k'.repeat(43)
    socket.write(
      `POST /api/v1/inbound/hooks/${key} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 50000000\r\n\r\n`,
    )
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.match(String(answer), /^HTTP\/1\.1 404 [\s\S]*connection: close/i)
    socket.destroy()
  }
})

test('the address of a client behind a trusted proxy is the one that the proxy names', async (t) => {
  const desk = await startDesk({ work: false, trustedProxies: ['127.0.0.0/8'] })
  t.after(() => desk.close())
  let tries = 0
  const wrong = (from: string) =>
    desk.as('')(
      'POST',
      '/session',
      { email: `nobody${++tries}@desk.example`, password: 'wrong' },
      { authorization: '', 'x-forwarded-for': from },
    )
  for (let n = 0; n < 20; n++) assert.equal((await wrong('203.0.113.7')).status, 401)
  assert.equal((await wrong('203.0.113.7')).status, 429)
  assert.equal((await wrong('203.0.113.8')).status, 401, 'another client is not shut out')
})
