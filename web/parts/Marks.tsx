// How a status, a priority, a person and a moment look everywhere. Never colour alone: icon and word, or icon and name.
import type { Priority, Status } from '../../src/api/contract/tickets.ts'
import { say } from '../words/say.ts'
import { glyphs } from './glyphs.ts'
import { faces } from '../state/faces.ts'
import { useStore } from '../state/store.ts'
import styles from './marks.module.css'
import { ageOf, fullTime, useMinute } from './time.ts'

const statusGlyphs: Record<Status, string> = {
  new: glyphs.ring,
  open: glyphs.dot,
  pending: glyphs.clock,
  on_hold: glyphs.hold,
  resolved: glyphs.check,
  closed: glyphs.lock,
}

type GlyphProps = { d: string; size?: number; name?: string; className?: string | undefined; status?: Status }

/** An icon of one path, so that a list of many stays light. With a name it speaks for itself, else it is mere picture. */
export function Glyph({ d, size = 14, name, className = '', status }: GlyphProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      className={`${styles['glyph']} ${className}`}
      data-status={status}
      {...(name === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
    >
      <path d={d} />
    </svg>
  )
}

export function StatusMark({ status, bare = false }: { status: Status; bare?: boolean }) {
  const name = say(`status.${status}`)
  const d = statusGlyphs[status]
  if (bare) return <Glyph d={d} status={status} name={name} className={styles['status']} />
  return (
    <span className={styles['status']} data-status={status}>
      <Glyph d={d} status={status} />
      {name}
    </span>
  )
}

const bars: Record<Priority, number> = { low: 1, normal: 2, high: 3, urgent: 4 }
const barsFrom = (first: number, last: number): string =>
  [1, 2, 3, 4]
    .filter((bar) => bar > first && bar <= last)
    .map((bar) => `M${bar * 3 - 2.25} 12v${-bar * 2.5}h2v${bar * 2.5}z`)
    .join('')

export function PriorityMark({ priority, bare = false }: { priority: Priority; bare?: boolean }) {
  const name = say(`priority.${priority}`)
  const picture = (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="currentColor"
      {...(bare
        ? { role: 'img', 'aria-label': name, className: styles['priority'], 'data-priority': priority }
        : { 'aria-hidden': true })}
    >
      <path d={barsFrom(0, bars[priority])} />
      {priority !== 'urgent' && <path d={barsFrom(bars[priority], 4)} opacity={0.25} />}
    </svg>
  )
  if (bare) return picture
  return (
    <span className={styles['priority']} data-priority={priority}>
      {picture}
      {name}
    </span>
  )
}

type AvatarProps = { name: string; of?: number | undefined; size?: 20 | 24 | 32 | 64; says?: string }

/** A person's picture, where `of` is an agent who has one, else their initials; with `says` it speaks, else the name stands beside it. */
export function Avatar({ name, of, size = 24, says }: AvatarProps) {
  const face = useStore(faces, (map) => (of === undefined ? undefined : map.get(of)))
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
  return (
    <span
      className={styles['avatar']}
      data-size={size}
      {...(says === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': says, title: says })}
    >
      {face === undefined ? letters || '–' : <img src={face} alt="" loading="lazy" />}
    </span>
  )
}

/** Relative under 7 days, then the date; the title is the full time with its zone. */
export function Age({ at, bare = false }: { at: string; bare?: boolean }) {
  const now = useMinute()
  return (
    <time dateTime={at} title={fullTime(at)}>
      {ageOf(at, now, bare)}
    </time>
  )
}

export function Tag({ name, className = '' }: { name: string; className?: string | undefined }) {
  return <span className={`${styles['tag']} ${className}`}>{name}</span>
}
