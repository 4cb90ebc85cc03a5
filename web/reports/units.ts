// Numbers of reports in words.
import type { Report } from '../../src/api/contract/reports.ts'
import { durationsIn } from '../../src/reporting/spoken.ts'
import { finePercent, number } from '../parts/time.ts'
import { locales } from '../words/language.ts'
import { say, sayName, sayValue } from '../words/say.ts'

export const duration = durationsIn(locales)

/** The value of a report, or of a row of it, in its unit; a dash where there is none. */
export function valueOf(
  { unit: kind, hours: time }: Pick<Report, 'unit' | 'hours'>,
  value: number | null,
): string {
  if (value === null) return '–'
  if (kind === 'count') return number(value)
  return kind === 'share' ? finePercent(value) : duration(value, time)
}

const shortDay = new Intl.DateTimeFormat(locales, { weekday: 'short', timeZone: 'UTC' })
/** The day of the week, from 0 for Monday. */
export const weekday = (day: number) => shortDay.format(Date.UTC(2024, 0, 1 + day))

/** What a group of a field is called: bands and causes are words of ours, an hour of the day is a time. */
export function groupName(by: string, group: string): string {
  if (by === 'reason') return sayName('reason', group)
  if (by === 'weekhour')
    return `${weekday(Math.floor(Number(group) / 24))} ${groupName('hour', String(Number(group) % 24))}`
  if (by === 'age') return sayName('ageBand', group)
  if (by === 'cause') return sayName('breachCause', group)
  return by === 'hour' ? `${group.padStart(2, '0')}:00` : sayValue(by, group)
}

const signed = new Intl.NumberFormat(locales, { signDisplay: 'exceptZero', maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat(locales, { signDisplay: 'exceptZero', maximumFractionDigits: 1 })

/** By how much a value changed, with its sign; a share by points of a hundred. */
export function changeOf({ unit: kind, hours: time }: Pick<Report, 'unit' | 'hours'>, value: number): string {
  if (kind === 'count') return signed.format(value)
  if (kind === 'share') return say('reports.points', { points: tenths.format(value * 100) })
  return `${value > 0 ? '+' : ''}${duration(value, time)}`
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
