// When a category holds two kinds of tickets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitOf, type Told } from '#reporting/split.ts'

const refunds = [
  'refund of a double charge',
  'money back for my invoice',
  'refund invoice charge twice',
  'charge on card, refund please',
]
const parcels = [
  'parcel lost by courier',
  'courier left the parcel outside',
  'tracking says parcel delivered',
  'parcel tracking stands still at courier',
]

function tickets(how: (kind: 0 | 1, index: number) => Pick<Told, 'teamId' | 'seconds'>, many = 30): Told[] {
  return [refunds, parcels].flatMap((texts, kind) =>
    Array.from({ length: many }, (_, index): Told => {
      const text = `hello, ${texts[index % texts.length]}`
      return { ticketId: kind * 1_000 + index, subject: text, text, ...how(kind as 0 | 1, index) }
    }),
  )
}
const kindsOf = (tickets: readonly { ticketId: number }[]) => [
  ...new Set(tickets.map(({ ticketId }) => Math.floor(ticketId / 1_000))),
]

test('two kinds that go to two teams are told, each with its words and all of its tickets', () => {
  const found = splitOf(
    7,
    tickets((kind) => ({ teamId: kind + 1, seconds: 3_600 })),
  )
  assert.ok(found)
  assert.deepEqual(found.by, ['teams'])
  assert.deepEqual(
    found.groups.map(({ tickets: own }) => kindsOf(own).length),
    [1, 1],
  )
  assert.deepEqual(
    found.groups.map(({ tickets: own }) => own.length),
    [30, 30],
  )
  const [refund] = found.groups.filter(({ tickets: own }) => kindsOf(own)[0] === 0)
  assert.ok(refund?.words.includes('refund'), String(refund?.words))
  assert.deepEqual(refund?.team, { id: 1, count: 30 })
  assert.ok(!found.groups.some(({ words }) => words.includes('hello')))
})

test('of one team, but twice as long: told by the time, which is told too', () => {
  const found = splitOf(
    7,
    tickets((kind, index) => ({ teamId: 1, seconds: (kind === 0 ? 1_000 : 5_000) + index })),
  )
  assert.deepEqual(found?.by, ['time'])
  assert.deepEqual(found?.groups.map(({ median }) => Math.round((median ?? 0) / 1_000)).toSorted(), [1, 5])
})

test('two kinds that fare alike are one category, and so is one kind that fares differently', () => {
  assert.equal(
    splitOf(
      7,
      tickets((_, index) => ({ teamId: index % 2, seconds: index * 100 })),
    ),
    null,
  )
  const same = tickets((kind) => ({ teamId: kind, seconds: kind * 9_999 })).map((each) => ({
    ...each,
    text: 'hello, where is it',
  }))
  assert.equal(splitOf(7, same), null)
})

test('few tickets, or a handful beside many, are no two kinds', () => {
  assert.equal(
    splitOf(
      7,
      tickets((kind) => ({ teamId: kind, seconds: null }), 15),
    ),
    null,
  )
  const lopsided = tickets((kind) => ({ teamId: kind, seconds: null }), 60).slice(0, 68)
  assert.equal(splitOf(7, lopsided), null)
})
