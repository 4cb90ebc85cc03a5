// A new ticket out of one message; here a pointer to it stays.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { tellUndoable, undoUpdates } from '../../wire/undo.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { keepTicket } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'

export function SplitDialog({
  message,
  ticket,
  onClose,
}: {
  message: Message
  ticket: Ticket
  onClose: () => void
}) {
  const [problem, setProblem] = useState<string | null>(null)
  const [subject, setSubject] = useState(ticket.subject)
  const navigate = useNavigate()
  const split = async () => {
    try {
      const body = { messageIds: [message.id], subject: subject.trim() || ticket.subject }
      const fresh = await call<Ticket>('POST', `/tickets/${ticket.id}/split`, { body })
      keepTicket(fresh)
      void client.invalidateQueries({ queryKey: ['messages', ticket.id] })
      void client.invalidateQueries({ queryKey: ['events', ticket.id] })
      const title = say('split.done', { id: fresh.id })
      const { seq } = await call<Ticket>('GET', `/tickets/${ticket.id}`)
      tellUndoable(title, () => undoUpdates([{ id: ticket.id, seq }], title))
      onClose()
      void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: String(fresh.id) } })
    } catch (error) {
      setProblem(reasonOf(error))
    }
  }
  return (
    <Modal
      title={say('split.title')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" onClick={() => void split()}>
            {say('split.do')}
          </Button>
        </>
      }
    >
      <p>{say('split.help', { name: message.author?.name ?? '' })}</p>
      <FormProblem text={problem} />
      <TextField
        label={say('property.subject')}
        value={subject}
        onChange={(event) => setSubject(event.target.value)}
      />
    </Modal>
  )
}
