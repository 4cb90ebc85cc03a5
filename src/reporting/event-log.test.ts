// What a program for process mining gets to read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '#kit/time.ts'
import { csvOfEvent, xesEnd, xesHead, xesOfTicket, type NamedEvent } from '#reporting/event-log.ts'

const event: NamedEvent = {
  ticketId: 7,
  at: '2026-03-02T09:00:00.000Z' as Instant,
  activity: 'status_new',
  resource: 'A & "B" <c>\u0001',
  team: null,
  category: '=cmd',
  priority: 'high',
}

test('a ticket is a trace, whatever things are called', () => {
  const text = xesOfTicket([event, { ...event, activity: 'status_open' }])
  assert.match(text, /^<trace><string key="concept:name" value="7"\/><event>/)
  assert.match(text, /<date key="time:timestamp" value="2026-03-02T09:00:00.000Z"\/>/)
  assert.match(text, /key="org:resource" value="A &#38; &#34;B&#34; &#60;c&#62;"/)
  assert.ok(!text.includes('org:group'))
  assert.equal((text.match(/<event>/g) ?? []).length, 2)
  assert.ok(`${xesHead}${text}${xesEnd}`.startsWith('<?xml'))
})

test('a line runs nothing in a spreadsheet', () => {
  assert.equal(csvOfEvent(event).split(',')[5], "'=cmd")
})
