import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '#kit/time.ts'
import { SAMPLE, viewHealth } from '#rules/view-health.ts'

const NOW = '2026-11-26T08:00:00.000Z' as Instant
const down = (from: number, count: number) => Array.from({ length: count }, (_, nth) => from - nth)
const all = down(5_000, SAMPLE)
const view = (id: number, tickets: readonly number[], usedAt: string = NOW) => ({
  id,
  tickets,
  usedAt: usedAt as Instant,
})
const found = (...views: ReturnType<typeof view>[]) => viewHealth(views, all, NOW)

test('a view that nobody opened for 60 days is told, one day less is not', () => {
  const health = found(
    view(1, down(5_000, 3), '2026-09-27T08:00:00Z'),
    view(2, down(5_000, 3), '2026-09-27T08:00:01Z'),
  )
  assert.deepEqual(health.get(1), [{ kind: 'unopened', days: 60 }])
  assert.deepEqual(health.get(2), [])
})

test('a view without a ticket is told', () => {
  assert.deepEqual(found(view(1, [])).get(1), [{ kind: 'empty' }])
})

test('a view of nearly all tickets is told, one of nine in ten is not', () => {
  assert.equal(found(view(1, down(4_980, SAMPLE))).get(1)?.[0]?.kind, 'everything')
  assert.deepEqual(
    found(
      view(
        1,
        all.filter((id) => id % 10 !== 0),
      ),
    ).get(1),
    [],
  )
})

test('of two views with nearly the same tickets the younger is told which it repeats', () => {
  const some = all.filter((id) => id % 2 === 0)
  const health = found(view(7, some.slice(3)), view(3, some))
  assert.deepEqual(health.get(3), [])
  const [finding] = health.get(7) ?? []
  assert.ok(finding?.kind === 'overlaps' && finding.viewId === 3 && finding.share > 0.99)
})

test('samples are compared only as far back as both reach, and a handful of tickets says nothing', () => {
  const long = down(5_000, SAMPLE).map((id) => id * 2)
  const short = long.slice(0, 400)
  const health = found(view(1, long), view(2, short), view(3, [1, 2, 3]), view(4, [1, 2, 3]))
  assert.deepEqual(health.get(2), [])
  assert.deepEqual(health.get(4), [])
})
