// The tickets this one is linked with: duplicates, parts, causes. A problem's incidents can be resolved together.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import type { Link as TicketLink, LinkType, Ticket } from '../../src/api/contract/tickets.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { FormProblem, SelectField } from '../parts/Form.tsx'
import { StatusMark } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../parts/toasts.ts'
import { call, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useMay } from '../wire/session.ts'
import { linksQuery } from '../wire/tickets.ts'
import { say, sayName } from '../words/say.ts'
import { Card } from './Card.tsx'
import styles from './context.module.css'
import dialogs from './dialogs.module.css'
import { FindTicket } from './FindTicket.tsx'
import { IncidentsDialog } from './IncidentsDialog.tsx'

const types = [
  'relates',
  'duplicates',
  'duplicated_by',
  'parent',
  'child',
  'problem',
  'incident',
  'blocks',
  'blocked_by',
] as const satisfies LinkType[]

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
      title={say('context.links')}
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

function AddLink({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [type, setType] = useState<LinkType>('relates')
  const [other, setOther] = useState<Ticket | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const add = async () => {
    if (!other) return
    try {
      const body = { type, ticketId: other.id }
      client.setQueryData(
        linksQuery(ticket.id).queryKey,
        await call('POST', `/tickets/${ticket.id}/links`, { body }),
      )
      onClose()
    } catch (error) {
      setProblem(reasonOf(error))
    }
  }
  return (
    <Modal
      title={say('links.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={!other} onClick={() => void add()}>
            {say('links.do')}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <SelectField
        label={say('links.type', { id: ticket.id })}
        value={type}
        onChange={(event) => setType(event.target.value as LinkType)}
        options={types.map((value) => ({ value, label: say(`link.${value}`) }))}
      />
      {other ? (
        <div className={dialogs['target']}>
          <StatusMark status={other.status} bare />
          <span className={dialogs['subject']}>
            #{other.id} {other.subject}
          </span>
          <Button weight="quiet" onClick={() => setOther(null)}>
            {say('action.change')}
          </Button>
        </div>
      ) : (
        <FindTicket ticket={ticket} onChoose={setOther} />
      )}
    </Modal>
  )
}
