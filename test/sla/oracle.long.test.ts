// The engine of clocks against an oracle that walks minute by minute, over lives drawn from seeds. `npm run bench -- sla-oracle`
// runs many more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomOf } from '../../demo/random.ts'
import { differenceOf } from '../support/sla-compare.ts'
import { checkZone } from '../support/zone-oracle.ts'

const COURSES = 300

test('clocks are what an oracle counts minute by minute, whatever happens to the ticket', () => {
  for (let seed = 1; seed <= COURSES; seed++) assert.equal(differenceOf(seed), null, `seed ${seed}`)
})

test('working hours open and close as the wall clock shows, in zones with every kind of change', () => {
  const random = randomOf(7)
  for (const zone of [
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Gaza',
    'America/Nuuk',
  ])
    assert.deepEqual(checkZone(zone, [2025, 2027], 1, () => random.whole(0, 1_000_000)).wrong, [])
})
