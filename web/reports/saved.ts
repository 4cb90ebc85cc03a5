// Saved reports, as the server keeps them.
import { queryOptions } from '@tanstack/react-query'

import type { NewSavedReport, NewSchedule, SavedReport } from '../../src/api/contract/saved.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'

export const savedQuery = queryOptions({
  queryKey: ['savedReports'],
  queryFn: async () => (await call<Page<SavedReport>>('GET', '/reports/saved')).items,
})

async function after<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const found = await answer
  await client.invalidateQueries({ queryKey: savedQuery.queryKey })
  return found
}

export const keepReport = (id: number | null, body: NewSavedReport) =>
  after(
    id === null
      ? call<SavedReport>('POST', '/reports/saved', { body })
      : call<SavedReport>('PATCH', `/reports/saved/${id}`, { body }),
  )
export const deleteReport = (id: number) => after(call('DELETE', `/reports/saved/${id}`))
export const putSchedule = (id: number, body: NewSchedule) =>
  after(call<SavedReport>('PUT', `/reports/saved/${id}/schedule`, { body }))
export const endSchedule = (id: number) => after(call('DELETE', `/reports/saved/${id}/schedule`))
export const leaveSchedule = (id: number) => after(call('DELETE', `/reports/saved/${id}/schedule/me`))
export const mailNow = (id: number) => call('POST', `/reports/saved/${id}/mail`)

/** So that its mails go on; nothing waits for it. */
export function noteOpened(id: number): void {
  void call('POST', `/reports/saved/${id}/opened`).catch(() => undefined)
}
