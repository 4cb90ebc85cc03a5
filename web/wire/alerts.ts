// What this person must hear of about mail, and automatic mail that was stopped.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { Alerts, MailBrakes } from '../../src/api/contract/alerts.ts'
import { askAside, call } from './call.ts'
import { client } from './client.ts'
import { stateKey } from './state-key.ts'

export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: () => call<Alerts>('GET', '/alerts'),
  // A mailbox's trouble grows old enough to be told without anything changing.
  refetchInterval: 300_000,
})

/** Whether no mail at all leaves this desk. */
export const useNothingLeaves = (): boolean =>
  useQuery(alertsQuery).data?.items.some(({ kind, address }) => kind === 'no_way_out' && address === '') ??
  false

/** The brakes on one ticket and its people, read again when it changes; or all, for those who may see them. */
export const brakesQuery = (ticket: { id: number; seq: number } | null) =>
  queryOptions({
    ...stateKey<MailBrakes>('alerts', 'brakes', ticket?.id ?? null, ticket?.seq ?? null),
    queryFn: askAside<MailBrakes>('/mail-brakes', { ticketId: ticket?.id }),
  })

export async function markSeen(id: number): Promise<void> {
  await call('POST', `/alerts/${id}/seen`)
  await client.invalidateQueries({ queryKey: ['alerts'] })
}

export async function endBrake(id: number): Promise<void> {
  await call('POST', `/mail-brakes/${id}/end`)
  await client.invalidateQueries({ queryKey: ['alerts'] })
}
