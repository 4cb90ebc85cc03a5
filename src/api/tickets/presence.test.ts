// Who is on a ticket: per person, not per tab, and only while they are heard of.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Presences } from '#api/tickets/presence.ts'
import { instant, plus } from '#kit/time.ts'

const now = instant(Date.parse('2026-03-02T09:00:00Z'))
const ada = { tab: 'a', agentId: 1, ticketId: 7, typing: null, since: now } as const

test('a person with two tabs is there once, as who writes', () => {
  const here = new Presences()
  assert.deepEqual(here.take(ada, now), [7])
  assert.deepEqual(here.take({ ...ada, tab: 'b', typing: 'reply' }, now), [7])
  assert.deepEqual(here.on(7), [{ agentId: 1, typing: 'reply', since: now }])
  assert.deepEqual(here.take(ada, plus(now, 20)), [], 'being heard of again is no news')
})

test('who moves on changes the company of both tickets; who goes silent is forgotten', () => {
  const here = new Presences()
  here.take(ada, now)
  assert.deepEqual(here.take({ ...ada, ticketId: 8 }, now), [7, 8])
  assert.deepEqual(here.on(7), [])
  assert.deepEqual(here.sweep(plus(now, 44)), [])
  assert.deepEqual(here.sweep(plus(now, 46)), [8])
  assert.deepEqual(here.tickets(), [])
})

test('who leaves is gone at once', () => {
  const here = new Presences()
  here.take(ada, now)
  assert.deepEqual(here.take({ ...ada, ticketId: null }, now), [7])
  assert.deepEqual(here.on(7), [])
})
