// Clocks against a second opinion: 20,000 lives of tickets minute by minute, and a million local intervals over every zone there is.
import { randomOf } from '../demo/random.ts'
import { differenceOf } from '../test/support/sla-compare.ts'
import { checkZone } from '../test/support/zone-oracle.ts'
import type { Bench } from './bench.ts'

const COURSES = 20_000
const YEARS = [2024, 2028] as const

export const run: Bench = async () => {
  const first = Math.floor(Date.now() / 1000) % 1_000_000
  let differing = 0
  for (let seed = first; seed < first + COURSES; seed++) {
    const difference = differenceOf(seed)
    if (difference !== null && differing++ < 5) console.log(`  seed ${seed}: ${difference}`)
  }
  const random = randomOf(first)
  let [intervals, wrong] = [0, 0]
  const zones = Intl.supportedValuesOf('timeZone')
  for (const zone of zones) {
    const found = checkZone(zone, YEARS, 2, () => random.whole(0, 1_000_000))
    intervals += found.intervals
    wrong += found.wrong.length
    for (const each of found.wrong) console.log(`  ${each}`)
  }
  return {
    rows: [
      { name: 'lives judged by engine and oracle', value: COURSES.toLocaleString('en') },
      { name: 'judged differently', value: String(differing) },
      { name: `local intervals in ${zones.length} zones`, value: intervals.toLocaleString('en') },
      { name: 'with another edge than the wall clock', value: String(wrong) },
    ],
    results: { first, courses: COURSES, differing, zones: zones.length, intervals, wrong },
  }
}
