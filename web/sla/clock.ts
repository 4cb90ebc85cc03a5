// Which clock of a ticket matters now, and how it reads: text, tone and the full sentence behind it.
import type { Clock } from '../../src/api/contract/tickets.ts'
import { dayAndTime } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'

export type Tone = 'calm' | 'info' | 'warn' | 'late' | 'paused' | 'met' | 'off'
export type Shown = { readonly tone: Tone; readonly text: string; readonly title: string }

/** A metric in words; a custom clock by its key. */
export function metricName(metric: string): string {
  return metric.startsWith('custom:')
    ? metric.slice('custom:'.length).replaceAll('_', ' ')
    : sayName('metric', metric)
}

/** The running clock that is due first; else one that is paused; null when none is live. */
export function mostUrgent(clocks: readonly Clock[]): Clock | null {
  const live = clocks.filter(({ state }) => state === 'running' || state === 'paused')
  const rank = ({ state, dueAt }: Clock) =>
    state === 'running' && dueAt !== null ? Date.parse(dueAt) : Number.MAX_SAFE_INTEGER
  return live.toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

/** How a clock reads at `now`. */
export function showClock(clock: Clock, now: number): Shown {
  const metric = metricName(clock.metric)
  switch (clock.state) {
    case 'paused':
      return { tone: 'paused', text: say('clock.paused'), title: say('clock.pausedTitle', { metric }) }
    case 'met':
      return { tone: 'met', text: say('clock.met'), title: say('clock.metTitle', { metric }) }
    case 'missed':
      return { tone: 'late', text: say('clock.missed'), title: say('clock.missedTitle', { metric }) }
    case 'cancelled':
      return { tone: 'off', text: say('clock.cancelled'), title: say('clock.cancelledTitle', { metric }) }
    default:
      return running(clock, metric, now)
  }
}

function running({ dueAt, breachedAt, targetSeconds }: Clock, metric: string, now: number): Shown {
  if (dueAt === null)
    return { tone: 'calm', text: say('clock.never'), title: say('clock.neverTitle', { metric }) }
  const left = Date.parse(dueAt) - now
  const title = say('clock.dueTitle', { metric, at: dayAndTime(dueAt) })
  if (breachedAt !== null || left < 0)
    return { tone: 'late', text: say('clock.late', { time: lengthOf(-left) }), title }
  const share = left / (targetSeconds * 1000)
  const tone = share <= 0.2 ? 'warn' : share <= 0.5 ? 'info' : 'calm'
  return { tone, text: lengthOf(left), title }
}

/** A length as it is counted: in hours that are open, of which no number makes a day, or by the clock on the wall. */
export function countedLength(seconds: number, isOpenHours: boolean): string {
  if (!isOpenHours || seconds < 86_400) return lengthOf(seconds * 1000)
  return say('length.openHours', { count: Math.round(seconds / 3_600) })
}

/** A length in its two largest units: "2d 3h", "1h 05m", "12m". */
export function lengthOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days > 0) return hours > 0 ? say('length.dh', { d: days, h: hours }) : say('length.d', { d: days })
  if (hours > 0) return rest > 0 ? say('length.hm', { h: hours, m: rest }) : say('length.h', { h: hours })
  return say('length.m', { m: rest })
}
