// The promise of a ticket in a few letters: how long until something is due, late, or paused. Icon, word and colour.
import type { Clock } from '../../src/api/contract/tickets.ts'
import { glyphs } from '../parts/glyphs.ts'
import { Glyph } from '../parts/Marks.tsx'
import { useMinute } from '../parts/time.ts'
import styles from './clock.module.css'
import { mostUrgent, showClock, type Tone } from './clock.ts'

const icons: Record<Tone, string> = {
  calm: glyphs.clock,
  info: glyphs.clock,
  warn: glyphs.timer,
  late: glyphs.warning,
  paused: glyphs.pause,
  met: glyphs.check,
  off: glyphs.minus,
}

/** The badge of the clock that is due first; nothing for tickets without a promise. */
export function ClockBadge({ clocks, said }: { clocks: readonly Clock[]; said?: boolean | undefined }) {
  const clock = mostUrgent(clocks)
  return clock === null ? null : <ClockMark clock={clock} said={said} />
}

/** `said`: what is round it tells its meaning already. */
export function ClockMark({ clock, said = false }: { clock: Clock; said?: boolean | undefined }) {
  const now = useMinute()
  const { tone, text, title } = showClock(clock, now)
  return (
    <span className={styles['badge']} data-tone={tone} title={title}>
      <Glyph d={icons[tone]} size={12} />
      {said ? text : <span aria-hidden>{text}</span>}
      {!said && <span className="unseen">{title}</span>}
    </span>
  )
}
