// How far judging all open tickets again has come after a publication; gone when it is done.
import { useQuery } from '@tanstack/react-query'

import type { recompute } from '../../../src/api/contract/sla.ts'
import type { z } from 'zod'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from './sla.module.css'

type Answer = z.infer<typeof recompute>

export function Recompute() {
  const { data } = useQuery({
    queryKey: ['recompute'],
    queryFn: () => call<Answer>('GET', '/policies/recompute'),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ finishedAt }) => finishedAt === null) ? 500 : false,
  })
  const running = data?.items.find(({ finishedAt }) => finishedAt === null)
  if (running === undefined) return null
  return (
    <p className={styles['progress']} role="status">
      <progress value={running.done} max={Math.max(1, running.total)} aria-label={say('sla.recompute')} />
      {say('sla.recomputing', { done: running.done, total: running.total })}
    </p>
  )
}
