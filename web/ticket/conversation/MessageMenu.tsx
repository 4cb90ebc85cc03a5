// What can be done with one message: see it as it came, start a new ticket from here, copy its text.
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { entryIf, MenuButton } from '../../parts/MenuButton.tsx'
import { notify } from '../../state/toasts.ts'
import { useMay } from '../../wire/session.ts'
import { aside } from '../../wire/side.ts'
import { say } from '../../words/say.ts'
import { SplitDialog } from '../lazy.ts'
import styles from './message.module.css'

export function MessageMenu({ message, ticket }: { message: Message; ticket: Ticket }) {
  const [splitting, setSplitting] = useState(false)
  const mayForward = useMay('ticket.reply')
  const maySplit = useMay('ticket.split')
  const isMail = message.direction === 'inbound' && message.via === 'email'
  const copy = async () => {
    await navigator.clipboard.writeText(message.text)
    notify({ title: say('message.copied') })
  }
  return (
    <>
      <MenuButton
        label={say('message.menu')}
        className={styles['menu']}
        entries={[
          { label: say('message.copy'), run: () => void copy() },
          ...entryIf(mayForward, {
            label: say('message.forward'),
            run: () => aside.set({ ticketId: ticket.id, forward: message }),
          }),
          ...entryIf(isMail, { label: say('message.source'), run: () => openSource(ticket.id, message.id) }),
          ...entryIf(maySplit, { label: say('message.split'), run: () => setSplitting(true) }),
        ]}
      >
        <Ellipsis size={14} aria-hidden />
      </MenuButton>
      {splitting && <SplitDialog message={message} ticket={ticket} onClose={() => setSplitting(false)} />}
    </>
  )
}

const openSource = (ticketId: number, messageId: number) =>
  window.open(`/api/v1/tickets/${ticketId}/messages/${messageId}/source`, '_blank', 'noopener')
