import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { mock, test } from 'node:test'
import type { FastifyReply } from 'fastify'
import { keepPace } from '#api/http/pace.ts'

function reader() {
  const cut = mock.fn()
  const raw = Object.assign(new EventEmitter(), { destroy: cut })
  return { cut, raw, reply: { raw } as unknown as FastifyReply }
}

test('who reads a file is given a minute, and a second for each 8 kB of it', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { cut, reply } = reader()
  keepPace(reply, 800_000)
  t.mock.timers.tick(159_999)
  assert.equal(cut.mock.callCount(), 0)
  t.mock.timers.tick(1)
  assert.equal(cut.mock.callCount(), 1)
})

test('who has read it all is left alone', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { cut, raw, reply } = reader()
  keepPace(reply, 10)
  raw.emit('close')
  t.mock.timers.tick(1_000_000)
  assert.equal(cut.mock.callCount(), 0)
})
