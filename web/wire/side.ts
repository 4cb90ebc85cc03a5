// Side conversations of a ticket: reading them, writing to outside parties, ending them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import type { Message } from '../../src/api/contract/messages.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import type { NewSideConversation, SideConversation, SideDraft } from '../../src/api/contract/side.ts'
import { createStore } from '../state/store.ts'
import { askAside, call } from './call.ts'
import { client } from './client.ts'

/** Which side conversation is open on which ticket; `new` with what is to be forwarded. */
export type Aside = { ticketId: number } & ({ sideId: number } | { forward: Message | null })
export const aside = createStore<Aside | null>(null)

export const sideQuery = (ticketId: number) =>
  queryOptions({
    queryKey: ['side', ticketId],
    queryFn: askAside<Page<SideConversation>>(`/tickets/${ticketId}/side-conversations`, { limit: 200 }),
  })

/** Drafts have their own key: they belong to the person typing, and are read again only when a draft changed. */
export const sideDraftsQuery = (ticketId: number) =>
  queryOptions({
    queryKey: ['draft', ticketId, 'side'],
    queryFn: askAside<Page<SideDraft>>(`/tickets/${ticketId}/side-drafts`),
  })

export const sideMessagesQuery = (ticketId: number, sideId: number) =>
  infiniteQueryOptions({
    queryKey: ['side', ticketId, sideId],
    queryFn: ({ pageParam }) =>
      call<Page<Message>>('GET', `/tickets/${ticketId}/side-conversations/${sideId}/messages`, {
        query: { limit: 30, cursor: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: () => undefined,
    getPreviousPageParam: (first) => first.nextCursor ?? undefined,
  })

const changed = (ticketId: number) =>
  Promise.all([
    client.invalidateQueries({ queryKey: ['side', ticketId] }),
    client.invalidateQueries({ queryKey: ['events', ticketId] }),
  ])

export async function beginAside(
  ticketId: number,
  body: NewSideConversation,
  key: string,
): Promise<SideConversation> {
  const path = `/tickets/${ticketId}/side-conversations`
  const begun = await call<SideConversation>('POST', path, { body, idempotencyKey: key })
  await changed(ticketId)
  return begun
}

type Text = Pick<NewSideConversation, 'body' | 'bodyFormat' | 'attachments'>

export async function writeAside(ticketId: number, sideId: number, body: Text, key: string): Promise<void> {
  const path = `/tickets/${ticketId}/side-conversations/${sideId}/messages`
  await call('POST', path, { body, idempotencyKey: key })
  await changed(ticketId)
}

export async function endAside(ticketId: number, { id, status }: SideConversation): Promise<void> {
  const body = { status: status === 'open' ? 'done' : 'open' }
  await call('PATCH', `/tickets/${ticketId}/side-conversations/${id}`, { body })
  await changed(ticketId)
}
