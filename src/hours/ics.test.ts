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

const datesOf = (...events: string[]) => {
  const read = readIcs(file(...events), now)
  assert.ok('dates' in read)
  return read.dates.map(({ date }) => date)
}

test('a date is read without VALUE=DATE, after a byte order mark, and in each of several calendars', () => {
  assert.deepEqual(datesOf(event('DTSTART:20261225', 'DTEND:20261226')), ['2026-12-25'])
  const two = `\uFEFF${file(event('DTSTART:20261225'))}\r\n${file(event('DTSTART;VALUE=DATE:20261226'))}`
  const read = readIcs(two, now)
  assert.deepEqual('dates' in read && read.dates.map(({ date }) => date), ['2026-12-25', '2026-12-26'])
})

test('an event that cannot be read is named and keeps none of the others out', () => {
  const read = readIcs(
    file(
      event('SUMMARY:Empty', 'DTSTART:'),
      event('SUMMARY:None'),
      event('SUMMARY:Nonsense', 'DTSTART;VALUE=DATE:2026-99-99'),
      event('SUMMARY:A meeting', 'DTSTART:20260601T090000Z', 'DTEND:20260601T100000Z'),
      event('SUMMARY:Every day', 'DTSTART:20200101', 'RRULE:FREQ=DAILY'),
      event('SUMMARY:May Day', 'DTSTART:20260501'),
    ),
    now,
  )
  assert.ok('dates' in read)
  assert.deepEqual(read.dates, [{ date: '2026-05-01', name: 'May Day' }])
  assert.deepEqual(
    read.left.map(({ name, reason }) => `${name}: ${reason}`),
    [
      'Empty: unreadable',
      'None: no_date',
      'Nonsense: unreadable',
      'A meeting: has_time',
      'Every day: too_often',
    ],
  )
})

test('a moved instance loses its old day, a cancelled one is none, and neither touches the rest of its series', () => {
  const yearly = ['DTSTART;VALUE=DATE:20241225', 'RRULE:FREQ=YEARLY;COUNT=4']
  assert.deepEqual(
    datesOf(event(...yearly), event('RECURRENCE-ID;VALUE=DATE:20261225', 'DTSTART;VALUE=DATE:20261228')),
    ['2024-12-25', '2025-12-25', '2026-12-28', '2027-12-25'],
  )
  assert.deepEqual(
    datesOf(event(...yearly), event('RECURRENCE-ID:20261225', 'DTSTART:20261225', 'STATUS:CANCELLED')),
    ['2024-12-25', '2025-12-25', '2027-12-25'],
  )
  assert.deepEqual(datesOf(event(...yearly, 'STATUS:CANCELLED')), [])
  assert.deepEqual(datesOf(event(...yearly, 'EXDATE;VALUE=DATE:20251225,20271225')), [
    '2024-12-25',
    '2026-12-25',
  ])
})

test('days that are listed join the first one, which needs no rule', () => {
  assert.deepEqual(datesOf(event('DTSTART:20260501', 'RDATE;VALUE=DATE:20260601,20260701')), [
    '2026-05-01',
    '2026-06-01',
    '2026-07-01',
  ])
})

test('repetitions are those of RFC 5545, however long ago they began', () => {
  const first = (rule: string, from = '20240229') =>
    datesOf(event(`DTSTART;VALUE=DATE:${from}`, `RRULE:${rule}`)).slice(0, 4)
  assert.deepEqual(first('FREQ=YEARLY'), ['2024-02-29', '2028-02-29'])
  assert.deepEqual(first('FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '20250512'), [
    '2025-05-12',
    '2026-05-11',
    '2027-05-17',
    '2028-05-15',
  ])
  assert.deepEqual(first('FREQ=YEARLY;BYWEEKNO=20', '20250512'), [
    '2025-05-12',
    '2026-05-11',
    '2027-05-17',
    '2028-05-15',
  ])
  assert.deepEqual(first('FREQ=YEARLY;BYDAY=20MO', '20250519'), [
    '2025-05-19',
    '2026-05-18',
    '2027-05-17',
    '2028-05-15',
  ])
  assert.deepEqual(first('FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4', '20251127'), [
    '2025-11-27',
    '2026-11-26',
    '2027-11-25',
    '2028-11-23',
  ])
  const weekly = datesOf(event('DTSTART;VALUE=DATE:19800104', 'RRULE:FREQ=WEEKLY'))
  assert.ok(weekly.includes('2026-06-05') && weekly.length > 300)
  const everyThird = datesOf(event('DTSTART;VALUE=DATE:19800104', 'RRULE:FREQ=WEEKLY;INTERVAL=3'))
  const weeks = everyThird
    .slice(1)
    .map((day) => (Date.parse(day) - Date.parse('1980-01-04')) / (7 * 86_400_000))
  assert.ok(weeks.length > 100 && weeks.every((week) => week % 3 === 0))
  assert.deepEqual(datesOf(event('DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=MINUTELY')), [])
})

test('midnight to midnight is a whole day, as Outlook writes it; a length counts from its date', () => {
  const zoned = ['DTSTART;TZID=Europe/Vienna:20261225T000000', 'DTEND;TZID=Europe/Vienna:20261227T000000']
  assert.deepEqual(datesOf(event('X-MICROSOFT-CDO-ALLDAYEVENT:TRUE', ...zoned)), ['2026-12-25', '2026-12-26'])
  assert.deepEqual(datesOf(event(...zoned)), ['2026-12-25', '2026-12-26'])
  assert.deepEqual(datesOf(event('DTSTART;VALUE=DATE:20260501', 'DURATION:PT24H')), ['2026-05-01'])
  assert.deepEqual(datesOf(event('DTSTART;VALUE=DATE:20260501', 'DURATION:P2D')), [
    '2026-05-01',
    '2026-05-02',
  ])
})

test('a place among the days of a month is counted in all of it, from its end, and once', () => {
  const days = (start: string, rule: string) =>
    datesOf(event(`DTSTART;VALUE=DATE:${start}`, `RRULE:FREQ=${rule}`)).slice(0, 4)
  // No month of four Fridays has a fifth from the end.
  const fifths = ['2026-01-02', '2026-05-01', '2026-07-03', '2026-10-02']
  assert.deepEqual(days('20260102', 'MONTHLY;BYDAY=-5FR'), fifths)
  assert.deepEqual(days('20260102', 'MONTHLY;BYDAY=FR;BYSETPOS=-5'), fifths)
  assert.deepEqual(days('20260105', 'YEARLY;BYMONTH=1,5;BYDAY=1MO;BYSETPOS=1,-2;COUNT=3'), [
    '2026-01-05',
    '2027-01-04',
    '2028-01-03',
  ])
  // Its first week began before the series, which counts only from its own first day.
  assert.deepEqual(days('20260605', 'WEEKLY;BYDAY=MO,FR,SU;BYSETPOS=-3,-1;UNTIL=20260622'), [
    '2026-06-05',
    '2026-06-07',
    '2026-06-08',
    '2026-06-14',
  ])
})

test('an event with a line that is none, or a rule of another calendar, keeps none of the others out', () => {
  const may = event('SUMMARY:May Day', 'DTSTART:20260501')
  const wrong = (...lines: string[]) => {
    const read = readIcs(file(event('SUMMARY:Wrong', 'DTSTART:20260129', ...lines), may), now)
    assert.ok('dates' in read)
    assert.deepEqual(read.left, [{ name: 'Wrong', reason: 'unreadable' }], lines[0])
    assert.deepEqual(read.dates, [{ date: '2026-05-01', name: 'May Day' }])
  }
  wrong('RRULE:FREQ=FORTNIGHTLY')
  wrong('no line of a calendar')
  // RFC 7529: the library would make a lunar year, and a day that is moved, one of ours.
  wrong('RRULE:RSCALE=CHINESE;FREQ=YEARLY')
  wrong('RRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD')
  assert.deepEqual(datesOf(event('DTSTART:20280229', 'RRULE:RSCALE=GREGORIAN;FREQ=YEARLY')), ['2028-02-29'])
})

test('a rule has no case, and a list is read on however many lines it stands', () => {
  assert.deepEqual(
    datesOf(
      event(
        'DTSTART:20260601',
        'RRULE:freq=yearly;byday=1',
        ' mo;bymonth=6',
        'EXDATE:20270607,',
        ' 20280605',
      ),
    ),
    ['2026-06-01'],
  )
})
