// The promise of a ticket in a few letters: how long until something is due, late, or paused. Icon, word and colour.
import { CircleCheck, Clock3, Pause, TriangleAlert, Timer } from 'lucide-react'

import type { Clock } from '../../src/api/contract/tickets.ts'
import { useMinute } from '../parts/time.ts'
import styles from './clock.module.css'
import { mostUrgent, showClock, type Tone } from './clock.ts'

const icons: Record<Tone, typeof Clock3> = {
  calm: Clock3,
  info: Clock3,
  warn: Timer,
  late: TriangleAlert,
  paused: Pause,
  met: CircleCheck,
}

/** The badge of the clock that is due first; nothing for tickets without a promise. */
export function ClockBadge({ clocks }: { clocks: readonly Clock[] }) {
  const clock = mostUrgent(clocks)
  return clock === null ? null : <ClockMark clock={clock} />
}

export function ClockMark({ clock }: { clock: Clock }) {
  const now = useMinute()
  const { tone, text, title } = showClock(clock, now)
  const Icon = icons[tone]
  return (
    <span className={styles['badge']} data-tone={tone} title={title}>
      <Icon size={12} aria-hidden />
      <span aria-hidden>{text}</span>
      <span className="unseen">{title}</span>
    </span>
  )
}
