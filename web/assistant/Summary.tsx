// A long conversation in a few sentences, beside it, each of which leads to its message: its own, or a model's at a press.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { TicketSummary } from '../../src/api/contract/assistant.ts'
import type { Message } from '../../src/api/contract/messages.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { Button } from '../parts/Button.tsx'
import { Age } from '../parts/Marks.tsx'
import { useContextShown } from '../state/context-shown.ts'
import { useNarrow } from '../state/narrow.ts'
import { notify } from '../state/toasts.ts'
import { Card } from '../ticket/beside/Card.tsx'
import { goTo } from '../ticket/conversation/go-to.ts'
import { reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { loadBack, messagesQuery } from '../wire/tickets.ts'
import { hasWord, say, sayName } from '../words/say.ts'
import styles from './assistant.module.css'
import { modelSummaryQuery, summaryQuery } from './wire.ts'

/** What is shorter is read faster than its summary. */
const LONG = 8

export function Summary({ ticket }: { ticket: Ticket }) {
  const { data: pages } = useInfiniteQuery(messagesQuery(ticket.id))
  const [first] = pages?.pages ?? []
  const count = (first?.earlier ?? 0) + (pages?.pages.flatMap(({ items }) => items).length ?? 0)
  const own = useQuery({ ...summaryQuery(ticket.id, ticket.seq), enabled: count >= LONG })
  // Asked at a press, and for what the conversation was at that press.
  const state = `${ticket.id} ${ticket.seq}`
  const [askedAt, setAskedAt] = useState<string | null>(null)
  const isAsked = askedAt === state
  const model = useQuery({ ...modelSummaryQuery(ticket.id, ticket.seq), enabled: isAsked })
  const isWorded = isAsked && model.data?.model != null && model.data.lines.length > 0
  const data = isAsked && (model.data?.lines.length ?? 0) > 0 ? model.data : own.data
  const turn = () => {
    setAskedAt(isWorded ? null : state)
    // What failed is asked for again; what was written is kept.
    if (model.isError || model.data?.model === null) void model.refetch()
  }
  if (count < LONG || !data || data.lines.length === 0) return null
  return (
    <Card name="summary">
      <ol className={styles['summary']} aria-busy={model.isFetching}>
        {data.lines.map((line) => (
          <Line key={`${line.messageId} ${line.sentence}`} line={line} ticketId={ticket.id} />
        ))}
      </ol>
      <p className={styles['help']} role="status">
        {isAsked && model.isError ? reasonOf(model.error) : whose(data)}
      </p>
      {own.data?.mayAsk === true && (
        <div className={styles['actions']}>
          <Button disabled={model.isFetching} onClick={turn}>
            {say(model.isFetching ? 'summary.asking' : isWorded ? 'summary.back' : 'summary.ask')}
          </Button>
        </div>
      )}
    </Card>
  )
}

/** Whose words these are, and of how much; why not a model's. */
function whose({ read, total, model, instead, dropped }: TicketSummary): string {
  if (model !== null)
    return [say('summary.byModel', { model }), dropped > 0 ? say('summary.dropped', { dropped }) : '']
      .join(' ')
      .trim()
  const own = read < total ? say('summary.part', { read, total }) : say('summary.own', { count: total })
  if (instead === null) return own
  const told = hasWord(`summaryInstead.${instead}`)
    ? sayName('summaryInstead', instead)
    : say('summary.failed', { reason: sayName('modelReason', instead) })
  return `${told} ${own}`
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
