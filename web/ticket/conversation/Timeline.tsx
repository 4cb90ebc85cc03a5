// The conversation: messages, internal notes and folded changes, newest at the end. Earlier parts load on request.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { useKeys } from '../../keys/keys.ts'
import { Button } from '../../parts/Button.tsx'
import { Empty, Skeleton } from '../../parts/Empty.tsx'
import { usePainted } from '../../state/painted.ts'
import { places } from '../../state/recent.ts'
import { useStore } from '../../state/store.ts'
import { finding } from '../../state/writing.ts'
import { say } from '../../words/say.ts'
import { reasonOf } from '../../wire/call.ts'
import { eventsQuery, messagesQuery } from '../../wire/tickets.ts'
import { Changes } from './Changes.tsx'
import { Earlier } from './Earlier.tsx'
import { FindBar } from '../lazy.ts'
import { MessageItem } from './MessageItem.tsx'
import { type Filter, timeline } from './timeline.ts'
import styles from './timeline.module.css'

const filters: readonly Filter[] = ['all', 'messages', 'changes']

export function Timeline({ ticket }: { ticket: Ticket }) {
  const pages = useInfiniteQuery(messagesQuery(ticket.id))
  const painted = usePainted()
  const events = useQuery({ ...eventsQuery(ticket.id), enabled: painted })
  const [filter, setFilter] = useState<Filter>('all')
  const messages = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  const earlier = pages.data?.pages[0]?.earlier ?? 0
  const items = useMemo(
    () => timeline(messages, events.data ?? [], earlier === 0, filter),
    [messages, events.data, earlier, filter],
  )
  const unreadFrom = useFirst(pages.data?.pages[0]?.unreadFrom)
  const scroller = useScroll(ticket.id, messages, unreadFrom)
  const isFinding = useStore(finding, (id) => id === ticket.id)
  const news = useNews(messages)
  useKeys('keys.ticket', [
    {
      keys: 'Shift+E',
      word: 'keys.filter',
      run: () => setFilter((now) => filters[(filters.indexOf(now) + 1) % filters.length] ?? 'all'),
    },
  ])
  return (
    <>
      {isFinding && <FindBar ticketId={ticket.id} messages={messages} earlier={earlier} />}
      <div ref={scroller} className={styles['scroller']}>
        {filter !== 'all' && (
          <p className={styles['filter']}>
            {say(`filter.${filter}`)}{' '}
            <Button weight="quiet" onClick={() => setFilter('all')}>
              {say('filter.showAll')}
            </Button>
          </p>
        )}
        {pages.isPending && <Skeleton rows={4} height={92} />}
        {pages.error && messages.length === 0 && (
          <Empty title={say('messages.failed')}>
            <p>{reasonOf(pages.error)}</p>
            <Button onClick={() => void pages.refetch()}>{say('action.retry')}</Button>
          </Empty>
        )}
        {earlier > 0 && (
          <Earlier ticketId={ticket.id} count={earlier} messages={messages} unreadFrom={unreadFrom} />
        )}
        <div
          role="feed"
          aria-label={say('messages.name')}
          aria-busy={pages.isFetching}
          className={styles['feed']}
        >
          {items.map((item) =>
            item.kind === 'message' ? (
              <Fragment key={item.key}>
                {item.message.id === unreadFrom && messages[0]?.id !== unreadFrom && (
                  <p className={styles['unread']}>{say('messages.unread')}</p>
                )}
                <MessageItem message={item.message} ticket={ticket} />
              </Fragment>
            ) : (
              <article key={item.key} aria-label={say('changes.name')}>
                <Changes ticketId={ticket.id} events={item.events} />
              </article>
            ),
          )}
        </div>
        <p aria-live="polite" className="unseen">
          {news}
        </p>
      </div>
    </>
  )
}

/** What was true when the ticket was opened: what is new does not grow old while it is read. */
function useFirst(unreadFrom: number | null | undefined): number | null {
  const [first, setFirst] = useState<number | null | undefined>(undefined)
  if (first === undefined && unreadFrom !== undefined) setFirst(unreadFrom)
  return first ?? null
}

const moves = ['wheel', 'touchmove', 'pointerdown'] as const

/** Opens where it was left, at the first that is new, or at the last message; keeps to the end while the reader is there; keeps the place when earlier ones load. */
function useScroll(ticketId: number, messages: readonly Message[], unreadFrom: number | null) {
  const scroller = useRef<HTMLDivElement>(null)
  const seen = useRef<{ first: number; last: number; height: number } | null>(null)
  const atEnd = useRef(false)
  const returnTo = useRef<number | null>(null)
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const look = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40
      const lastMessageId = seen.current?.last
      if (lastMessageId !== undefined && returnTo.current === null)
        places.set(ticketId, { top: box.scrollTop, lastMessageId })
    }
    // Until the reader moves, what is still being drawn does not move them.
    const moved = () => {
      returnTo.current = null
    }
    // The composer growing, or a picture arriving, must not push the newest message out of sight.
    const stay = new ResizeObserver(() => {
      if (returnTo.current !== null) box.scrollTop = returnTo.current
      else if (atEnd.current) box.scrollTop = box.scrollHeight
    })
    stay.observe(box)
    for (const child of box.children) stay.observe(child)
    box.addEventListener('scroll', look, { passive: true })
    for (const event of moves) box.addEventListener(event, moved, { passive: true })
    window.addEventListener('keydown', moved)
    return () => {
      stay.disconnect()
      window.removeEventListener('keydown', moved)
      for (const event of moves) box.removeEventListener(event, moved)
      box.removeEventListener('scroll', look)
    }
  }, [ticketId])
  useLayoutEffect(() => {
    const box = scroller.current
    const first = messages[0]?.id
    const last = messages.at(-1)?.id
    if (!box || first === undefined || last === undefined) return
    const before = seen.current
    if (!before) {
      const articles = box.querySelectorAll<HTMLElement>('[data-message]')
      const unread = [...articles].find(({ dataset }) => dataset['message'] === String(unreadFrom))
      const newest = unread ?? articles[articles.length - 1]
      const left = places.get(ticketId)
      if (left?.lastMessageId === last) {
        returnTo.current = left.top
        box.scrollTop = left.top
      } else if (newest) box.scrollTop = newest.offsetTop - 12
    } else if (before.first !== first) box.scrollTop += box.scrollHeight - before.height
    else if (before.last !== last && (atEnd.current || messages.at(-1)?.direction !== 'inbound'))
      box.scrollTop = box.scrollHeight
    seen.current = { first, last, height: box.scrollHeight }
  }, [ticketId, messages, unreadFrom])
  return scroller
}

/** What a screen reader hears when a message comes in. */
function useNews(messages: readonly Message[]): string {
  const [news, setNews] = useState('')
  const last = messages.at(-1)
  const known = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (!last) return
    if (known.current !== undefined && last.id > known.current && last.direction === 'inbound')
      setNews(say('messages.news', { name: last.author?.name ?? '' }))
    known.current = last.id
  }, [last])
  return news
}
