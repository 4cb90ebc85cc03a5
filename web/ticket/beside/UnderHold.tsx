// That a legal hold keeps a ticket: why, and who says so.
import { useQuery } from '@tanstack/react-query'
import { Scale } from 'lucide-react'

import { dayAndTime } from '../../parts/time.ts'
import { holdsQuery } from '../../wire/beside.ts'
import { say } from '../../words/say.ts'
import styles from './context.module.css'

export function UnderHold({ ticketId }: { ticketId: number }) {
  const { data } = useQuery(holdsQuery(ticketId))
  if (!data || data.items.length === 0) return null
  return (
    <ul className={styles['held']} aria-label={say('hold.title')}>
      {data.items.map(({ id, personId, name, reason, setBy, setAt }) => (
        <li key={id}>
          <Scale size={14} aria-hidden />
          <span>
            <strong>{personId === null ? say('hold.ofTicket') : say('hold.ofPerson', { name })}</strong>{' '}
            {reason}
            <span className={styles['muted']}>
              {' '}
              {say('hold.by', { name: setBy.name, when: dayAndTime(setAt) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
