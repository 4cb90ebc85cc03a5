// Puts a link to what stands beside a ticket into what is being written on it.
import { Link } from 'lucide-react'

import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { escapeHtml } from '../../../src/api/contract/variables.ts'
import { IconButton } from '../../parts/Button.tsx'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { insertHtml } from './insert.ts'

type Props = {
  ticket: Ticket
  href: string
  text: string
  /** No customer can open it: it goes into a note. */
  forAgents: boolean
}

export function InsertLink({ ticket, href, text, forAgents }: Props) {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const asNote = forAgents || !mayReply || ticket.status === 'closed'
  if (asNote && !mayNote) return null
  const html = `<p><a href="${escapeHtml(href)}">${escapeHtml(text)}</a> </p>`
  return (
    <IconButton
      label={say(asNote ? 'articles.insertNote' : 'articles.insert', { name: text })}
      onClick={() => insertHtml(ticket.id, html, asNote ? 'note' : undefined)}
    >
      <Link size={13} aria-hidden />
    </IconButton>
  )
}
