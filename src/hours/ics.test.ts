// Holidays from ICS files: all-day events, repetitions, spans of days, and what is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIcs } from '#hours/ics.ts'

const now = new Date('2026-06-01T00:00:00Z')
const file = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n')
const event = (...lines: string[]) =>
  ['BEGIN:VEVENT', 'UID:x@y', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n')

test('all-day events are holidays, each day of a span, each year of a repetition up to three years ahead', () => {
  const read = readIcs(
    file(
      event('SUMMARY:May Day', 'DTSTART;VALUE=DATE:20260501'),
      event('SUMMARY:Fair', 'DTSTART;VALUE=DATE:20260810', 'DTEND;VALUE=DATE:20260812'),
      event('SUMMARY:Christmas', 'DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=YEARLY'),
      event('SUMMARY:A meeting', 'DTSTART:20260601T090000Z', 'DTEND:20260601T100000Z'),
    ),
    now,
  )
  assert.ok('dates' in read)
  assert.deepEqual(
    read.dates.map(({ date, name }) => `${date} ${name}`),
    [
      '2026-05-01 May Day',
      '2026-08-10 Fair',
      '2026-08-11 Fair',
      '2026-12-25 Christmas',
      '2027-12-25 Christmas',
      '2028-12-25 Christmas',
    ],
  )
})

test('what is no calendar is refused, and an event that repeats for ever ends', () => {
  assert.ok('problem' in readIcs('hello', now))
  const daily = readIcs(file(event('SUMMARY:x', 'DTSTART;VALUE=DATE:19000101', 'RRULE:FREQ=DAILY')), now)
  assert.ok('dates' in daily && daily.dates.length <= 2_000)
})
