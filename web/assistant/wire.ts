// What the assistant's screens ask the server. The first part of each key is what the change feed names.
import { queryOptions } from '@tanstack/react-query'

import type {
  AssistantOverview,
  AssistantRun,
  AssistantSettings,
  AssistantVersionDetail,
  TicketAssistant,
  TicketSummary,
} from '../../src/api/contract/assistant.ts'
import type { Ladder, LadderRow, Review, ReviewedAnswer } from '../../src/api/contract/ladder.ts'
import type { LookUp } from '../../src/api/contract/lookups.ts'
import type { ModelProvider } from '../../src/api/contract/models.ts'
import type { Proposal } from '../../src/api/contract/procedures.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import type { Rung } from '../../src/assistant/words.ts'
import { askAside, call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { stateKey } from '../wire/state-key.ts'

export type Verdict = NonNullable<AssistantRun['verdict']>

export const overviewQuery = queryOptions({
  queryKey: ['assistant'],
  queryFn: () => call<AssistantOverview>('GET', '/assistant'),
})

export const ticketAssistantQuery = (id: number, seq: number) =>
  queryOptions({
    ...stateKey<TicketAssistant>('runs', id, seq),
    queryFn: askAside<TicketAssistant>(`/tickets/${id}/assistant`),
  })

export const summaryQuery = (id: number, seq: number) =>
  queryOptions({
    ...stateKey<TicketSummary>('summary', id, seq),
    queryFn: askAside<TicketSummary>(`/tickets/${id}/summary`),
  })

/** In a model's words: costs something, and is asked once a press. */
export const modelSummaryQuery = (id: number, seq: number) =>
  queryOptions({
    queryKey: ['summaryByModel', id, seq],
    queryFn: ({ signal }) => call<TicketSummary>('POST', `/tickets/${id}/summary`, { signal }),
    staleTime: Infinity,
    retry: false,
  })

export const proposalQuery = (runId: number, seq: number) =>
  queryOptions({
    queryKey: ['runs', 'proposal', runId, seq],
    queryFn: askAside<Proposal>(`/assistant/runs/${runId}/proposal`),
  })

export const providersQuery = queryOptions({
  queryKey: ['assistant', 'providers'],
  queryFn: () => call<{ items: ModelProvider[] }>('GET', '/assistant/providers'),
})

export const lookUpsQuery = queryOptions({
  queryKey: ['assistant', 'look-ups'],
  queryFn: () => call<{ items: LookUp[] }>('GET', '/assistant/look-ups'),
})

export const keepVersion = (settings: AssistantSettings, note: string) =>
  call<AssistantVersionDetail>('POST', '/assistant/versions', { body: { settings, note } })

/** Makes a version live; with why, where it goes further than what is. */
export const publishVersion = (version: number, reason: string) =>
  call<AssistantVersionDetail>('POST', `/assistant/versions/${version}/publish`, { body: { reason } })

export const setSwitch = (scope: string, off: boolean) =>
  call<null>('PUT', '/assistant/switch', { body: { scope, off } })

export const setEnabled = (ticketId: number, enabled: boolean) =>
  call<TicketAssistant>('PUT', `/tickets/${ticketId}/assistant`, { body: { enabled } })

export const sayVerdict = (runId: number, verdict: Verdict, note = '') =>
  call<AssistantRun>('POST', `/assistant/runs/${runId}/verdict`, { body: { verdict, note } })

export const ladderQuery = queryOptions({
  queryKey: ['assistant', 'ladder'],
  queryFn: () => call<Ladder>('GET', '/assistant/ladder'),
})

/** A step up or down, from where the page shows it. */
export const takeStep = ({ brandId, channel, categoryId, rung }: LadderRow, to: Rung) =>
  call<Ladder>('POST', '/assistant/ladder/steps', { body: { brandId, channel, categoryId, from: rung, to } })

export const reviewQuery = (week: string | undefined) =>
  queryOptions({
    queryKey: ['runs', 'review', week],
    queryFn: () => call<Review>('GET', '/assistant/review', { query: { week } }),
  })

export const waitingQuery = (week: string | undefined) =>
  queryOptions({
    queryKey: ['runs', 'review', week, 'waiting'],
    queryFn: () =>
      call<Page<ReviewedAnswer>>('GET', '/assistant/review/answers', {
        query: { week, open: 'true', limit: 1 },
      }),
  })

export const judge = (week: string, key: string, verdict: Verdict, note: string) =>
  call<ReviewedAnswer>('POST', '/assistant/review/verdicts', { body: { week, key, verdict, note } })

/** Keeps what a run met as a scenario. */
export const scenarioOf = (runId: number) => call('POST', `/assistant/runs/${runId}/scenario`)

export function forgetAssistant(): void {
  void client.invalidateQueries({ queryKey: ['assistant'] })
  void client.invalidateQueries({ queryKey: ['runs'] })
  void client.invalidateQueries({ queryKey: ['assistant/scenarios'] })
}
