// How a status, a priority, a person and a moment look everywhere. Never colour alone: icon and word, or icon and name.
import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  Clock,
  Lock,
  type LucideIcon,
} from 'lucide-react'

import type { Priority, Status } from '../../src/api/contract/tickets.ts'
import { say } from '../words/say.ts'
import styles from './marks.module.css'
import { ageOf, fullTime, useMinute } from './time.ts'

const statusIcons: Record<Status, LucideIcon> = {
  new: CircleDashed,
  open: CircleDot,
  pending: Clock,
  on_hold: CirclePause,
  resolved: CircleCheck,
  closed: Lock,
}

export function StatusMark({ status, bare = false }: { status: Status; bare?: boolean }) {
  const Icon = statusIcons[status] ?? Circle
  return (
    <span className={styles['status']} data-status={status}>
      <Icon size={14} aria-hidden />
      <span className={bare ? 'unseen' : undefined}>{say(`status.${status}`)}</span>
    </span>
  )
}

const bars: Record<Priority, number> = { low: 1, normal: 2, high: 3, urgent: 4 }

export function PriorityMark({ priority, bare = false }: { priority: Priority; bare?: boolean }) {
  return (
    <span className={styles['priority']} data-priority={priority} title={say(`priority.${priority}`)}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <rect
            key={bar}
            x={bar * 3 - 2.25}
            y={12 - bar * 2.5}
            width="2"
            height={bar * 2.5}
            rx="0.6"
            fill="currentColor"
            opacity={bar <= bars[priority] ? 1 : 0.25}
          />
        ))}
      </svg>
      <span className={bare ? 'unseen' : undefined}>{say(`priority.${priority}`)}</span>
    </span>
  )
}

export function Avatar({ name, size = 24 }: { name: string; size?: 20 | 24 | 32 }) {
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
  return (
    <span className={styles['avatar']} data-size={size} aria-hidden>
      {letters || '–'}
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

export function Tag({ name }: { name: string }) {
  return <span className={styles['tag']}>{name}</span>
}
