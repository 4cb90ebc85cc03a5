// How shared work is counted, as sentences.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onlineHours, sharedWork, type Given, type PresenceChange } from '#routing/report.ts'
import { at } from '#routing/sentences.ts'

const given = (agentId: number, different: Partial<Given> = {}): Given => ({
  agentId,
  at: at('12:00'),
  kind: 'assigned',
  units: 1,
  waitedSeconds: 60,
  overCapacity: false,
  passedOver: false,
  lane: 0,
  priority: 'normal',
  queueId: 1,
  channel: 'email',
  tier: null,
  language: null,
  steps: 0,

  ...different,
})
const was = (agentId: number, time: string, presence: PresenceChange['presence']) => ({
  agentId,
  at: at(time),
  presence,
})
const day = { from: at('09:00'), to: at('17:00'), zone: 'UTC' }

test('hours at work run from one change of presence to the next, within the stretch', () => {
  const changes = [
    was(1, '08:00', 'online'),
    was(1, '12:00', 'away'),
    was(1, '13:00', 'online'),
    was(2, '10:00', 'away'),
  ]
  assert.deepEqual([...onlineHours(changes, day.from, day.to)], [[1, 7]])
})

test('work is compared by the hour: half a day with half the work is as much', () => {
  const changes = [was(1, '09:00', 'online'), was(2, '13:00', 'online')]
  const work = [...Array.from({ length: 8 }, () => given(1)), ...Array.from({ length: 4 }, () => given(2))]
  const { perHour, gini } = sharedWork(work, changes, day)
  assert.deepEqual([perHour.median, perHour.least, perHour.most, gini.value], [1, 1, 1, 0])
})

test('cherry-picking is counted among what was taken by hand', () => {
  const work = [given(1, { kind: 'taken', passedOver: true }), given(1, { kind: 'taken' }), given(1)]
  const { cherryPickShare, shares, waits } = sharedWork(work, [], day)
  assert.equal(cherryPickShare, 0.5)
  assert.equal(Math.round(shares.taken * 100), 67)
  assert.deepEqual(waits[0], { by: 'all', key: '', count: 3, p50: 60, p90: 60, p99: 60 })
})

test('waits are told by what was insisted on and by language', () => {
  const work = [
    given(1, { tier: 0, language: 'de', waitedSeconds: 600 }),
    given(1, { tier: 0, language: 'de', waitedSeconds: 1_200 }),
    given(1, { tier: 2, waitedSeconds: 60 }),
    given(1),
  ]
  const of = (by: string) =>
    sharedWork(work, [], day)
      .waits.filter((each) => each.by === by)
      .map(({ key, count, p90 }) => [key, count, p90])
  assert.deepEqual(of('tier'), [
    ['0', 2, 1_200],
    ['2', 1, 60],
    ['none', 1, 60],
  ])
  assert.deepEqual(of('language'), [
    ['de', 2, 1_200],
    ['unknown', 2, 60],
  ])
})

test('work is compared among those who share a skill, and not among two', () => {
  const changes = [1, 2, 3].map((id) => was(id, '09:00', 'online'))
  const work = [1, 2, 3].flatMap((id) => Array.from({ length: 8 * id }, () => given(id)))
  const holders = new Map([
    [7, [1, 2, 3]],
    [8, [1, 2]],
  ])
  const { skills } = sharedWork(work, changes, day, holders)
  assert.deepEqual(
    skills.map(({ skillId, agents, median, least, most }) => [skillId, agents, median, least, most]),
    [[7, 3, 2, 1, 3]],
  )
  assert.ok((skills[0]?.gini.value ?? 0) > 0.2)
})

test('night and weekend are by the desk’s own clock', () => {
  const night = (zone: string, moment: string) =>
    sharedWork([given(1, { at: Date.parse(moment) })], [], { ...day, zone }).nightShare
  assert.equal(night('UTC', '2026-11-25T07:00:00Z'), 0)
  assert.equal(night('UTC', '2026-11-25T06:59:59Z'), 1)
  assert.equal(night('UTC', '2026-11-28T12:00:00Z'), 1)
  // Alberta stays on summer time from 2026 on: 19:30 there, which was 18:30 in other winters.
  assert.equal(night('America/Edmonton', '2026-11-25T01:30:00Z'), 1)
  assert.equal(night('America/Edmonton', '2026-11-25T12:59:00Z'), 1)
  assert.equal(night('America/Edmonton', '2026-11-25T13:00:00Z'), 0)
})
