// The side of a ticket: its properties, who asks, who else takes part, and what it is linked to.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, X } from 'lucide-react'
import { useState } from 'react'

import type { Ticket } from '../../src/api/contract/tickets.ts'
import { IconButton } from '../parts/Button.tsx'
import { Age, StatusMark } from '../parts/Marks.tsx'
import { lazily } from '../parts/lazily.tsx'
import { usePainted } from '../parts/painted.ts'
import { prefer } from '../parts/preferences.ts'
import { useMinute } from '../parts/time.ts'
import { Clocks } from '../sla/Clocks.tsx'
import { locales } from '../words/language.ts'
import { loadRouting } from '../routing/lazy.ts'
import { say } from '../words/say.ts'
import { usePerson } from '../wire/desk.ts'
import { similarQuery } from '../wire/beside.ts'
import { useMay } from '../wire/session.ts'
import { historyQuery } from '../wire/tickets.ts'
import { Articles } from './Articles.tsx'
import { Card } from './Card.tsx'
import { Checklist } from './Checklist.tsx'
import styles from './context.module.css'
import { Links } from './Links.tsx'
import { People } from './People.tsx'
import { Properties } from './Properties.tsx'
import { RequesterDialog } from './lazy.ts'
import { SideCard } from './SideCard.tsx'

const Why = lazily(() => loadRouting().then((all) => all.Why))

export function Context({ ticket }: { ticket: Ticket }) {
  const painted = usePainted()
  return (
    <aside className={styles['context']} aria-label={say('context.name')}>
      <IconButton
        label={say('action.close')}
        className={styles['close']}
        onClick={() => prefer({ contextFolded: true })}
      >
        <X size={16} aria-hidden />
      </IconButton>
      <Card title={say('context.ticket')}>
        <Properties ticket={ticket} />
      </Card>
      {ticket.clocks.length > 0 && (
        <Card title={say('context.clocks')}>
          <Clocks ticket={ticket} />
        </Card>
      )}
      {painted && <Around ticket={ticket} />}
    </aside>
  )
}

/** Each asks the server for itself: ten requests that the conversation does not wait for. */
function Around({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <Why ticket={ticket} />
      <RequesterCard ticket={ticket} />
      <People ticket={ticket} />
      <SideCard ticketId={ticket.id} />
      <Checklist ticket={ticket} />
      <History ticket={ticket} />
      <Links ticket={ticket} />
      <Similar ticket={ticket} />
      <Articles ticket={ticket} />
    </>
  )
}

function RequesterCard({ ticket }: { ticket: Ticket }) {
  const mayChange = useMay('ticket.update')
  const [changing, setChanging] = useState(false)
  return (
    <Card
      title={say('context.requester')}
      action={
        mayChange && (
          <IconButton label={say('requester.change')} onClick={() => setChanging(true)}>
            <Pencil size={13} aria-hidden />
          </IconButton>
        )
      }
    >
      <Requester ticket={ticket} />
      {changing && <RequesterDialog ticket={ticket} onClose={() => setChanging(false)} />}
    </Card>
  )
}

/** Tickets about the same words: what was answered before. */
function Similar({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(similarQuery(ticket.id))
  if (!data || data.items.length === 0) return null
  return (
    <Card title={say('context.similar')}>
      <ul className={styles['rows']}>
        {data.items.map(({ id, subject, status, updatedAt }) => (
          <li key={id}>
            <Link
              to="/inbox/$view/$ticketId"
              params={{ view: 'all', ticketId: String(id) }}
              className={styles['row']}
            >
              <StatusMark status={status} bare />
              <span className={styles['subject']}>{subject}</span>
              <Age at={updatedAt} bare />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Requester({ ticket }: { ticket: Ticket }) {
  const person = usePerson(ticket.requester.id)
  const now = useMinute()
  const { name, email } = ticket.requester
  const others = person?.emails.filter((other) => other !== email) ?? []
  const facts = [
    person?.organization?.name,
    person?.phone,
    person?.timeZone ? localTime(person.timeZone, now) : null,
    person?.language ? sayLanguage(person.language) : null,
  ].filter((fact) => typeof fact === 'string' && fact !== '')
  return (
    <div className={styles['requester']}>
      <p className={styles['name']}>{name || email}</p>
      <p>
        <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q: `requester:"${email}"` }}>
          {email}
        </Link>
      </p>
      {others.map((other) => (
        <p key={other} className={styles['muted']}>
          {other}
        </p>
      ))}
      {facts.map((fact) => (
        <p key={fact} className={styles['muted']}>
          {fact}
        </p>
      ))}
      {person?.notes && <p className={styles['notes']}>{person.notes}</p>}
    </div>
  )
}

function localTime(timeZone: string, now: number): string {
  try {
    const time = new Intl.DateTimeFormat(locales, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
    })
    return say('requester.localTime', { time: time.format(now), zone: timeZone })
  } catch {
    return timeZone
  }
}

function sayLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(locales, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

function History({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(historyQuery(ticket.requester.email))
  const others = data?.items.filter(({ id }) => id !== ticket.id).slice(0, 5) ?? []
  if (others.length === 0) return null
  return (
    <Card title={say('context.history')}>
      <ul className={styles['rows']}>
        {others.map(({ id, subject, status, updatedAt }) => (
          <li key={id}>
            <Link
              to="/inbox/$view/$ticketId"
              params={{ view: 'all', ticketId: String(id) }}
              className={styles['row']}
            >
              <StatusMark status={status} bare />
              <span className={styles['subject']}>{subject}</span>
              <Age at={updatedAt} bare />
            </Link>
          </li>
        ))}
      </ul>
      {data?.nextCursor && (
        <Link
          to="/inbox/$view"
          params={{ view: 'search' }}
          search={{ q: `requester:"${ticket.requester.email}"` }}
        >
          {say('history.all')}
        </Link>
      )}
    </Card>
  )
}
