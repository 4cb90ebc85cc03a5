// Merging one ticket into another. Who would newly read either conversation is named and has to be acknowledged.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { PersonRef } from '../../../src/api/contract/shapes.ts'
import type { Merge, Ticket } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem } from '../../parts/Form.tsx'
import { StatusMark } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { command } from '../../wire/actions.ts'
import { CallFailed, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import styles from './dialogs.module.css'
import { FindTicket } from './FindTicket.tsx'

export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [into, setInto] = useState<Ticket | null>(null)
  const [readers, setReaders] = useState<readonly PersonRef[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const navigate = useNavigate()
  const merge = async () => {
    if (!into) return
    setBusy(true)
    const body: Merge = { into: into.id, acknowledgedNewReaders: readers.map(({ id }) => id) }
    try {
      const title = say('done.merged', { id: ticket.id, into: into.id })
      await command(`/tickets/${ticket.id}/merge`, 'POST', body, title)
      void client.invalidateQueries({ queryKey: ['ticket', ticket.id] })
      notify({ title })
      onClose()
      void navigate({
        from: '/inbox/$view/$ticketId',
        to: '/inbox/$view/$ticketId',
        params: (now) => ({ ...now, ticketId: String(into.id) }),
        search: (now: object) => now,
      })
    } catch (error) {
      const needed = error instanceof CallFailed ? error.problem.newReaders : undefined
      if (needed) setReaders(needed)
      setProblem(needed ? null : reasonOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      title={say('merge.title', { id: ticket.id })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={!into || busy} onClick={() => void merge()}>
            {readers.length > 0 ? say('merge.acknowledge', { count: readers.length }) : say('merge.do')}
          </Button>
        </>
      }
    >
      <p className={styles['lead']}>{say('merge.help', { id: ticket.id })}</p>
      <FormProblem text={problem} />
      {into ? (
        <div className={styles['target']}>
          <StatusMark status={into.status} bare />
          <span className={styles['subject']}>
            #{into.id} {into.subject}
          </span>
          <Button weight="quiet" onClick={() => setInto(null)}>
            {say('action.change')}
          </Button>
        </div>
      ) : (
        <FindTicket ticket={ticket} onChoose={setInto} />
      )}
      {readers.length > 0 && (
        <div className={styles['warning']} role="alert">
          <p>{say('merge.newReaders', { count: readers.length })}</p>
          <ul>
            {readers.map((reader) => (
              <li key={reader.id}>
                {reader.name} <span>{reader.email}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Modal>
  )
}
