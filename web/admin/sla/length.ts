// Lengths of time and hours of days as they are typed: "1h 30m", "2d", "09:00-12:00, 13:00-17:30".

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const units: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 }

/** Seconds of "1h 30m"; null for nothing, undefined for what is no length. */
export function readLength(text: string): number | null | undefined {
  const trimmed = text.trim().toLowerCase()
  if (trimmed === '' || trimmed === '–' || trimmed === '-') return null
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([dhms])/g)]
  if (
    parts.length === 0 ||
    parts.map(([all]) => all).join('').length !== trimmed.replaceAll(/\s+(?![dhms])/g, '').length
  )
    return undefined
  return Math.round(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0))
}

/** "1h 30m" for 5400; "" for null. Hours stay hours: a day of a calendar has as many as are open. */
export function writeLength(seconds: number | null): string {
  if (seconds === null) return ''
  let left = seconds
  const parts = Object.entries(units).flatMap(([unit, size]) => {
    if (unit === 'd') return []
    const count = Math.floor(left / size)
    left -= count * size
    return count > 0 ? [`${count}${unit}`] : []
  })
  return parts.join(' ')
}

export type Interval = [string, string]

/** Intervals of "09:00-12:00, 13:00-17:30"; undefined for what does not read. */
export function readHours(text: string): Interval[] | undefined {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const read = parts.map((part) => /^(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?$/.exec(part))
  if (read.some((match) => match === null)) return undefined
  return read.map((match): Interval => {
    const [, from = '', fromMinutes = '00', to = '', toMinutes = '00'] = match ?? []
    return [`${from.padStart(2, '0')}:${fromMinutes}`, `${to.padStart(2, '0')}:${toMinutes}`]
  })
}

export function writeHours(hours: readonly (readonly [string, string])[]): string {
  return hours.map(([from, to]) => `${from}-${to}`).join(', ')
}

/** Minutes since midnight. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
