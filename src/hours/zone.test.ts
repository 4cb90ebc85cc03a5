// The wall clock of zones against Intl asked directly, by the rules of this year.
import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hourOfWeek, localDate, offsetAt, opensAt } from '#hours/zone.ts'

const HOUR = 3_600_000

test('laws of 2026: Alberta keeps summer time, Morocco leaves it in September', () => {
  const offset = (zone: string, at: string) => offsetAt(zone, Date.parse(at)) / HOUR
  equal(offset('America/Edmonton', '2026-02-01T12:00:00Z'), -7)
  equal(offset('America/Edmonton', '2026-12-01T12:00:00Z'), -6)
  equal(offset('America/Edmonton', '2027-02-01T12:00:00Z'), -6)
  equal(offset('Africa/Casablanca', '2026-07-01T12:00:00Z'), 1)
  equal(offset('Africa/Casablanca', '2026-12-01T12:00:00Z'), 0)
  equal(offset('Africa/Casablanca', '2027-07-01T12:00:00Z'), 0)
})

test('in every zone an hour of the week, a date and the begin of a day are what Intl shows', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const moments = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2036, 11) })
  const formats = new Map<string, Intl.DateTimeFormat>()
  const formatOf = (timeZone: string) => {
    const found =
      formats.get(timeZone) ??
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    formats.set(timeZone, found)
    return found
  }
  fc.assert(
    fc.property(fc.constantFrom(...zones), moments, (zone, at) => {
      const shown = formatOf(zone).format(at)
      const local = Date.parse(`${shown.replace(' ', 'T')}Z`)
      equal(localDate(zone, at), shown.slice(0, 10))
      const weekday = (new Date(local).getUTCDay() + 6) % 7
      equal(hourOfWeek(zone, at), weekday * 24 + new Date(local).getUTCHours())
      // A quarter of an hour of UTC lies within one hour of any wall.
      equal(hourOfWeek(zone, Math.floor(at / 900_000) * 900_000), hourOfWeek(zone, at))
      const begins = opensAt(zone, Date.parse(`${shown.slice(0, 10)}T00:00:00Z`))
      equal(begins <= at, true)
      equal(formatOf(zone).format(begins).slice(0, 10), shown.slice(0, 10))
      equal(
        formatOf(zone)
          .format(begins - 1000)
          .slice(0, 10) < shown.slice(0, 10),
        true,
      )
    }),
    { numRuns: 200 },
  )
})
