// What the pages of agreements ask the server, and what they share.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { Page } from '../../../src/api/contract/shapes.ts'
import type { Calendar, Hours, NewPolicy, Policy } from '../../../src/api/contract/sla.ts'
import { priorities } from '../../../src/tickets/vocabulary.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'

/** As pages of agreements show them: the most urgent first. */
export const PRIORITIES = priorities.toReversed()

/** A target of a policy as it is being edited: lengths by priority as they were typed. */
export type Row = {
  readonly metric: NewPolicy['targets'][number]['metric']
  readonly seconds: Readonly<Record<(typeof PRIORITIES)[number], string>>
  readonly calendar: string
  readonly warnAt: string
}

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: () => call<Page<Calendar>>('GET', '/calendars'),
})
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: () => call<Page<Policy>>('GET', '/policies'),
})

export const useCalendars = (): Calendar[] => useQuery(calendarsQuery).data?.items ?? []

/** After a publication everything about agreements is read again. */
export function forgetAgreements(): void {
  for (const key of ['calendars', 'policies', 'recompute']) void client.invalidateQueries({ queryKey: [key] })
}

/** The hours in force: of the newest version. */
export function hoursOf(calendar: Calendar): Hours {
  return calendar.versions.at(-1)?.hours ?? { timeZone: 'UTC', weekly: {}, holidays: [], exceptions: {} }
}
