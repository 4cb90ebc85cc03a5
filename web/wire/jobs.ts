// Bulk changes: one change of many tickets that the server works through, watched from here.
import { queryOptions } from '@tanstack/react-query'

import type { Job, JobItem, NewBulk } from '../../src/api/contract/jobs.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { setDesk } from '../state/desk-state.ts'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { call, reasonOf } from './call.ts'
import { client } from './client.ts'
import { noteUndoable } from './undo.ts'

export const jobQuery = (id: number) =>
  queryOptions({
    queryKey: ['jobs', id],
    queryFn: () => call<Job>('GET', `/jobs/${id}`),
    // The feed tells of progress; this is for a feed that is away.
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 5_000 : false),
  })

export const jobItemsQuery = (id: number, state: JobItem['state']) =>
  queryOptions({
    queryKey: ['jobs', id, 'items', state],
    queryFn: () => call<Page<JobItem>>('GET', `/jobs/${id}/items`, { query: { state, limit: 100 } }),
  })

export async function startBulk(body: NewBulk): Promise<void> {
  const job = await begin(() => call<Job>('POST', '/tickets/bulk', { body }))
  if (job !== null) noteUndoable(say('undo.bulk', { count: job.total }), () => undoJob(job.id))
}

export async function undoJob(id: number): Promise<void> {
  await begin(() => call<Job>('POST', `/jobs/${id}/undo`))
}

async function begin(start: () => Promise<Job>): Promise<Job | null> {
  try {
    const job = await start()
    client.setQueryData(jobQuery(job.id).queryKey, job)
    setDesk({ jobId: job.id, selection: new Set(), everything: null })
    return job
  } catch (error) {
    notify({ kind: 'error', title: say('bulk.failed'), detail: reasonOf(error) })
    return null
  }
}

export async function cancelJob(id: number): Promise<void> {
  try {
    client.setQueryData(jobQuery(id).queryKey, await call<Job>('POST', `/jobs/${id}/cancel`))
  } catch (error) {
    notify({ kind: 'error', title: say('bulk.failed'), detail: reasonOf(error) })
  }
}
