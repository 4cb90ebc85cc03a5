// A long conversation in a few of its own sentences, beside it: each leads to its message.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'

import type { TicketSummary } from '../../src/api/contract/assistant.ts'
import type { Message } from '../../src/api/contract/messages.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { Age } from '../parts/Marks.tsx'
import { useContextShown } from '../state/context-shown.ts'
import { useNarrow } from '../state/narrow.ts'
import { notify } from '../state/toasts.ts'
import { Card } from '../ticket/beside/Card.tsx'
import { goTo } from '../ticket/conversation/go-to.ts'
import { reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { loadBack, messagesQuery } from '../wire/tickets.ts'
import { say } from '../words/say.ts'
import styles from './assistant.module.css'
import { summaryQuery } from './wire.ts'

/** What is shorter is read faster than its summary. */
const LONG = 8

export function Summary({ ticket }: { ticket: Ticket }) {
  const { data: pages } = useInfiniteQuery(messagesQuery(ticket.id))
  const [first] = pages?.pages ?? []
  const count = (first?.earlier ?? 0) + (pages?.pages.flatMap(({ items }) => items).length ?? 0)
  const { data } = useQuery({ ...summaryQuery(ticket.id, ticket.seq), enabled: count >= LONG })
  if (count < LONG || !data || data.lines.length === 0) return null
  return (
    <Card name="summary">
      <ol className={styles['summary']}>
        {data.lines.map((line) => (
          <Line key={`${line.messageId} ${line.sentence}`} line={line} ticketId={ticket.id} />
        ))}
      </ol>
      <p className={styles['help']}>
        {data.read < data.total
          ? say('summary.part', { read: data.read, total: data.total })
          : say('summary.own', { count: data.total })}
      </p>
    </Card>
  )
}

function Line({ line, ticketId }: { line: TicketSummary['lines'][number]; ticketId: number }) {
  const [, showContext] = useContextShown()
  const isNarrow = useNarrow()
  const open = async () => {
    // On a phone the side takes the conversation's place.
    if (isNarrow) showContext(false)
    try {
      await reach(ticketId, line.messageId)
    } catch (error) {
      notify({ kind: 'error', title: say('messages.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <li>
      <button type="button" onClick={() => void open()} dir="auto">
        {line.sentence}
      </button>
      <span className={styles['help']}>
        {line.author} {line.kind === 'note' && `· ${say('summary.note')} `}· <Age at={line.at} bare />
      </span>
    </li>
  )
}

/** Reads back until the message is there, and goes to it. */
async function reach(ticketId: number, messageId: number): Promise<void> {
  const isThere = () => loaded(ticketId).some(({ id }) => id === messageId)
  if (!isThere()) await loadBack(ticketId, isThere)
  goTo(messageId)
}

function loaded(ticketId: number): Message[] {
  const pages = client.getQueryData(messagesQuery(ticketId).queryKey)?.pages ?? []
  return pages.flatMap(({ items }) => items)
}
