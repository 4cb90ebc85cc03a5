// The bulk change that runs or has just run: how far it is, stop, what became of each ticket, take it all back.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'

import type { Job } from '../../src/api/contract/jobs.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { setDesk, useDesk } from '../state/desk-state.ts'
import { number } from '../parts/time.ts'
import { cancelJob, jobQuery, undoJob } from '../wire/jobs.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import styles from './bulk.module.css'
import { JobResults } from './lazy.ts'

export function JobBar() {
  const jobId = useDesk((state) => state.jobId)
  return jobId === null ? null : <WatchedJob key={jobId} id={jobId} onClose={close} />
}

const close = () => setDesk({ jobId: null })

/** One job, with what can be done about it. */
export function WatchedJob({ id, onClose }: { id: number; onClose: () => void }) {
  const { data: job } = useQuery(jobQuery(id))
  const [open, setOpen] = useState(false)
  const state = job?.state
  useEffect(() => {
    // What the job changed is on the screen already where the feed told of it; what it skipped of news is read now.
    if (state === 'done' || state === 'cancelled') void client.invalidateQueries({ queryKey: ['ticket'] })
  }, [state])
  if (!job) return null
  const running = job.state === 'running'
  const settled = job.total - (job.counts.waiting ?? 0)
  return (
    <section className={styles['bulk']} aria-label={say('job.name')}>
      <p className={styles['count']} role="status">
        <span>{titleOf(job, settled)}</span>
      </p>
      {running && (
        <progress className={styles['bar']} value={settled} max={job.total} aria-label={say('job.name')} />
      )}
      <div className={styles['actions']}>
        {running ? (
          <Button onClick={() => void cancelJob(id)}>{say('action.stop')}</Button>
        ) : (
          <>
            <Button onClick={() => setOpen(true)}>{say('job.results')}</Button>
            {job.undoUntil !== null && <Button onClick={() => void undoJob(id)}>{say('action.undo')}</Button>}
            <IconButton label={say('action.dismiss')} onClick={onClose}>
              <X size={14} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {open && <JobResults job={job} onClose={() => setOpen(false)} />}
    </section>
  )
}

function titleOf(job: Job, settled: number): string {
  if (job.state === 'running')
    return say(job.change === null ? 'job.undoing' : 'job.running', {
      done: number(settled),
      total: number(job.total),
    })
  const { done = 0, skipped = 0, failed = 0 } = job.counts
  const left = skipped + failed
  const word = job.change === null ? 'job.undone' : 'job.done'
  const text = say(word, { count: done, shown: number(done) })
  return left > 0 ? `${text} ${say('job.left', { count: left, shown: number(left) })}` : text
}
