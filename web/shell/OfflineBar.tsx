// Says that the server is out of reach, how many changes wait, and that nothing typed is lost.
import { useEffect } from 'react'

import { useStore } from '../state/store.ts'
import { say } from '../words/say.ts'
import { connection } from '../wire/live.ts'
import { pending } from '../wire/tickets.ts'
import styles from './shell.module.css'

export function OfflineBar() {
  const state = useStore(connection, (value) => value)
  const waiting = useStore(pending, (map) =>
    [...map.values()].reduce((sum, changes) => sum + changes.length, 0),
  )
  const losing = waiting > 0 && state === 'offline'
  useEffect(() => {
    if (!losing) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [losing])
  return (
    <div role="status" className={state === 'offline' ? styles['offline'] : 'unseen'}>
      {state === 'offline' ? say('offline', { count: waiting }) : ''}
    </div>
  )
}
