// A week of working hours as seven bars of 24 hours.
import type { Hours } from '../../../src/api/contract/sla.ts'
import { locales } from '../../words/language.ts'
import { DAYS, minutesOf, writeHours } from './length.ts'
import styles from './sla.module.css'

type Weekly = Extract<Hours, { weekly: unknown }>['weekly']
const dayName = new Intl.DateTimeFormat(locales, { weekday: 'short', timeZone: 'UTC' })
/** 5 January 2026 was a Monday. */
export const nameOfDay = (index: number) => dayName.format(new Date(Date.UTC(2026, 0, 5 + index)))

export function Week({ weekly }: { weekly: Weekly }) {
  return (
    <ul className={styles['week']}>
      {DAYS.map((day, index) => {
        const hours = weekly[day] ?? []
        return (
          <li key={day} className={styles['day']}>
            <span className={styles['dayName']}>{nameOfDay(index)}</span>
            <svg viewBox="0 0 1440 12" preserveAspectRatio="none" className={styles['bar']} aria-hidden>
              {hours.map(([from, to]) => (
                <rect
                  key={from}
                  x={minutesOf(from)}
                  y="0"
                  width={Math.max(0, minutesOf(to) - minutesOf(from))}
                  height="12"
                  className={styles['open']}
                />
              ))}
            </svg>
            <span className={styles['dayHours']}>{writeHours(hours) || '–'}</span>
          </li>
        )
      })}
    </ul>
  )
}
