// Moments in words, by Intl. One timer for the whole app ticks each minute.
import { locales } from '../words/language.ts'
import { say } from '../words/say.ts'
import { createStore, useStore } from '../state/store.ts'

const minute = createStore(Date.now())
setInterval(() => minute.set(Date.now()), 60_000)

export function useMinute(): number {
  return useStore(minute, (now) => now)
}

const day = new Intl.DateTimeFormat(locales, { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat(locales, { day: 'numeric', month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat(locales, { dateStyle: 'full', timeStyle: 'long' })
const clock = new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(locales, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

export const fullTime = (at: string): string => full.format(new Date(at))
export const clockTime = (at: string): string => clock.format(new Date(at))
/** A day with its year, for what may be long ago. */
export const wholeDay = (at: string): string => dayAndYear.format(new Date(at))
export const dayAndTime = (at: string): string => weekday.format(new Date(at))

/** "now", "4m", "3h", "2d" and then a date; `bare` leaves out "ago". */
export function ageOf(at: string, now: number, bare: boolean): string {
  const then = new Date(at)
  const minutes = Math.floor((now - then.getTime()) / 60_000)
  // Two clocks never quite agree, and the minute here may be a minute old.
  if (minutes < 1 && minutes >= -3) return say('age.now')
  if (minutes < 0) return dayAndTime(at)
  const [unit, n] =
    minutes < 60
      ? (['m', minutes] as const)
      : minutes < 1440
        ? (['h', Math.floor(minutes / 60)] as const)
        : (['d', Math.floor(minutes / 1440)] as const)
  if (unit === 'd' && n >= 7)
    return then.getFullYear() === new Date(now).getFullYear() ? day.format(then) : dayAndYear.format(then)
  return say(bare ? `age.${unit}` : `age.${unit}Ago`, { n })
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
export function sizeOf(bytes: number): string {
  const step = Math.min(sizes.length - 1, bytes > 0 ? Math.floor(Math.log(bytes) / Math.log(1000)) : 0)
  return new Intl.NumberFormat(locales, {
    style: 'unit',
    unit: sizes[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step)
}

const numbers = new Intl.NumberFormat(locales)
const shares = new Intl.NumberFormat(locales, { style: 'percent' })
/** A share of one. */
export const percent = (share: number): string => shares.format(share)
const fineShares = new Intl.NumberFormat(locales, { style: 'percent', maximumFractionDigits: 1 })
/** A share of one to a tenth of a percent, for what is near one. */
export const finePercent = (share: number): string => fineShares.format(share)
export const number = (value: number): string => numbers.format(value)
/** With so many digits after the sign that the language puts there. */
export const decimal = (value: number, digits: number): string =>
  value.toLocaleString(locales, { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** What the clock says in another zone; the zone's name where it is none that the browser knows. */
export function localTime(timeZone: string, now: number): string {
  try {
    const time = new Intl.DateTimeFormat(locales, { timeZone, hour: '2-digit', minute: '2-digit' })
    return say('requester.localTime', { time: time.format(now), zone: timeZone })
  } catch {
    return timeZone
  }
}

export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(locales, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
