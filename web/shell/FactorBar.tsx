// Says until when an account may go on without the second factor that its role needs.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ShieldAlert } from 'lucide-react'

import { dayAndTime } from '../parts/time.ts'
import { meQuery } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './shell.module.css'

export function FactorBar() {
  const { data: me } = useQuery(meQuery)
  return (
    <div role="status">
      {me?.factorDueAt && (
        <div className={styles['alert']}>
          <ShieldAlert size={16} aria-hidden />
          <p>
            <strong>{say('factor.due', { when: dayAndTime(me.factorDueAt) })}</strong>
          </p>
          <Link to="/me" hash="factors">
            {say('factor.add')}
          </Link>
        </div>
      )}
    </div>
  )
}
