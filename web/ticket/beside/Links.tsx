// The tickets this one is linked with: duplicates, parts, causes. A problem's incidents can be resolved together.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import type { Link as TicketLink, Ticket } from '../../../src/api/contract/tickets.ts'
import { Button, IconButton } from '../../parts/Button.tsx'
import { StatusMark } from '../../parts/Marks.tsx'
import { notify } from '../../state/toasts.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useMay } from '../../wire/session.ts'
import { linksQuery } from '../../wire/tickets.ts'
import { say, sayName } from '../../words/say.ts'
import { Card } from './Card.tsx'
import styles from './context.module.css'
import { AddLink, IncidentsDialog } from '../lazy.ts'

export function Links({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(linksQuery(ticket.id))
  const mayChange = useMay('ticket.update')
  const [adding, setAdding] = useState(false)
  const [resolving, setResolving] = useState(false)
  const items = data?.items ?? []
  const incidents = items.filter(
    ({ type, ticket: other }) =>
      type === 'problem' && other.status !== 'closed' && other.status !== 'resolved',
  )
  if (!mayChange && items.length === 0) return null
  return (
    <Card
      name="links"
      action={
        mayChange && (
          <IconButton label={say('links.add')} onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
          </IconButton>
        )
      }
    >
      <ul className={styles['rows']}>
        {items.map((link) => (
          <Linked
            key={`${link.type} ${link.ticket.id}`}
            link={link}
            ticketId={ticket.id}
            mayChange={mayChange}
          />
        ))}
      </ul>
      {incidents.length > 0 && (
        <Button onClick={() => setResolving(true)}>
          {say('incidents.open', { count: incidents.length })}
        </Button>
      )}
      {adding && <AddLink ticket={ticket} onClose={() => setAdding(false)} />}
      {resolving && <IncidentsDialog ticket={ticket} onClose={() => setResolving(false)} />}
    </Card>
  )
}

type LinkedProps = { link: TicketLink; ticketId: number; mayChange: boolean }

function Linked({ link: { type, ticket: other }, ticketId, mayChange }: LinkedProps) {
  const remove = async () => {
    try {
      const left = await call('DELETE', `/tickets/${ticketId}/links/${type}/${other.id}`)
      client.setQueryData(linksQuery(ticketId).queryKey, left as never)
    } catch (error) {
      notify({ kind: 'error', title: say('links.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <li className={styles['person']}>
      <Link
        to="/inbox/$view/$ticketId"
        params={{ view: 'all', ticketId: String(other.id) }}
        className={styles['row']}
      >
        <StatusMark status={other.status} bare />
        <span className={styles['subject']}>
          {sayName('link', type)} #{other.id} {other.subject}
        </span>
      </Link>
      {mayChange && (
        <IconButton label={say('links.remove', { id: other.id })} onClick={() => void remove()}>
          <X size={12} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}
