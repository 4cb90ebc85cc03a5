// One's own second factors and sessions, as the server knows them.
import { queryOptions } from '@tanstack/react-query'

import type { Factors, OpenSession } from '../../src/api/contract/account.ts'
import { call } from './call.ts'
import { client } from './client.ts'
import { meQuery } from './session.ts'

export const factorsQuery = queryOptions({
  queryKey: ['account', 'factors'],
  queryFn: () => call<Factors>('GET', '/account/factors'),
})

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: () => call<{ items: OpenSession[] }>('GET', '/account/sessions'),
  // Nobody tells this tab when another device signs in.
  staleTime: 0,
})

/** What a factor changes: itself, the sessions, and what the account still owes. */
export async function factorsChanged(): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['account'] }),
    client.invalidateQueries({ queryKey: meQuery.queryKey }),
  ])
}
