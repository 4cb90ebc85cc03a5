// How many agents it takes: against published tables, against a slow simulation, and what must hold of any week.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answeredWithin, givenUp, serversFor, waitChance, type Load } from '#routing/erlang.ts'
import { stream } from '#kit/statistics.ts'
import { agentsNeeded, agentsThere, HOURS, levelWork } from '#routing/staffing.ts'

test('Erlang C as in the tables: ten erlangs with 11 to 15 servers', () => {
  const table = { 11: 0.6821, 12: 0.4494, 13: 0.2853, 14: 0.1741, 15: 0.102 }
  for (const [servers, chance] of Object.entries(table))
    assert.equal(Math.round(waitChance(Number(servers), 10) * 1e4) / 1e4, chance)
  assert.equal(waitChance(10, 10), 1)
})

test('without giving up, Erlang A is Erlang C', () => {
  const load: Load = { arrivalsPerHour: 100, handleSeconds: 360, patienceSeconds: null }
  for (const seconds of [0, 20, 120]) {
    const late = waitChance(12, 10) * Math.exp((-(12 - 10) / 360) * seconds)
    assert.ok(Math.abs(answeredWithin(load, 12, seconds) - (1 - late)) < 1e-6)
  }
  assert.equal(Math.round(answeredWithin(load, 10, 20) * 100), 0, 'more work than hands: the line only grows')
})

/** A day of chats, minute by minute of their own lives: who comes, who is answered, who gives up. */
function slowly({ arrivalsPerHour, handleSeconds, patienceSeconds }: Load, servers: number, within: number) {
  const next = stream(11)
  const drawn = (mean: number) => -mean * Math.log(1 - next())
  const freeAt = Array.from({ length: servers }, () => 0)
  let [at, all, fast, gone] = [0, 0, 0, 0]
  while (all < 60_000) {
    at += drawn(3_600 / arrivalsPerHour)
    all++
    freeAt.sort((a, b) => a - b)
    const wait = Math.max(0, (freeAt[0] ?? 0) - at)
    if (wait <= within) fast++
    if (wait > drawn(patienceSeconds ?? Infinity)) gone++
    else freeAt[0] = at + wait + drawn(handleSeconds)
  }
  return { fast: fast / all, gone: gone / all }
}

test('Erlang A agrees with a simulation of chats in which people give up', () => {
  const cases: readonly (readonly [Load, number])[] = [
    [{ arrivalsPerHour: 60, handleSeconds: 480, patienceSeconds: 180 }, 8],
    [{ arrivalsPerHour: 60, handleSeconds: 480, patienceSeconds: 180 }, 6],
    [{ arrivalsPerHour: 12, handleSeconds: 600, patienceSeconds: 90 }, 2],
  ]
  for (const [load, servers] of cases) {
    const seen = slowly(load, servers, 60)
    assert.ok(
      Math.abs(answeredWithin(load, servers, 60) - seen.fast) < 0.015,
      JSON.stringify({ load, servers, seen }),
    )
    assert.ok(Math.abs(givenUp(load, servers) - seen.gone) < 0.015)
  }
})

const loads = fc.record({
  arrivalsPerHour: fc.double({ min: 0.1, max: 200, noNaN: true }),
  handleSeconds: fc.double({ min: 30, max: 1_800, noNaN: true }),
  patienceSeconds: fc.option(fc.double({ min: 20, max: 900, noNaN: true })),
})

test('one server more never answers fewer in time; what is found is enough, and one less is not', () => {
  fc.assert(
    fc.property(loads, (load) => {
      const found = serversFor(load, { share: 0.8, seconds: 60 })
      assert.ok(answeredWithin(load, found, 60) >= 0.8)
      if (found > 1) assert.ok(answeredWithin(load, found - 1, 60) < 0.8)
      assert.ok(answeredWithin(load, found + 1, 60) >= answeredWithin(load, found, 60) - 1e-9)
    }),
    { numRuns: 30 },
  )
})

const always = Array.from({ length: HOURS }, () => true)
const office = Array.from({ length: HOURS }, (_, hour) => hour < 120 && hour % 24 >= 9 && hour % 24 < 17)

test('a promise of one hour leaves nothing to level; a longer one flattens the peak', () => {
  const work = Array.from({ length: HOURS }, (_, hour) => (hour % 24 === 9 ? 8 : 0))
  assert.deepEqual(levelWork(work, always, 1), work)
  assert.equal(Math.max(...levelWork(work, always, 4)), 2)
})

test('what comes at the weekend waits for Monday, and is done within the promise', () => {
  const work = Array.from({ length: HOURS }, (_, hour) => (hour >= 120 ? 0.5 : 0))
  const done = levelWork(work, office, 8)
  assert.ok(Math.abs(done.slice(9, 17).reduce((sum, each) => sum + each, 0) - 24) < 1e-6)
  assert.deepEqual(
    done.slice(24),
    done.slice(24).map(() => 0),
  )
  assert.equal(Math.round(Math.max(...done)), 3)
})

test('all work is done, never before it comes nor later than promised, and never while closed', () => {
  const weeks = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: HOURS, maxLength: HOURS })
  fc.assert(
    fc.property(weeks, fc.integer({ min: 1, max: 24 }), fc.boolean(), (work, promise, isOffice) => {
      const open = isOffice ? office : always
      const done = levelWork(work, open, promise)
      const sum = (some: readonly number[]) => some.reduce((total, each) => total + each, 0)
      // Weeks grow alike quickly, though not always to the last digit.
      assert.ok(Math.abs(sum(done) - sum(work)) <= sum(work) * 0.01)
      assert.ok(done.every((each, hour) => each === 0 || open[hour]))
      const most = levelWork(work, open, 1)
      assert.ok(Math.max(...done) <= Math.max(...most) + 1e-6)
    }),
    { numRuns: 40 },
  )
})

test('agents are needed for chats and mail together; hours at work are told by hour of the week', () => {
  const chat = Array.from({ length: HOURS }, (_, hour) => (hour === 10 ? 30 : 0))
  const mail = Array.from({ length: HOURS }, () => 6)
  const terms = {
    mailSeconds: 600,
    chatSeconds: 600,
    promiseHours: 4,
    chatPromise: { share: 0.8, seconds: 60 },
    patienceSeconds: 180,
    chatsAtOnce: 3,
  }
  const needed = agentsNeeded({ mail, chat, open: always }, terms)
  assert.equal(needed[9], 2, 'an hour of work, and not all of an hour is work')
  assert.ok((needed[10] ?? 0) > 2)
  const hourOf = (at: number) => Math.floor(at / 3_600_000) % HOURS
  const seen = { from: 0, to: (HOURS + 2) * 3_600_000 }
  const there = agentsThere([{ from: 0, to: 5_400_000 }], seen, hourOf)
  assert.deepEqual(there.slice(0, 3), [0.5, 0.25, 0])
  const young = agentsThere([{ from: 0, to: 3_600_000 }], { from: 0, to: 7_200_000 }, hourOf)
  assert.deepEqual(young.slice(0, 3), [1, 0, null], 'what has not been seen is not known')
})
