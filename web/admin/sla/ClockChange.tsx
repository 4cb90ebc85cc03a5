// What the next change of the clocks does to these hours.
import type { Hours } from '../../../src/api/contract/sla.ts'
import { say } from '../../words/say.ts'
import { useMinute } from '../../parts/time.ts'
import { locales } from '../../words/language.ts'
import { writeLength } from './length.ts'
import styles from './sla.module.css'
import { nextSwitch, shiftAt } from './switches.ts'

export function ClockChange({ hours }: { hours: Extract<Hours, { weekly: unknown }> }) {
  const change = nextSwitch(hours.timeZone, useMinute())
  if (change === null) return null
  const day = new Intl.DateTimeFormat(locales, { dateStyle: 'full', timeZone: hours.timeZone }).format(
    change.at,
  )
  const minutes = shiftAt(hours, change)
  const moved = say(change.to > change.from ? 'calendars.clockForward' : 'calendars.clockBack', {
    day,
    from: clock(change.from),
    to: clock(change.to),
  })
  const effect =
    minutes === 0 ? 'calendars.clockNone' : minutes < 0 ? 'calendars.clockShort' : 'calendars.clockLong'
  return (
    <p className={styles['clockChange']}>
      {moved} {say(effect, { length: writeLength(Math.abs(minutes) * 60) })}
    </p>
  )
}

function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
