// Linking another ticket: how the two belong together, and which it is.
import { useState } from 'react'

import type { LinkType, Ticket } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField } from '../../parts/Form.tsx'
import { StatusMark } from '../../parts/Marks.tsx'
import { linkChoices } from '../../parts/link-choices.ts'
import { Modal } from '../../parts/Modal.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { linksQuery } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'
import dialogs from './dialogs.module.css'
import { FindTicket } from './FindTicket.tsx'

export function AddLink({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
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
        options={linkChoices.map((value) => ({ value, label: say(`link.${value}`) }))}
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
