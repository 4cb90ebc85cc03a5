// Resolving the incidents of a problem: exactly those that are shown, with the words each requester gets.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { escapeHtml } from '../../../src/api/contract/variables.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextArea } from '../../parts/Form.tsx'
import { StatusMark } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { notify } from '../../state/toasts.ts'
import { incidentsQuery, resolveIncidents } from '../../wire/beside.ts'
import { reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { noteUndoable } from '../../wire/undo.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './dialogs.module.css'

export function IncidentsDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { data } = useQuery(incidentsQuery(ticket.id))
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const items = data?.items ?? []
  const mails = text.trim() === '' ? 0 : items.filter(({ requester }) => requester.email !== '').length
  const resolve = async () => {
    setBusy(true)
    const body = text.trim() === '' ? '' : `<p>${escapeHtml(text.trim()).replaceAll('\n', '<br>')}</p>`
    try {
      const { resolved, left } = await resolveIncidents(
        ticket.id,
        items.map(({ id }) => id),
        body,
      )
      const title = say('incidents.done', { count: resolved.length })
      // Their customers are told: for `z` it is too late, which it says instead of taking back something older.
      noteUndoable(title, () => undefined, 0)
      notify({
        title,
        ...(left.length > 0
          ? { detail: left.map(({ id, reason }) => `#${id}: ${sayName('refusal', reason)}`).join(', ') }
          : {}),
      })
      void client.invalidateQueries({ queryKey: ['links', ticket.id] })
      onClose()
    } catch (error) {
      setProblem(reasonOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      title={say('incidents.title')}
      open
      onClose={onClose}
      shape="wide"
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={busy || items.length === 0} onClick={() => void resolve()}>
            {say('incidents.do', { count: items.length, mails })}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      <TextArea
        label={say('incidents.text')}
        help={say('incidents.textHelp')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        dir="auto"
      />
      <ul className={styles['told']}>
        {items.map(({ id, subject, status, requester }) => (
          <li key={id}>
            <StatusMark status={status} bare />
            <span className={styles['subject']}>
              #{id} {subject}
            </span>
            <span>{requester.email}</span>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
