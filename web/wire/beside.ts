// What lies beside a ticket: checklist, similar tickets, incidents.
import { queryOptions } from '@tanstack/react-query'

import type {
  ChecklistItem,
  Incident,
  ResolvedIncidents,
  SimilarTicket,
} from '../../src/api/contract/beside.ts'
import type { DuplicatePage } from '../../src/api/contract/desk.ts'
import type { HoldList } from '../../src/api/contract/privacy.ts'
import type { TicketSurvey } from '../../src/api/contract/surveys.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { askAside, call, reasonOf } from './call.ts'
import { client } from './client.ts'
import { stateKey } from './state-key.ts'

type Checklist = Page<ChecklistItem>

export const checklistQuery = (id: number) =>
  queryOptions({
    queryKey: ['checklist', id],
    queryFn: askAside<Checklist>(`/tickets/${id}/checklist`),
  })

export const similarQuery = (id: number) =>
  queryOptions({
    queryKey: ['similar', id],
    queryFn: askAside<Page<SimilarTicket>>(`/tickets/${id}/similar`),
  })

/** Who may be one with a person. */
export const duplicatesQuery = (personId: number) =>
  queryOptions({
    queryKey: ['duplicates', personId],
    queryFn: askAside<DuplicatePage>(`/people/${personId}/duplicates`),
  })

/** What keeps a ticket from being erased. */
export const holdsQuery = (id: number) =>
  queryOptions({ queryKey: ['holds', 'tickets', id], queryFn: askAside<HoldList>(`/tickets/${id}/holds`) })

/** What the customer said of each resolve; a rating comes with an event, and so with another `seq`. */
export const surveysQuery = (id: number, seq: number) =>
  queryOptions({
    ...stateKey<Page<TicketSurvey>>('surveys', id, seq),
    queryFn: askAside<Page<TicketSurvey>>(`/tickets/${id}/surveys`),
  })

export const incidentsQuery = (id: number) =>
  queryOptions({
    queryKey: ['incidents', id],
    queryFn: () => call<Page<Incident>>('GET', `/tickets/${id}/incidents`),
    gcTime: 0,
  })

/** Changes the checklist; the server answers the whole of it. */
export async function changeChecklist(
  id: number,
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<void> {
  try {
    const list = await call<Checklist>(
      method,
      `/tickets/${id}/checklist${path}`,
      body === undefined ? {} : { body },
    )
    client.setQueryData(checklistQuery(id).queryKey, list)
  } catch (error) {
    notify({ kind: 'error', title: say('checklist.failed'), detail: reasonOf(error) })
  }
}

export function resolveIncidents(id: number, ticketIds: number[], body: string): Promise<ResolvedIncidents> {
  return call<ResolvedIncidents>('POST', `/tickets/${id}/incidents/resolve`, {
    body: { ticketIds, ...(body === '' ? {} : { body }) },
  })
}
