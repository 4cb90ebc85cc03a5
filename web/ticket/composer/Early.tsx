// `r`, `n` and `m` work from the moment a ticket's address is open, before it is read and before composer and editor have arrived.
import { useEffect, useRef } from 'react'

import { useKeys } from '../../keys/keys.ts'
import { catchKeys, chooseMacro, writeOn } from '../../state/writing.ts'
import { useMay } from '../../wire/session.ts'

export function Early({ ticketId }: { ticketId: number }) {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const element = useRef<HTMLTextAreaElement>(null)
  useKeys('keys.ticket', [
    { keys: 'r', word: 'keys.reply', run: () => mayReply && writeOn(ticketId, 'reply') },
    { keys: 'n', word: 'keys.note', run: () => mayNote && writeOn(ticketId, 'note') },
    { keys: 'm', word: 'keys.macro', run: () => (mayReply || mayNote) && chooseMacro(ticketId) },
  ])
  useEffect(() => catchKeys(ticketId, element.current), [ticketId])
  return <textarea ref={element} className="unseen" aria-hidden tabIndex={-1} />
}
