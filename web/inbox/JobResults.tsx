// What became of each ticket of a bulk change.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { ItemState, Job } from '../../src/api/contract/jobs.ts'
import { Modal } from '../parts/Modal.tsx'
import { number } from '../parts/time.ts'
import { jobItemsQuery } from '../wire/jobs.ts'
import { say, sayName } from '../words/say.ts'
import styles from './bulk.module.css'

const told = ['failed', 'skipped', 'unchanged'] as const satisfies ItemState[]

export function JobResults({ job, onClose }: { job: Job; onClose: () => void }) {
  return (
    <Modal title={say('job.results')} open onClose={onClose} shape="wide">
      <p className={styles['numbers']}>
        {(['done', ...told] as const)
          .map((state) => `${say(`itemState.${state}`)}: ${number(job.counts[state] ?? 0)}`)
          .join(' · ')}
      </p>
      <div className={styles['results']}>
        {told
          .filter((state) => (job.counts[state] ?? 0) > 0)
          .map((state) => (
            <Items key={state} jobId={job.id} state={state} />
          ))}
      </div>
    </Modal>
  )
}

function Items({ jobId, state }: { jobId: number; state: (typeof told)[number] }) {
  const { data } = useQuery(jobItemsQuery(jobId, state))
  return (
    <section>
      <h3>{say(`itemState.${state}`)}</h3>
      <ul>
        {data?.items.map(({ ticket, reason }) => (
          <li key={ticket.id}>
            <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticket.id) }}>
              #{ticket.id}
            </Link>
            <span className={styles['subject']}>{ticket.subject}</span>
            <span className={styles['reason']}>{reason === null ? '' : sayName('refusal', reason)}</span>
          </li>
        ))}
      </ul>
      {data?.nextCursor && <p className={styles['numbers']}>{say('job.more')}</p>}
    </section>
  )
}
