// Giving a ticket to another requester. Who gets access is said; mail that waits to leave keeps its recipients.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { PickList } from '../../parts/PickList.tsx'
import { patchTickets } from '../../wire/actions.ts'
import { findPeople } from '../../wire/desk.ts'
import { likeAddress } from '../../parts/like-address.ts'
import { say } from '../../words/say.ts'
import styles from './dialogs.module.css'

export function RequesterDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [text, setText] = useState('')
  const [email, setEmail] = useState('')
  const { data } = useQuery({
    queryKey: ['find', 'people', text],
    queryFn: ({ signal }) => findPeople(text, signal),
    enabled: text.trim().length > 1,
  })
  const change = () => {
    const requester = { id: 0, name: email, email }
    void patchTickets([ticket.id], { requester: { email } }, () => ({ requester }), {
      done: 'done.requester',
      values: { email },
    })
    onClose()
  }
  const people = text.trim() ? (data?.items ?? []) : []
  return (
    <Modal
      title={say('requester.change')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button
            weight="primary"
            disabled={!likeAddress(email) || email === ticket.requester.email}
            onClick={change}
          >
            {say('requester.do')}
          </Button>
        </>
      }
    >
      <div className={styles['picker']}>
        <PickList
          label={say('requester.find')}
          choices={[]}
          found={people.map((person) => ({
            id: person.email,
            label: person.name || person.email,
            hint: person.email,
          }))}
          onType={setText}
          onChoose={setEmail}
          empty={say('requester.type')}
        />
      </div>
      <TextField
        label={say('field.email')}
        inputMode="email"
        value={email}
        onChange={(event) => setEmail(event.target.value.trim().toLowerCase())}
      />
      {email !== '' && (
        <p className={styles['lead']}>{say('requester.access', { email, before: ticket.requester.email })}</p>
      )}
    </Modal>
  )
}
