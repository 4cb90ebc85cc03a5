// What can be done with one message: see or keep it as it came, start a new ticket from here, copy its text, take it away.
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { entryIf, MenuButton } from '../../parts/MenuButton.tsx'
import { notify } from '../../state/toasts.ts'
import { useMay } from '../../wire/session.ts'
import { aside } from '../../wire/side.ts'
import { say } from '../../words/say.ts'
import { RedactDialog, SplitDialog } from '../lazy.ts'
import styles from './message.module.css'

export function MessageMenu({ message, ticket }: { message: Message; ticket: Ticket }) {
  const [splitting, setSplitting] = useState(false)
  const [redacting, setRedacting] = useState<string | null>(null)
  const mayDelete = useMay('ticket.delete') && message.redactedAt === null
  const mayForward = useMay('ticket.reply')
  const maySplit = useMay('ticket.split')
  const isMail = message.direction === 'inbound' && message.via === 'email'
  const copy = async () => {
    await navigator.clipboard.writeText(message.text)
    notify({ title: say('message.copied') })
  }
  return (
    <span className={styles['menu']}>
      <MenuButton
        label={say('message.menu')}
        entries={[
          { label: say('message.copy'), run: () => void copy() },
          { label: say('message.download'), run: () => download(ticket.id, message, isMail) },
          ...entryIf(mayForward, {
            label: say('message.forward'),
            run: () => aside.set({ ticketId: ticket.id, forward: message }),
          }),
          ...entryIf(isMail, { label: say('message.source'), run: () => openSource(ticket.id, message.id) }),
          ...entryIf(maySplit, { label: say('message.split'), run: () => setSplitting(true) }),
          ...entryIf(mayDelete, {
            label: say('message.redact'),
            run: () => setRedacting(markedIn(message.id)),
          }),
        ]}
      >
        <Ellipsis size={14} aria-hidden />
      </MenuButton>
      {redacting !== null && (
        <RedactDialog
          message={message}
          ticketId={ticket.id}
          marked={redacting}
          onClose={() => setRedacting(null)}
        />
      )}
      {splitting && <SplitDialog message={message} ticket={ticket} onClose={() => setSplitting(false)} />}
    </span>
  )
}

const sourceOf = (ticketId: number, messageId: number) =>
  `/api/v1/tickets/${ticketId}/messages/${messageId}/source`
const openSource = (ticketId: number, messageId: number) =>
  window.open(sourceOf(ticketId, messageId), '_blank', 'noopener')

/** The mail as it came, for other programs; what came otherwise as its text. */
function download(ticketId: number, message: Message, isMail: boolean): void {
  const link = document.createElement('a')
  link.href = isMail ? sourceOf(ticketId, message.id) : URL.createObjectURL(new Blob([message.text]))
  link.download = `${ticketId}-${message.id}.${isMail ? 'eml' : 'txt'}`
  link.click()
  if (!isMail) URL.revokeObjectURL(link.href)
}

/** What is marked in a message, in one line. */
function markedIn(messageId: number): string {
  const marked = getSelection()
  const message = marked?.anchorNode?.parentElement?.closest('[data-message]')
  return message?.getAttribute('data-message') === String(messageId)
    ? (marked?.toString().replaceAll(/\s+/g, ' ').trim() ?? '')
    : ''
}
