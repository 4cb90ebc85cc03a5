// How fast clocks are: those of one ticket, and a million of them on one core.
import { clocksOf } from '#sla/clocks.ts'
import { courseOf } from '../test/support/sla-random.ts'
import { median, type Bench } from './bench.ts'

const COURSES = 400
const CLOCKS = 1_000_000

export const run: Bench = async () => {
  const courses = Array.from({ length: COURSES }, (_, seed) => courseOf(seed + 1))
  // Calendars keep the days they have worked out, as they do in a desk that runs.
  for (const { log, terms, now } of courses) clocksOf(log, terms, now)
  const times: number[] = []
  const startedAt = performance.now()
  let clocks = 0
  while (clocks < CLOCKS) {
    for (const { log, terms, now } of courses) {
      const before = performance.now()
      clocks += clocksOf(log, terms, now).length
      times.push(performance.now() - before)
    }
  }
  const seconds = (performance.now() - startedAt) / 1000
  const one = median(times.slice(0, 20_000))
  return {
    rows: [
      { name: 'all clocks of one ticket', value: `${one.toFixed(3)} ms in the middle` },
      { name: 'a million clocks, one core', value: `${seconds.toFixed(1)} s` },
    ],
    results: { oneTicketMs: one, millionClocksSeconds: seconds },
  }
}
