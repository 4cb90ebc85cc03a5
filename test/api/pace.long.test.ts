// Time limits of the HTTP door: a connection is held for somebody only as long as it gets on.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startDesk } from '../support/desk.ts'

test('a head that drips is answered 408 and cut off in half a minute', async (t) => {
  const desk = await startDesk({ work: false })
  t.after(() => desk.close())
  const socket = connect({ host: '127.0.0.1', port: desk.config.port })
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes)))
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write('GET /api/v1/tickets HTTP/1.1\r\nHost: desk\r\n')
  const drip = setInterval(() => socket.write('X-More: drip\r\n'), 1_000)
  const began = performance.now()
  await once(socket, 'close')
  clearInterval(drip)
  assert.match(heard, /^HTTP\/1\.1 408/)
  assert.ok(performance.now() - began < 30_000)
})
