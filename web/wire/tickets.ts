// Tickets as the app holds them: one copy per ticket, pages of ids per list, the conversation by pages.
// Changes not yet confirmed lie on top (`pending`) and are never written into the copy.
import { type InfiniteData, infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'

import type {
  Draft,
  Message,
  MessageKind,
  MessagePage,
  ReplyRecipients,
} from '../../src/api/contract/messages.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import type { GroupKey, IdsPage } from '../../src/api/contract/views.ts'
import type {
  Counts,
  Link,
  Ticket,
  TicketEvent,
  TicketPage,
  TicketSort,
} from '../../src/api/contract/tickets.ts'
import { createStore, useStore } from '../state/store.ts'
import { readTicket } from './batch.ts'
import { askAside, call } from './call.ts'
import { client } from './client.ts'

export type Change = Partial<Ticket>
export const pending = createStore<ReadonlyMap<number, readonly Change[]>>(new Map())
const none: readonly Change[] = []

export const ticketQuery = (id: number) =>
  queryOptions({ queryKey: ['ticket', id], queryFn: () => readTicket(id) })

/** One ticket with the changes on their way laid on top. */
export function useTicket(id: number): { ticket: Ticket | undefined; error: Error | null } {
  const { data, error } = useQuery(ticketQuery(id))
  const changes = useStore(pending, (map) => map.get(id) ?? none)
  const ticket = data && changes.length > 0 ? Object.assign({}, data, ...changes) : data
  return { ticket: ticket as Ticket | undefined, error }
}

/** A copy without asking the server; undefined when the ticket was never read. */
export function knownTicket(id: number): Ticket | undefined {
  const data = client.getQueryData<Ticket>(['ticket', id])
  const changes = pending.get().get(id)
  return data && changes ? (Object.assign({}, data, ...changes) as Ticket) : data
}

/** Takes a copy in unless a newer one is here. */
export function keepTicket(ticket: Ticket): void {
  client.setQueryData<Ticket>(['ticket', ticket.id], (now) => {
    if (!now) return ticket
    if (now.seq > ticket.seq) return now
    return { ...now, ...ticket }
  })
}

export type Listed = { q: string; sort: TicketSort | undefined; group: GroupKey | undefined }

/** Up to 5,000 numbers a page, the first tickets whole; the rest are read as they come into sight. */
export const listQuery = ({ q, sort, group }: Listed) =>
  infiniteQueryOptions({
    queryKey: ['list', q, sort ?? '', group ?? ''],
    queryFn: async ({ pageParam }) => {
      const page = await call<IdsPage>('GET', '/tickets/ids', {
        query: { q, sort, group, cursor: pageParam },
      })
      for (const ticket of page.items) keepTicket(ticket)
      return page
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // Leaving a view forgets it: coming back shows how things are now.
    gcTime: 0,
  })

/** Where a reply goes, and the other addresses of the same person. */
export const recipientsQuery = (id: number) =>
  queryOptions({
    queryKey: ['recipients', id],
    queryFn: () => call<ReplyRecipients>('GET', `/tickets/${id}/recipients`),
  })

/** The first page as it stands now, to learn what a frozen list does not show yet. */
export const freshQuery = (q: string, sort: TicketSort | undefined) =>
  queryOptions({
    queryKey: ['fresh', q, sort ?? ''],
    queryFn: async () => {
      const page = await call<TicketPage>('GET', '/tickets', { query: { q, sort, limit: 60 } })
      for (const ticket of page.items) keepTicket(ticket)
      return page
    },
  })

export const countsQuery = (q: string) =>
  queryOptions({
    queryKey: ['counts', q],
    queryFn: () => call<Counts>('GET', '/tickets/counts', { query: { q } }),
    placeholderData: (last: Counts | undefined) => last,
  })

export const messagesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['messages', id],
    queryFn: ({ pageParam }) =>
      call<MessagePage>('GET', `/tickets/${id}/messages`, { query: { before: pageParam, limit: 30 } }),
    initialPageParam: 'end' as string,
    getNextPageParam: () => undefined,
    getPreviousPageParam: (first) =>
      first.earlier > 0 && first.items[0] ? String(first.items[0].id) : undefined,
  })

/** Reads a conversation back to its beginning, or until `reached` says that it is far enough; at most 2,000 messages. */
export async function loadBack(
  id: number,
  reached: (first: Message) => boolean = () => false,
): Promise<void> {
  const { queryKey } = messagesQuery(id)
  for (let round = 0; round < 20; round++) {
    const pages = client.getQueryData<InfiniteData<MessagePage, string>>(queryKey)
    const [first] = pages?.pages ?? []
    const [message] = first?.items ?? []
    if (!pages || !first || !message || first.earlier === 0 || reached(message)) return
    const before = String(message.id)
    const page = await call<MessagePage>('GET', `/tickets/${id}/messages`, { query: { before, limit: 100 } })
    client.setQueryData<InfiniteData<MessagePage, string>>(queryKey, {
      pages: [page, ...pages.pages],
      pageParams: [before, ...pages.pageParams],
    })
  }
}

export const eventsQuery = (id: number) =>
  queryOptions({
    queryKey: ['events', id],
    queryFn: async ({ signal }) => {
      const items: TicketEvent[] = []
      let cursor: string | null = null
      do {
        const page: Page<TicketEvent> = await call<Page<TicketEvent>>('GET', `/tickets/${id}/events`, {
          query: { limit: 200, cursor, changes: 'true' },
          signal,
          priority: 'low',
        })
        items.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null && items.length < 2_000)
      return items
    },
  })

export const linksQuery = (id: number) =>
  queryOptions({ queryKey: ['links', id], queryFn: askAside<Page<Link>>(`/tickets/${id}/links`) })

export const draftQuery = (id: number, mode: MessageKind) =>
  queryOptions({
    queryKey: ['draft', id, mode],
    queryFn: askAside<Draft>(`/tickets/${id}/draft`, { mode }),
  })

/** The search for what somebody asked. */
export const requesterIs = (email: string): string => `requester:"${email.replaceAll('"', '')}"`

/** The other tickets of a requester, newest first. */
export const historyQuery = (email: string) =>
  queryOptions({
    queryKey: ['history', email],
    queryFn: askAside<TicketPage>('/tickets', {
      q: requesterIs(email),
      sort: 'newest',
      limit: 6,
    }),
  })

/** How many tickets a requester has, by status. */
export const historyCountsQuery = (email: string) =>
  queryOptions({
    queryKey: ['history', email, 'counts'],
    queryFn: askAside<Counts>('/tickets/counts', { q: requesterIs(email) }),
  })
