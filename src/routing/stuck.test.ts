// What waits in vain, as sentences: nobody is here who should be, and queues that go in a circle.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agent, at, desk, office, queue, ticket } from '#routing/sentences.ts'
import { route } from '#routing/route.ts'
import { circleFrom, goInCircles, waitAlone } from '#routing/stuck.ts'

const alone = (time: string, different: Parameters<typeof desk>[0] = {}, day?: string) => {
  const snapshot = desk({
    at: at(time, day),
    agents: [agent(1, { presence: 'away' })],
    tickets: [ticket(1)],
    ...different,
  })
  return [...waitAlone(snapshot, route(snapshot).crowd)]
}

test('a quarter of an hour without anybody is told, not before, and not when somebody is there but busy', () => {
  assert.deepEqual(alone('10:14'), [])
  assert.deepEqual(alone('10:15'), [[1, [1]]])
  assert.deepEqual(alone('10:15', { agents: [agent(1, { used: 10 })] }), [])
  assert.deepEqual(alone('10:15', { agents: [agent(1), agent(2, { presence: 'away' })] }), [])
})

test('nobody is missed while the queue is closed, or outside the hours of its people', () => {
  const night = { queues: [queue({ calendar: office })] }
  assert.deepEqual(alone('20:00', night), [])
  assert.deepEqual(
    alone('08:59', { agents: [agent(1, { presence: 'offline', calendar: office })] }, '2026-03-03'),
    [],
  )
  assert.deepEqual(
    alone('10:00', { agents: [agent(1, { presence: 'offline', calendar: office })] }, '2026-03-03'),
    [[1, [1]]],
  )
})

test('a circle of queues is found from each of its queues, and from none that only leads into it', () => {
  const overflows = new Map([
    [1, 2],
    [2, 3],
    [3, 2],
    [4, null],
    [5, 5],
  ])
  assert.deepEqual(circleFrom(1, overflows), [])
  assert.deepEqual(circleFrom(2, overflows), [2, 3])
  assert.deepEqual(circleFrom(5, overflows), [5])
  assert.deepEqual(circleFrom(4, overflows), [])
})

test('tickets that two queues hand to each other are named', () => {
  const over = [{ after: 60, do: { overflow: true } }] as const
  const snapshot = desk({
    queues: [queue({ id: 1, relax: over, overflowQueueId: 2 }), queue({ id: 2, overflowQueueId: 1 })],
    tickets: [ticket(7)],
    at: at('10:05'),
  })
  assert.deepEqual([...goInCircles(snapshot.queues, route(snapshot).moves)], [[1, [7]]])
})
