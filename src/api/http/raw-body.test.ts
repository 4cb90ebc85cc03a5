import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { problemOf } from '#api/http/problem.ts'
import { dropUntaken, SMALL_BODY_BYTES, takeRawBodies, withRawBody } from '#api/http/raw-body.ts'
import { createBlobs } from '#store/blobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'raw-body-'))
const app = Fastify({ forceCloseConnections: true })
const used: number[] = []
const failed: number[] = []
/** Opened, it lets whoever has the turn end it. */
let gate = Promise.withResolvers<void>()

before(async () => {
  dropUntaken(app)
  app.addHook('preValidation', async (request) => {
    if (request.url === '/refused') throw Object.assign(new Error('refused'), { statusCode: 400 })
  })
  takeRawBodies(app, '*', createBlobs(folder))
  app.setErrorHandler((error, _, reply) => {
    const { status } = problemOf(error)
    failed.push(status)
    return reply.status(status).send('')
  })
  app.post('/', async (request) =>
    withRawBody(request, async ({ length }) => {
      used.push(length)
      await gate.promise
      return 'taken'
    }),
  )
  app.post('/refused', async () => '')
  await app.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  gate.resolve()
  await app.close()
  rmSync(folder, { recursive: true })
})

const SIZE = SMALL_BODY_BYTES * 3
const drafts = () => readdirSync(join(folder, 'drafts')).length
const until = async (holds: () => boolean) => {
  const endsAt = performance.now() + 20_000
  while (!holds()) {
    if (performance.now() > endsAt) throw new Error('It did not happen within 20 s')
    await new Promise((done) => setTimeout(done, 5))
  }
}

async function send(bytes = SIZE, path = '/') {
  const { port } = app.server.address() as { port: number }
  const socket = connect({ host: '127.0.0.1', port })
  let heard = ''
  socket.on('data', (some) => (heard += String(some))).on('error', () => {})
  await once(socket, 'connect')
  socket.write(`POST ${path} HTTP/1.1\r\nHost: desk\r\nContent-Type: a/b\r\nContent-Length: ${SIZE}\r\n\r\n`)
  socket.write(Buffer.alloc(bytes, 'a'))
  return { socket, heard: () => heard }
}

test('large bodies take turns; whoever hangs up in line leaves it, and nothing of theirs stays on disk', async () => {
  const first = await send()
  await until(() => used.length === 1)
  const second = await send()
  await until(() => drafts() === 2)
  const third = await send()
  await until(() => drafts() === 3)
  second.socket.destroy()
  await until(() => drafts() === 2)
  gate.resolve()
  await until(() => first.heard().includes('taken') && third.heard().includes('taken'))
  await until(() => drafts() === 0)
  assert.deepEqual(used, [SIZE, SIZE])
  assert.deepEqual(failed.splice(0), [400])
  for (const { socket } of [first, third]) socket.destroy()
})

test('a body whose sender hangs up on its turn is used all the same, and leaves nothing', async () => {
  gate = Promise.withResolvers()
  used.length = 0
  const { socket } = await send()
  await until(() => used.length === 1)
  socket.destroy()
  gate.resolve()
  await until(() => drafts() === 0)
  assert.deepEqual(failed, [])
})

test('a body that breaks off is no failure of ours, and one that is refused before its handler leaves nothing', async () => {
  const broken = await send(SMALL_BODY_BYTES * 2)
  await until(() => drafts() === 1)
  broken.socket.destroy()
  await until(() => drafts() === 0 && failed.length === 1)
  const refused = await send(SIZE, '/refused')
  await until(() => refused.heard() !== '' && drafts() === 0)
  assert.deepEqual(failed, [400, 400])
  refused.socket.destroy()
})
