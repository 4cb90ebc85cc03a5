// Every worked example of the SLA, by the same door as `docket sla explain`, and what must hold of any clock.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clocksOf } from '#sla/clocks.ts'
import { readExamples } from '#sla/example.ts'
import { updatesOf, updatesWith } from '#sla/timeline.ts'

type Expected = { metric: string; instance: number; dueAt: string | null; breachedAt: string | null }
type Written = { id: string; title: string; expected: { clocks: Expected[] } }

const file = JSON.parse(readFileSync(join(import.meta.dirname, 'examples.json'), 'utf8')) as {
  calendars: object
  examples: Written[]
}
const read = readExamples(file)
assert(read.ok)

const text = (at: number | null) => (at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z'))
const byName = (a: { metric: string; instance: number }, b: { metric: string; instance: number }) =>
  `${a.metric} ${a.instance}`.localeCompare(`${b.metric} ${b.instance}`)

file.examples.forEach(({ id, title, expected }, index) => {
  test(`${id} ${title}`, () => {
    const example = read.examples[index]
    assert(example !== undefined)
    const clocks = clocksOf(example.log, example.terms, example.now)
    const seen = clocks.map(
      ({ metric, instance, state, elapsedSeconds, targetSeconds, dueAt, breachedAt }) => ({
        metric,
        instance,
        state,
        elapsedSeconds,
        targetSeconds,
        dueAt: text(dueAt),
        breachedAt: text(breachedAt),
      }),
    )
    assert.deepEqual(seen.toSorted(byName), expected.clocks.toSorted(byName))
    for (const { spans, elapsedSeconds } of clocks)
      assert.equal(
        spans().reduce((sum, span) => sum + (span.counted ? span.seconds : 0), 0),
        elapsedSeconds,
      )
  })
})

test('elapsed time never falls as time goes on, and notes change nothing', () => {
  for (const { log, terms, now } of read.examples) {
    const last = log.at(-1)
    const before = clocksOf(log, terms, Math.max(now, last?.at ?? now))
    const after = clocksOf(log, terms, now + 3_600_000)
    for (const clock of before) {
      const later = after.find((each) => each.metric === clock.metric && each.instance === clock.instance)
      assert((later?.elapsedSeconds ?? -1) >= clock.elapsedSeconds)
    }
    const payload = { messageKind: 'note', direction: 'internal' }
    const note = { seq: 1_000, updateId: 'note', at: now, actor: 'agent', kind: 'message_added', payload }
    const shown = (events: typeof log) =>
      clocksOf(events, terms, now).map((clock) => ({ ...clock, spans: [] }))
    const seen = log.filter(({ at }) => at <= now)
    assert.deepEqual(shown([...seen, note]), shown(seen))
  }
})

test('a log that has grown is read on as if it were read whole, wherever it was cut', () => {
  for (const { log } of read.examples)
    for (let cut = 0; cut <= log.length; cut++) {
      const more = log.slice(cut)
      const grown = updatesWith(updatesOf(log.slice(0, cut), Infinity), more)
      if (grown !== null) assert.deepEqual(grown, updatesOf(log, Infinity))
      else assert(more.some(({ kind }) => /^undone$|reclassified|unmerged$/.test(kind)))
    }
})

test('what is wrong in a file is refused with its place', () => {
  const problemsOf = (calendar: object) => {
    const found = readExamples({ calendars: { c: calendar }, examples: [] })
    return found.ok ? [] : found.problems
  }
  assert.match(String(problemsOf({ timeZone: 'Mars/Base' })), /calendars\.c/)
  const inverted = { timeZone: 'UTC', weekly: { mon: [['17:00', '09:00']] } }
  assert.match(String(problemsOf(inverted)), /calendars\.c/)
  assert.match(String(problemsOf({ union: ['nobody'] })), /no calendar "nobody"/)
  assert.match(String(problemsOf({ union: ['c'] })), /part of itself/)
})
