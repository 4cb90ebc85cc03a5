// Numbers of reports in words.
import type { Report } from '../../src/api/contract/reports.ts'
import { finePercent, number } from '../parts/time.ts'
import { locales } from '../words/language.ts'

const unit = (name: 'minute' | 'hour' | 'day', digits: number) =>
  new Intl.NumberFormat(locales, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  })
const [minutes, hours, manyHours, days] = [
  unit('minute', 0),
  unit('hour', 1),
  unit('hour', 0),
  unit('day', 0),
]

/** Working time is told in hours, however long: a day of it means something else to everybody. */
export function duration(seconds: number, kind: Report['hours']): string {
  if (seconds < 5_400) return minutes.format(Math.round(seconds / 60))
  if (seconds < 172_800) return hours.format(seconds / 3_600)
  return kind === 'wall' ? days.format(Math.round(seconds / 86_400)) : manyHours.format(seconds / 3_600)
}

/** The value of a report, or of a row of it, in its unit; a dash where there is none. */
export function valueOf(
  { unit: kind, hours: time }: Pick<Report, 'unit' | 'hours'>,
  value: number | null,
): string {
  if (value === null) return '–'
  if (kind === 'count') return number(value)
  return kind === 'share' ? finePercent(value) : duration(value, time)
}

const dayAndMonth = (zone: string) =>
  new Intl.DateTimeFormat(locales, { day: 'numeric', month: 'short', timeZone: zone })
const monthAndYear = (zone: string) =>
  new Intl.DateTimeFormat(locales, { month: 'short', year: 'numeric', timeZone: zone })
const whole = (zone: string) =>
  new Intl.DateTimeFormat(locales, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  })

/** When a bucket begins: short for an axis, whole for a sentence. */
export function momentOf(
  at: string,
  { bucket, zone }: Pick<Report, 'bucket' | 'zone'>,
  isShort: boolean,
): string {
  const format = bucket === 'month' ? monthAndYear : isShort ? dayAndMonth : whole
  return format(zone).format(new Date(at))
}
