// In the rail when a shift is about to end: how many tickets should not wait, and the way to hand them over.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'

import { clockTime, useMinute } from '../parts/time.ts'
import rail from '../shell/rail.module.css'
import { useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './routing.module.css'
import { handoverQuery, useStaff } from './wire.ts'

const SHOWN_MS = 15 * 60_000

export function Leaving() {
  const me = useMe()
  const now = useMinute()
  const endsAt = useStaff().find(({ id }) => id === me.id)?.shiftEndsAt ?? null
  const left = endsAt === null ? Infinity : Date.parse(endsAt) - now
  const leaves = left > 0 && left <= SHOWN_MS
  const { data } = useQuery({ ...handoverQuery(me.id, 1), enabled: leaves })
  if (!leaves || endsAt === null || data === undefined || data.urgent === 0) return null
  const title = say('handover.leaving', { at: clockTime(endsAt), count: data.urgent })
  return (
    <Link to="/queues/handover" className={rail['place']} title={title}>
      <LogOut size={18} aria-hidden />
      <span className={styles['stuck']}>{data.urgent}</span>
      <span className="unseen">{title}</span>
    </Link>
  )
}
