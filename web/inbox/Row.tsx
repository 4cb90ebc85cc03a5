// One ticket in the list: who asks, what about, what they said last; at the right, always in the same place, when it is due, how it
// stands and whose it is. Reads the live ticket; order stays frozen.
import { Link } from '@tanstack/react-router'
import { memo, useEffect, useMemo, useRef } from 'react'

import type { Me } from '../../src/api/contract.ts'
import type { Ticket, TicketSort } from '../../src/api/contract/tickets.ts'
import { setDesk, toggleSelected, useDesk } from '../state/desk-state.ts'
import { glyphs } from '../parts/glyphs.ts'
import { Age, Avatar, Glyph, PriorityMark, StatusMark, Tag } from '../parts/Marks.tsx'
import { Marked, wordsOf } from '../parts/Marked.tsx'
import { dayAndTime } from '../parts/time.ts'
import { belongs, type Tab, type View } from '../state/views.ts'
import { ClockBadge } from '../sla/ClockBadge.tsx'
import { mostUrgent, showClock } from '../sla/clock.ts'
import { say } from '../words/say.ts'
import { client } from '../wire/client.ts'
import { useCompany } from '../wire/presence.ts'
import { messagesQuery, useTicket } from '../wire/tickets.ts'
import styles from './row.module.css'

type Props = {
  id: number
  index: number
  view: View
  tab: Tab
  me: Me
  open: boolean
  tabStop: boolean
  /** Three lines, two with the window to themselves, or one. */
  shape: 'tall' | 'wide' | 'dense'
  /** What the list is sorted by. */
  by: TicketSort
  onOpen: (id: number) => void
}

export const Row = memo(function Row(props: Props) {
  const { id, index, view, tab, me, open, tabStop, shape, by, onOpen } = props
  const { ticket } = useTicket(id)
  const selected = useDesk((state) => state.selection.has(id))
  const company = useCompany(id)
  const focused = useDesk((state) => state.focusedId === id)
  const words = useMemo(() => (view.key === 'search' ? wordsOf(view.query) : []), [view])
  const element = useRef<HTMLDivElement>(null)
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (focused && leavesKeyboard(document.activeElement)) element.current?.focus({ preventScroll: true })
  }, [focused])
  if (!ticket) return <div className={styles['row']} data-shape={shape} />
  const prefetch = () => void client.prefetchInfiniteQuery(messagesQuery(id))
  const rest = () => {
    hover.current = setTimeout(prefetch, 60)
  }
  return (
    // The keyboard path of a row is the list's own: arrows and j/k move, Enter opens, x selects.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={element}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      aria-label={nameOf(ticket, company)}
      tabIndex={tabStop ? 0 : -1}
      className={styles['row']}
      data-open={open || undefined}
      data-focused={focused || undefined}
      data-unread={ticket.unread || undefined}
      data-shape={shape}
      data-gone={!belongs(ticket, view, tab, me) || undefined}
      onFocus={() => setDesk({ focusedId: id })}
      onClick={() => onOpen(id)}
      onPointerDown={prefetch}
      onMouseEnter={rest}
      onMouseLeave={() => clearTimeout(hover.current)}
    >
      <span role="gridcell" className={styles['mark']}>
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles['check']}
          checked={selected}
          aria-label={say('list.select', { id })}
          onChange={() => toggleSelected(id)}
          onClick={(event) => event.stopPropagation()}
        />
      </span>
      <span role="gridcell" className={styles['who']} dir="auto">
        {ticket.requester.name || ticket.requester.email}
      </span>
      <span role="gridcell" className={styles['subject']} dir="auto">
        <Link
          to="/inbox/$view/$ticketId"
          params={{ view: view.key, ticketId: String(id) }}
          search={(now: object) => now}
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
        >
          <Marked text={ticket.subject || say('ticket.noSubject')} words={words} />
        </Link>
        <Tags names={ticket.tags} />
        <Aside ticket={ticket} company={company} by={by} />
      </span>
      <span role="gridcell" className={styles['said']}>
        {ticket.snoozedUntil && (
          <span className={styles['snoozed']}>
            {say('flag.snoozed', { when: dayAndTime(ticket.snoozedUntil) })}
          </span>
        )}
        <span className={styles['snippet']} dir="auto">
          <Marked text={ticket.snippet ?? ''} words={words} />
        </span>
      </span>
      <span role="gridcell" className={styles['due']}>
        <ClockBadge clocks={ticket.clocks} said />
      </span>
      <span role="gridcell" className={styles['status']}>
        <StatusMark status={ticket.status} bare={shape !== 'wide'} />
      </span>
      <span role="gridcell" className={styles['owner']}>
        {ticket.assignee && (
          <Avatar
            name={ticket.assignee.name}
            of={ticket.assignee.id}
            size={20}
            says={say('list.assignedTo', { name: ticket.assignee.name })}
          />
        )}
      </span>
    </div>
  )
})

/** Whether a row that is gone to may take the keyboard: from nothing, another row, or what led here; never from a text or a conversation. */
function leavesKeyboard(at: Element | null): boolean {
  return at === document.body || at?.closest('[role=grid], nav, #list') != null
}

type Company = ReturnType<typeof useCompany>

/** As many as find room, whole. */
function Tags({ names }: { names: readonly string[] }) {
  return (
    <span className={styles['tags']} title={names.join(', ')}>
      {names.map((name) => (
        <Tag key={name} name={name} />
      ))}
    </span>
  )
}

/** What else a row says: a draft, who is there, an urgency, and the moment by which the list is sorted. */
function Aside({ ticket, company, by }: { ticket: Ticket; company: Company; by: TicketSort }) {
  const moment = momentOf(ticket, by)
  const isUrgent = ticket.priority === 'urgent' || ticket.priority === 'high'
  return (
    <span className={styles['aside']}>
      {ticket.draft && (
        <span className={styles['draft']}>
          <Glyph d={glyphs.pencil} size={11} />
          <span>{say('list.draft')}</span>
        </span>
      )}
      {company.slice(0, 2).map(({ id, name, typing }) => {
        const words = say(typing === null ? 'company.views' : `company.${typing}`, { name })
        return (
          <span key={id} className={styles['here']} data-typing={typing !== null || undefined} title={words}>
            <Avatar name={name} of={id} size={20} />
            {typing !== null && <span className={styles['typing']}>{say('company.typing')}</span>}
          </span>
        )
      })}
      {(isUrgent || by === 'priority') && <PriorityMark priority={ticket.priority} bare />}
      {moment !== null && <Age at={moment} bare />}
    </span>
  )
}

/** The moment that an order goes by; null for one that goes by something else that is shown. */
function momentOf(ticket: Ticket, by: TicketSort): string | null {
  switch (by) {
    case 'newest':
    case 'oldest':
      return ticket.createdAt
    case 'waiting':
      return ticket.statusSince
    case 'updated':
    case 'relevance':
      return ticket.updatedAt
    case 'due':
    case 'priority':
      return null
  }
}

function nameOf(ticket: Ticket, company: Company): string {
  const clock = mostUrgent(ticket.clocks)
  return [
    say(`status.${ticket.status}`),
    ticket.priority === 'normal' ? '' : say(`priority.${ticket.priority}`),
    ticket.subject || say('ticket.noSubject'),
    ticket.requester.name || ticket.requester.email,
    clock === null ? '' : showClock(clock, Date.now()).title,
    ticket.snoozedUntil ? say('flag.snoozed', { when: dayAndTime(ticket.snoozedUntil) }) : '',
    ticket.unread ? say('list.unread') : '',
    ...company.map(({ name, typing }) =>
      say(typing === null ? 'company.views' : `company.${typing}`, { name }),
    ),
  ]
    .filter(Boolean)
    .join(', ')
}
