// One message. A note can never be taken for a reply: colour, border, lock and words say who will see it.
import { CalendarDays, ChevronsUpDown, Lock, Reply } from 'lucide-react'
import { memo, useId, useState } from 'react'

import type { Address, Message } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { Age, Avatar } from '../../parts/Marks.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { AttachmentList } from './AttachmentList.tsx'
import { DeliveryMark } from './DeliveryMark.tsx'
import { SuggestedCc } from './SuggestedCc.tsx'
import styles from './message.module.css'
import { MessageMenu } from './MessageMenu.tsx'
import { MessageBody } from './MessageBody.tsx'

export const MessageItem = memo(function MessageItem({
  message,
  ticket,
  plain = false,
}: {
  message: Message
  ticket: Ticket
  /** Nothing can be done with it here. */
  plain?: boolean
}) {
  const id = useId()
  const shape = message.kind === 'note' ? 'note' : message.direction === 'inbound' ? 'customer' : 'reply'
  const name = message.author?.name || message.author?.email || say('author.system')
  return (
    <article
      aria-labelledby={`${id}-who ${id}-what`}
      className={styles['message']}
      data-shape={shape}
      data-message={message.id}
      tabIndex={-1}
    >
      <header className={styles['head']}>
        <Avatar name={name} of={message.author?.id} size={32} />
        <span className={styles['who']} id={`${id}-who`}>
          {name}
        </span>
        <span className={styles['when']}>
          <Age at={message.at} />
        </span>
        <div className={styles['about']}>
          <span className={styles['what']} id={`${id}-what`}>
            {shape === 'note' && <Lock size={12} aria-hidden />}
            {shape === 'reply' && <Reply size={12} aria-hidden />}
            {labelOf(message, shape)}
          </span>
          {message.delivery && <DeliveryMark message={message} ticketId={ticket.id} />}
        </div>
        {!plain && <MessageMenu message={message} ticket={ticket} />}
      </header>
      {(message.senderCheck === 'failed' || message.senderCheck === 'unverified') && (
        <p className={styles['origin']} data-check={message.senderCheck}>
          {say(`message.sender.${message.senderCheck}`)}
        </p>
      )}
      {message.suggestedCc.length > 0 && <SuggestedCc people={message.suggestedCc} ticketId={ticket.id} />}
      {message.mergedFromTicketId !== null && (
        <p className={styles['origin']}>{say('message.from', { id: message.mergedFromTicketId })}</p>
      )}
      {message.invite && <Invite invite={message.invite} />}
      {message.redactedAt === null ? (
        <MessageBody message={message} ticketId={ticket.id} />
      ) : (
        <p className={styles['origin']}>{say('message.redacted')}</p>
      )}
      {message.html === null && message.quotedText && <Quote text={message.quotedText} />}
      {message.attachments.length > 0 && <AttachmentList attachments={message.attachments} />}
      {message.thanks && <Thanks message={message} ticketId={ticket.id} />}
    </article>
  )
})

/** A calendar invitation as what it is; the file itself is among the attachments. */
function Invite({ invite }: { invite: NonNullable<Message['invite']> }) {
  const { method, summary, start, end, zone, location, organizer } = invite
  const times = [start, end].filter(Boolean).join(' – ').replaceAll('T', ' ')
  return (
    <p className={styles['origin']}>
      <CalendarDays size={12} aria-hidden /> {say(`invite.${method}`)}: <strong>{summary}</strong>
      <br />
      {[times, zone, location, organizer].filter(Boolean).join(' · ')}
    </p>
  )
}

function labelOf(message: Message, shape: 'note' | 'customer' | 'reply'): string {
  if (shape === 'note') return say('message.note')
  const to = names(message.to)
  const cc = names(message.cc)
  // A chat is read where it is, and mailed to nobody.
  if (shape === 'reply' && to === '') return say('message.replyChat')
  if (shape === 'reply') return cc ? say('message.replyCc', { to, cc }) : say('message.reply', { to })
  return cc ? say('message.customerCc', { cc }) : (message.author?.email ?? '')
}

function names(people: readonly Address[]): string {
  return people.map(({ name, email }) => name || email).join(', ')
}

function Quote({ text }: { text: string }) {
  const [open, setOpen] = useState(false)
  const lines = text.split('\n').length
  return (
    <div className={styles['quote']}>
      <button type="button" className={styles['fold']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronsUpDown size={12} aria-hidden />
        {open ? say('quote.hide') : say('quote.show', { count: lines })}
      </button>
      {open && (
        <blockquote dir="auto" className={styles['quoted']}>
          {text}
        </blockquote>
      )}
    </div>
  )
}

function Thanks({ message, ticketId }: { message: Message; ticketId: number }) {
  const notThanks = async () => {
    try {
      await call('PATCH', `/tickets/${ticketId}/messages/${message.id}`, { body: { thanks: false } })
      void client.invalidateQueries({ queryKey: ['messages', ticketId] })
      void client.invalidateQueries({ queryKey: ['ticket', ticketId] })
    } catch (error) {
      notify({ kind: 'error', title: say('thanks.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <p className={styles['thanks']}>
      {say('thanks.label')}
      <Button weight="quiet" onClick={() => void notThanks()}>
        {say('thanks.not')}
      </Button>
    </p>
  )
}
