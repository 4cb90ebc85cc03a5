// The head of a conversation: subject, number, status, assignee, and everything else one can do with the ticket.
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft, PanelRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import type { Ticket } from '../../src/api/contract/tickets.ts'
import { useKeys } from '../keys/keys.ts'
import { IconButton } from '../parts/Button.tsx'
import { useQuestion } from '../parts/choices.tsx'
import type { Asked } from '../state/desk-state.ts'
import { Avatar, StatusMark } from '../parts/Marks.tsx'
import { PickButton } from '../parts/PickButton.tsx'
import { useContextShown } from '../state/context-shown.ts'
import { dayAndTime } from '../parts/time.ts'
import { ClockBadge } from '../sla/ClockBadge.tsx'
import { say } from '../words/say.ts'
import { patchTickets } from '../wire/actions.ts'
import { Company } from './beside/Company.tsx'
import styles from './header.module.css'
import { More } from './More.tsx'

export function Header({ ticket }: { ticket: Ticket }) {
  const navigate = useNavigate()
  const [shown, show] = useContextShown()
  const fold = () => show(!shown)
  useKeys('keys.ticket', [{ keys: ']', word: 'keys.foldContext', run: fold }])
  return (
    <header className={styles['header']}>
      <div className={styles['line']}>
        <IconButton
          label={say('action.backToList')}
          keys="u"
          className={styles['back']}
          onClick={() =>
            void navigate({
              from: '/inbox/$view/$ticketId',
              to: '/inbox/$view',
              search: (now: object) => now,
            })
          }
        >
          <ArrowLeft size={16} aria-hidden />
        </IconButton>
        <Subject ticket={ticket} />
        <Company ticketId={ticket.id} />
        <Pick ticket={ticket} what="status" keys="s">
          <StatusMark status={ticket.status} />
        </Pick>
        <Pick ticket={ticket} what="assignee" keys="a">
          {ticket.assignee ? (
            <>
              <Avatar name={ticket.assignee.name} of={ticket.assignee.id} size={20} />
              <span className={styles['name']}>{ticket.assignee.name}</span>
            </>
          ) : (
            <span className={styles['nobody']}>{say('assign.nobody')}</span>
          )}
        </Pick>
        <More ticket={ticket} />
        <IconButton label={say('context.toggle')} keys="]" aria-pressed={shown} onClick={fold}>
          <PanelRight size={16} aria-hidden />
        </IconButton>
      </div>
      <p className={styles['facts']}>
        <span>
          {factsOf(ticket)}
          <span className="paper">{paperFacts(ticket)}</span>
        </span>
        <ClockBadge clocks={ticket.clocks} />
      </p>
      <Flags ticket={ticket} />
    </header>
  )
}

function Pick({
  ticket,
  what,
  keys,
  children,
}: {
  ticket: Ticket
  what: Asked
  keys: string
  children: React.ReactNode
}) {
  const question = useQuestion(what, [ticket])
  return (
    <PickButton
      label={question.label}
      choices={question.choices}
      chosen={question.chosen}
      onChoose={question.choose}
      keys={keys}
      className={styles['pick']}
      align="end"
    >
      {children}
    </PickButton>
  )
}

function factsOf(ticket: Ticket): string {
  const cc = ticket.participants.filter(({ role }) => role === 'cc').length
  return [
    `#${ticket.id}`,
    say(`channel.${ticket.channel}`),
    ticket.requester.email,
    cc > 0 ? say('ticket.cc', { count: cc }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What the buttons say on the screen, for paper. */
function paperFacts({ status, priority, assignee }: Ticket): string {
  return ` · ${say(`status.${status}`)} · ${say(`priority.${priority}`)} · ${assignee?.name ?? say('assign.nobody')}`
}

function Subject({ ticket }: { ticket: Ticket }) {
  const [editing, setEditing] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (editing) box.current?.select()
  }, [editing])
  const save = () => {
    const subject = box.current?.value.trim() ?? ''
    setEditing(false)
    if (subject && subject !== ticket.subject)
      void patchTickets([ticket.id], { subject }, () => ({ subject }), { done: 'done.subject' })
  }
  if (!editing)
    return (
      <h1 className={styles['subject']}>
        <button type="button" title={say('subject.edit')} onClick={() => setEditing(true)} dir="auto">
          {ticket.subject || say('ticket.noSubject')}
        </button>
      </h1>
    )
  return (
    <input
      ref={box}
      className={styles['edit']}
      aria-label={say('subject.edit')}
      defaultValue={ticket.subject}
      maxLength={500}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setEditing(false)
      }}
    />
  )
}

function Flags({ ticket }: { ticket: Ticket }) {
  const flags = [
    ticket.snoozedUntil ? say('flag.snoozed', { when: dayAndTime(ticket.snoozedUntil) }) : '',
    ticket.spam ? say('flag.spam') : '',
    ticket.deleted ? say('flag.deleted') : '',
    ticket.mergedInto === null ? '' : say('flag.merged', { id: ticket.mergedInto }),
  ].filter(Boolean)
  return flags.map((text) => (
    <p key={text} className={styles['flag']}>
      {text}
    </p>
  ))
}
