// The side of a ticket: its properties, who asks, who else takes part, and what it is linked to.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import type { Count } from '../../../src/api/contract/shapes.ts'
import type { Status, Ticket } from '../../../src/api/contract/tickets.ts'
import { IconButton } from '../../parts/Button.tsx'
import { countText } from '../../parts/Counted.tsx'
import { Age, StatusMark } from '../../parts/Marks.tsx'
import { lazily } from '../../parts/lazily.tsx'
import { usePainted } from '../../state/painted.ts'
import { useContextShown } from '../../state/context-shown.ts'
import { usePreference } from '../../state/preferences.ts'
import { languageName, localTime, useMinute } from '../../parts/time.ts'
import { Clocks } from '../../sla/Clocks.tsx'
import { loadAssistant } from '../../assistant/lazy.ts'
import { loadRouting } from '../../routing/lazy.ts'
import { say } from '../../words/say.ts'
import { usePerson } from '../../wire/desk.ts'
import { similarQuery } from '../../wire/beside.ts'
import { useMay } from '../../wire/session.ts'
import { historyCountsQuery, historyQuery, requesterIs } from '../../wire/tickets.ts'
import { Articles } from './Articles.tsx'
import { Card, FoldedCard } from './Card.tsx'
import { type CardName, inOrder } from './card-order.ts'
import { Checklist } from './Checklist.tsx'
import styles from './context.module.css'
import { InsertLink } from '../composer/InsertLink.tsx'
import { UnderHold } from './UnderHold.tsx'
import { Links } from './Links.tsx'
import { People } from './People.tsx'
import { Properties } from './Properties.tsx'
import { Ratings } from './Ratings.tsx'
import { RequesterDialog } from '../lazy.ts'
import { SamePerson } from './SamePerson.tsx'
import { SideCard } from './SideCard.tsx'
import { Touch } from './Touch.tsx'

const Assistant = lazily(() => loadAssistant().then((all) => all.Beside))
const Summary = lazily(() => loadAssistant().then((all) => all.Summary))
const Why = lazily(() => loadRouting().then((all) => all.Why))

const bodies: Record<CardName, (props: { ticket: Ticket }) => ReactNode> = {
  ticket: ({ ticket }) => (
    <Card name="ticket">
      <UnderHold ticketId={ticket.id} />
      <Properties ticket={ticket} />
    </Card>
  ),
  clocks: ({ ticket }) =>
    ticket.clocks.length > 0 && (
      <Card name="clocks">
        <Clocks ticket={ticket} />
      </Card>
    ),
  summary: ({ ticket }) => <Summary ticket={ticket} />,
  assistant: ({ ticket }) => <Assistant ticket={ticket} />,
  routing: ({ ticket }) => <Why ticket={ticket} />,
  requester: RequesterCard,
  people: People,
  side: ({ ticket }) => <SideCard ticketId={ticket.id} />,
  checklist: Checklist,
  history: History,
  rating: Ratings,
  links: Links,
  similar: Similar,
  articles: Articles,
}

/** What the ticket itself tells, so that nothing moves when the rest comes. */
const atOnce: ReadonlySet<CardName> = new Set(['requester', 'ticket', 'clocks'])

export function Context({ ticket }: { ticket: Ticket }) {
  const painted = usePainted()
  const [, show] = useContextShown()
  const order = inOrder(usePreference('cardOrder'))
  const folded = usePreference('cardsFolded')
  // All others ask the server for themselves: ten requests that the conversation does not wait for.
  const now = painted ? order : order.filter((name) => atOnce.has(name))
  return (
    <aside className={styles['context']} aria-label={say('context.name')}>
      <IconButton label={say('action.close')} className={styles['close']} onClick={() => show(false)}>
        <X size={16} aria-hidden />
      </IconButton>
      {now.map((name) => {
        const Body = bodies[name]
        return folded.includes(name) ? (
          <FoldedCard key={name} name={name} />
        ) : (
          <Body key={name} ticket={ticket} />
        )
      })}
      <Touch ticketId={ticket.id} />
    </aside>
  )
}

function RequesterCard({ ticket }: { ticket: Ticket }) {
  const mayChange = useMay('ticket.update')
  const [changing, setChanging] = useState(false)
  return (
    <Card
      name="requester"
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
    <Card name="similar">
      <ul className={styles['rows']}>
        {data.items.map(({ id, subject, status, updatedAt }) => (
          <li key={id} className={styles['article']}>
            <Link
              to="/inbox/$view/$ticketId"
              params={{ view: 'all', ticketId: String(id) }}
              className={styles['row']}
            >
              <StatusMark status={status} bare />
              <span className={styles['subject']}>{subject}</span>
              <Age at={updatedAt} bare />
            </Link>
            <InsertLink
              ticket={ticket}
              href={`${location.origin}/inbox/all/${id}`}
              text={`#${id} ${subject}`}
              forAgents
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Requester({ ticket }: { ticket: Ticket }) {
  const painted = usePainted()
  const person = usePerson(ticket.requester.id, painted)
  const now = useMinute()
  const mayJoin = useMay('people.write')
  const { name, email } = ticket.requester
  const others = person?.emails.filter((other) => other !== email) ?? []
  const facts = [
    person?.organization?.name,
    person?.phone,
    person?.timeZone ? localTime(person.timeZone, now) : null,
    person?.language ? languageName(person.language) : null,
  ].filter((fact) => typeof fact === 'string' && fact !== '')
  return (
    <div className={styles['requester']}>
      <p className={styles['name']}>
        {mayJoin ? (
          <Link to="/admin/people/$personId" params={{ personId: String(ticket.requester.id) }}>
            {name || email}
          </Link>
        ) : (
          name || email
        )}
      </p>
      {email !== '' && (
        <p>
          <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q: requesterIs(email) }}>
            {email}
          </Link>
        </p>
      )}
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
      {mayJoin && painted && <SamePerson personId={ticket.requester.id} />}
    </div>
  )
}

function History({ ticket }: { ticket: Ticket }) {
  const { email } = ticket.requester
  // Who has no address is nobody whose others could be found.
  const { data } = useQuery({ ...historyQuery(email), enabled: email !== '' })
  const others = data?.items.filter(({ id }) => id !== ticket.id).slice(0, 5) ?? []
  if (others.length === 0) return null
  return (
    <Card name="history">
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
      <Counts email={email} />
    </Card>
  )
}

/** All tickets of the requester, this one too, and how many of them have which status: each leads to its list. */
function Counts({ email }: { email: string }) {
  const { data } = useQuery(historyCountsQuery(email))
  const all = requesterIs(email)
  const found = (Object.entries(data?.byStatus ?? {}) as [Status, Count][]).filter(
    ([, { count }]) => count > 0,
  )
  return (
    <p className={styles['counts']}>
      <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q: all }}>
        {say('history.all')}
      </Link>
      {found.map(([status, count]) => (
        <Link
          key={status}
          to="/inbox/$view"
          params={{ view: 'search' }}
          search={{ q: `${all} status:${status}` }}
        >
          {say('history.count', { count: countText(count), status: say(`status.${status}`) })}
        </Link>
      ))}
    </p>
  )
}
