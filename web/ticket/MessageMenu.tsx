// What can be done with one message: see it as it came, start a new ticket from here, copy its text.
import { Menu } from '@base-ui/react/menu'
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import type { Message } from '../../src/api/contract/messages.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import menu from '../parts/menu.module.css'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../parts/toasts.ts'
import { call, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useMay } from '../wire/session.ts'
import { keepTicket } from '../wire/tickets.ts'
import { say } from '../words/say.ts'
import styles from './message.module.css'

export function MessageMenu({ message, ticket }: { message: Message; ticket: Ticket }) {
  const [splitting, setSplitting] = useState(false)
  const maySplit = useMay('ticket.split')
  const isMail = message.direction === 'inbound' && message.via === 'email'
  const copy = async () => {
    await navigator.clipboard.writeText(message.text)
    notify({ title: say('message.copied') })
  }
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={
            <IconButton label={say('message.menu')} className={styles['menu']}>
              <Ellipsis size={14} aria-hidden />
            </IconButton>
          }
        />
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className={menu['positioner']}>
            <Menu.Popup className={menu['popup']}>
              <Menu.Item className={menu['item']} onClick={() => void copy()}>
                {say('message.copy')}
              </Menu.Item>
              {isMail && (
                <Menu.Item
                  className={menu['item']}
                  onClick={() =>
                    window.open(
                      `/api/v1/tickets/${ticket.id}/messages/${message.id}/source`,
                      '_blank',
                      'noopener',
                    )
                  }
                >
                  {say('message.source')}
                </Menu.Item>
              )}
              {maySplit && (
                <Menu.Item className={menu['item']} onClick={() => setSplitting(true)}>
                  {say('message.split')}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {splitting && <SplitDialog message={message} ticket={ticket} onClose={() => setSplitting(false)} />}
    </>
  )
}

function SplitDialog({
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
      notify({ title: say('split.done', { id: fresh.id }) })
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
