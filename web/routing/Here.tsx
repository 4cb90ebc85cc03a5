// In the rail: the queues, and whether this person takes work now. Nothing of it shows on a desk without queues.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Layers } from 'lucide-react'

import rail from '../shell/rail.module.css'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { Leaving } from './Leaving.tsx'
import { Offers } from './Offers.tsx'
import styles from './routing.module.css'
import { Switch } from './Switch.tsx'
import { boardQuery, useQueues } from './wire.ts'

export function Here() {
  const queues = useQueues()
  const mayWork = useMay('ticket.update')
  if (queues.length === 0) return null
  return (
    <>
      <BoardLink />
      {mayWork && <Switch className={rail['place']} />}
      {mayWork && <Leaving />}
      {mayWork && <Offers />}
    </>
  )
}

/** Leads see at once that something waits which nobody can take. */
function BoardLink() {
  const isLead = useMay('routing.lead')
  const { data } = useQuery({ ...boardQuery, enabled: isLead })
  const stuck = data?.queues.reduce((sum, { unroutable }) => sum + unroutable, 0) ?? 0
  return (
    <Link to="/queues" className={rail['place']} title={say('routing.board')}>
      <Layers size={18} aria-hidden />
      {stuck > 0 && <span className={styles['stuck']}>{stuck}</span>}
      <span className="unseen">
        {say('routing.board')}
        {stuck > 0 && `, ${say('routing.stuck', { count: stuck })}`}
      </span>
    </Link>
  )
}

/** Where there is no rail: the way to the queues, from a person's own page. */
export function ToQueues() {
  return useQueues().length === 0 ? null : <Link to="/queues">{say('routing.board')}</Link>
}
