// One ticket in the list: what it is, who asks, what was said last, how old. Reads the live ticket; order stays frozen.
import { Link } from '@tanstack/react-router'
import { memo, useEffect, useMemo, useRef } from 'react'

import type { Me } from '../../src/api/contract.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { setDesk, toggleSelected, useDesk } from '../state/desk-state.ts'
import { glyphs } from '../parts/glyphs.ts'
import { Age, Avatar, Glyph, PriorityMark, StatusMark, Tag } from '../parts/Marks.tsx'
import { Marked, wordsOf } from '../parts/Marked.tsx'
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
  dense: boolean
  onOpen: (id: number) => void
}

export const Row = memo(function Row(props: Props) {
  const { id, index, view, tab, me, open, tabStop, dense, onOpen } = props
  const { ticket } = useTicket(id)
  const selected = useDesk((state) => state.selection.has(id))
  const company = useCompany(id)
  const focused = useDesk((state) => state.focusedId === id)
  const words = useMemo(() => (view.key === 'search' ? wordsOf(view.query) : []), [view])
  const element = useRef<HTMLDivElement>(null)
  const hover = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    const at = document.activeElement
    if (focused && (at === document.body || at?.closest('[role=grid]')))
      element.current?.focus({ preventScroll: true })
  }, [focused])
  if (!ticket) return <div className={styles['row']} data-dense={dense || undefined} />
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
      data-dense={dense || undefined}
      data-gone={!belongs(ticket, view, tab, me) || undefined}
      onFocus={() => setDesk({ focusedId: id })}
      onClick={() => onOpen(id)}
      onPointerDown={prefetch}
      onMouseEnter={rest}
      onMouseLeave={() => clearTimeout(hover.current)}
    >
      <span role="gridcell" className={styles['mark']}>
        <StatusMark status={ticket.status} bare />
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
      </span>
      <span role="gridcell" className={styles['from']}>
        <span className={styles['who']} dir="auto">
          {ticket.requester.name || ticket.requester.email}
        </span>
        <span className={styles['snippet']} dir="auto">
          <Marked text={ticket.snippet ?? ''} words={words} />
        </span>
      </span>
      <Rest ticket={ticket} company={company} />
    </div>
  )
})

type Company = ReturnType<typeof useCompany>

function Rest({ ticket, company }: { ticket: Ticket; company: Company }) {
  const shown = ticket.tags.slice(0, 2)
  const more = ticket.tags.slice(2)
  return (
    <>
      <span role="gridcell" className={styles['age']}>
        {(ticket.priority === 'urgent' || ticket.priority === 'high') && (
          <PriorityMark priority={ticket.priority} bare />
        )}
        <Age at={ticket.lastMessageAt ?? ticket.updatedAt} bare />
      </span>
      <span role="gridcell" className={styles['rest']}>
        <ClockBadge clocks={ticket.clocks} said />
        {ticket.draft && (
          <span className={styles['draft']}>
            <Glyph d={glyphs.pencil} size={11} />
            <span>{say('list.draft')}</span>
          </span>
        )}
        {shown.map((name) => (
          <Tag key={name} name={name} className={styles['tags']} />
        ))}
        {more.length > 0 && (
          <span className={styles['tags']} title={more.join(', ')}>
            +{more.length}
          </span>
        )}
        {company.slice(0, 2).map(({ id, name, typing }) => {
          const words = say(typing === null ? 'company.views' : `company.${typing}`, { name })
          return (
            <span
              key={id}
              className={styles['here']}
              data-typing={typing !== null || undefined}
              title={words}
            >
              <Avatar name={name} size={20} />
              {typing !== null && <span className={styles['typing']}>{say('company.typing')}</span>}
            </span>
          )
        })}
        {ticket.assignee && (
          <Avatar
            name={ticket.assignee.name}
            size={20}
            says={say('list.assignedTo', { name: ticket.assignee.name })}
          />
        )}
      </span>
    </>
  )
}

function nameOf(ticket: Ticket, company: Company): string {
  const clock = mostUrgent(ticket.clocks)
  return [
    say(`status.${ticket.status}`),
    ticket.priority === 'normal' ? '' : say(`priority.${ticket.priority}`),
    ticket.subject || say('ticket.noSubject'),
    ticket.requester.name || ticket.requester.email,
    clock === null ? '' : showClock(clock, Date.now()).title,
    ticket.unread ? say('list.unread') : '',
    ...company.map(({ name, typing }) =>
      say(typing === null ? 'company.views' : `company.${typing}`, { name }),
    ),
  ]
    .filter(Boolean)
    .join(', ')
}
