// What is new for this person: unread tickets of theirs and mentions. In the tab's title, its icon and, if asked for, on the desktop.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { Ticket, TicketPage } from '../../src/api/contract/tickets.ts'
import { usePreference } from '../state/preferences.ts'
import { setUnread } from '../state/title.ts'
import { say } from '../words/say.ts'
import { call } from './call.ts'
import { mentionsQuery } from './macros.ts'

const unreadQuery = queryOptions({
  queryKey: ['counts', 'unread'],
  queryFn: () =>
    call<TicketPage>('GET', '/tickets', {
      query: { q: 'assignee:me is:unread status:active -is:snoozed', limit: 50 },
    }),
})

/** Keeps the title and the icon up to date, and tells the desktop what came in since. */
export function useNews(): void {
  const { data: unread } = useQuery(unreadQuery)
  const { data: mentions } = useQuery(mentionsQuery)
  const wanted = usePreference('desktopNews')
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!unread || !mentions) return
    setUnread(unread.items.length + mentions.unread)
    const news = [
      ...unread.items.map((ticket) => ({
        key: `t${ticket.id} ${ticket.lastMessageAt}`,
        show: () => ticketNews(ticket),
      })),
      ...mentions.items
        .filter(({ read }) => !read)
        .map(({ messageId, by, ticket, snippet }) => ({
          key: `m${messageId}`,
          show: () => tell(say('news.mention', { name: by.name, id: ticket.id }), snippet, ticket.id),
        })),
    ]
    if (known.current !== null && wanted && document.hidden)
      for (const { key, show } of news) if (!known.current.has(key)) show()
    known.current = new Set(news.map(({ key }) => key))
  }, [unread, mentions, wanted])
}

function ticketNews({ id, subject, requester, snippet = '' }: Ticket): void {
  tell(`${requester.name || requester.email} · #${id} ${subject}`, snippet, id)
}

function tell(title: string, body: string, ticketId: number): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const notice = new Notification(title, { body, tag: `docket-${ticketId}`, icon: '/icon.svg' })
  notice.addEventListener('click', () => {
    window.focus()
    location.assign(`/tickets/${ticketId}`)
  })
}
