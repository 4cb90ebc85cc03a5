// Days and spans as people write them: `2026-01-01`, `today`, `-7d`, `4h`. Resolved against a moment and a zone.
import { offsetAt, opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'

/** From the first instant to the one after the last; a relative moment has no length. */
export type Period = { readonly from: Instant; readonly to: Instant; readonly isRelative: boolean }

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** Seconds of `4h`, `30m`, `2d`, `1w`; null when it is no duration. */
export function secondsOf(text: string): number | null {
  const found = /^(\d{1,7})([smhdw])$/.exec(text)
  const unit = SECONDS[found?.[2] ?? '']
  return found === null || unit === undefined ? null : Number(found[1]) * unit
}

/** `4h` for 14,400: the largest unit that says it exactly. */
export function durationText(seconds: number): string {
  for (const unit of ['w', 'd', 'h', 'm'] as const) {
    const length = SECONDS[unit] ?? 1
    if (seconds >= length && seconds % length === 0) return `${seconds / length}${unit}`
  }
  return `${seconds}s`
}

/** The period that a text means: a day in `zone`, an instant, or some time ago; null when it means none. */
export function periodOf(text: string, now: Instant, zone: string): Period | null {
  const ago = text.startsWith('-') ? secondsOf(text.slice(1)) : null
  if (ago !== null) return pointAt(Date.parse(now) - ago * 1000, true)
  if (text === 'now') return pointAt(Date.parse(now), true)
  const day = text === 'today' ? dayIn(zone, Date.parse(now)) : readDay(text)
  if (day !== null) {
    const from = opensAt(zone, day)
    return { from: instant(from), to: instant(opensAt(zone, day + DAY_MS)), isRelative: false }
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : pointAt(at, false)
}

function pointAt(ms: number, isRelative: boolean): Period | null {
  if (Math.abs(ms) > 8e15) return null
  return { from: instant(ms), to: instant(ms), isRelative }
}

const DAY_MS = 86_400_000

/** A calendar day as milliseconds at its midnight in UTC. */
function readDay(text: string): number | null {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return null
  const ms = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(ms) || !instant(ms).startsWith(text) ? null : ms
}

function dayIn(zone: string, ms: number): number {
  return Math.floor((ms + offsetAt(zone, ms)) / DAY_MS) * DAY_MS
}

/** 1 for Monday to 7 for Sunday, on the wall of a zone. */
export function weekdayOf(at: Instant, zone: string): number {
  const day = dayIn(zone, Date.parse(at)) / DAY_MS
  return ((day + 3) % 7) + 1
}

/** The first calendar day that begins at or after an instant. */
export function firstDayFrom(at: Instant, zone: string): string {
  const ms = Date.parse(at)
  const day = dayIn(zone, ms)
  return instant(opensAt(zone, day) >= ms ? day : day + DAY_MS).slice(0, 10)
}
