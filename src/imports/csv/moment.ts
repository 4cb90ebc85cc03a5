// Moments as the cells of tables write them. Pure.
import type { DateOrder } from '#imports/csv/targets.ts'
import { opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/
const TIME =
  /^(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?([AP]M)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i
const EARLIEST = Date.UTC(1971, 0)

/** The moment of a cell, by the order of its date and, where it names no offset, the wall clock of a zone; null for what is none. */
export function momentIn(cell: string, order: DateOrder, zone: string): Instant | null {
  const text = cell.trim()
  const date = (order === 'ymd' ? YEAR_FIRST : YEAR_LAST).exec(text)
  const time = date === null ? null : TIME.exec(text.slice(date[0].length))
  if (date === null || time === null) return null
  const [first, second, third] = date.slice(1).map(Number) as [number, number, number]
  const [year, month, day] =
    order === 'ymd'
      ? [first, second, third]
      : order === 'dmy'
        ? [third, second, first]
        : [third, first, second]
  const [, hours = '0', minutes = '0', seconds = '0', half, offset] = time
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
  const local = Date.UTC(year, month - 1, day, hour, Number(minutes), Number(seconds))
  const isReal =
    new Date(local).getUTCDate() === day &&
    month >= 1 &&
    month <= 12 &&
    hour < 24 &&
    Number(minutes) < 60 &&
    Number(seconds) < 60 &&
    (half === undefined || (Number(hours) >= 1 && Number(hours) <= 12))
  if (!isReal || local < EARLIEST) return null
  return instant(offset === undefined ? opensAt(zone, local) : local - offsetMs(offset))
}

function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}
