// One ticket: conversation and composer, with what is known about it at the side.
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'

import type { Ticket } from '../../src/api/contract/tickets.ts'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../keys/keys.ts'
import { afterPaint } from '../state/painted.ts'
import { neighbour } from '../state/desk-state.ts'
import { useGoOn } from '../state/go-on.ts'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { useContextShown } from '../state/context-shown.ts'
import { noteRecent } from '../state/recent.ts'
import { useStore } from '../state/store.ts'
import { useTitle } from '../state/title.ts'
import { say } from '../words/say.ts'
import { markRead } from '../wire/actions.ts'
import { CallFailed, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useMay } from '../wire/session.ts'
import { aside } from '../wire/side.ts'
import { messagesQuery, ticketQuery, useTicket } from '../wire/tickets.ts'
import { Early } from './composer/Early.tsx'
import { Header } from './Header.tsx'
import { Composer, Context, SideDialog } from './lazy.ts'
import styles from './ticket.module.css'
import { Timeline } from './conversation/Timeline.tsx'

export function TicketScreen() {
  const { ticketId } = useParams({ strict: false })
  const id = Number(ticketId)
  const { ticket, error } = useTicket(id)
  useTitle([ticket ? `#${id} ${ticket.subject}` : `#${id}`])
  if (ticket || !error)
    return (
      <>
        <Early key={id} ticketId={id} />
        {ticket ? (
          <Opened key={`opened ${id}`} ticket={ticket} />
        ) : (
          <main className={styles['main']} id="conversation" tabIndex={-1}>
            <Skeleton rows={5} height={92} />
          </main>
        )}
      </>
    )
  const gone = error instanceof CallFailed && error.status === 404
  return (
    <main className={styles['main']} id="conversation" tabIndex={-1}>
      <Empty title={gone ? say('ticket.notFound', { id }) : say('ticket.failed', { id })}>
        <p>{gone ? say('ticket.notFoundHelp') : reasonOf(error)}</p>
        {!gone && (
          <Button onClick={() => void client.refetchQueries(ticketQuery(id))}>{say('action.retry')}</Button>
        )}
      </Empty>
    </main>
  )
}

function Opened({ ticket }: { ticket: Ticket }) {
  const [contextShown] = useContextShown()
  const goOn = useGoOn()
  useEffect(() => afterPaint(() => markRead(ticket)), [ticket])
  useEffect(() => noteRecent(ticket.id), [ticket.id])
  useEffect(() => prefetchNeighbours(ticket.id), [ticket.id])
  useForwardKey(ticket)
  const withAside = useStore(aside, (now) => now?.ticketId === ticket.id)
  return (
    <div className={styles['ticket']} data-context={contextShown ? 'shown' : 'folded'}>
      <main className={styles['main']} id="conversation" tabIndex={-1}>
        <Header ticket={ticket} />
        <Timeline ticket={ticket} />
        <Composer ticket={ticket} onSent={() => goOn(ticket.id)} />
      </main>
      <Context ticket={ticket} />
      {withAside && <SideDialog ticket={ticket} />}
    </div>
  )
}

/** `f` forwards what the customer wrote last, else what was said last. */
function useForwardKey(ticket: Ticket): void {
  const mayForward = useMay('ticket.reply')
  const forward = () => {
    const pages = client.getQueryData(messagesQuery(ticket.id).queryKey)?.pages ?? []
    const said = pages.flatMap(({ items }) => items).filter(({ kind }) => kind === 'reply')
    const message = said.findLast(({ direction }) => direction === 'inbound') ?? said.at(-1)
    if (message && mayForward) aside.set({ ticketId: ticket.id, forward: message })
  }
  useKeys('keys.ticket', [{ keys: 'f', word: 'keys.forward', run: forward }])
}

/** The two rows either side are read ahead, so that the next key shows a conversation at once. */
function prefetchNeighbours(id: number): void {
  const timer = setTimeout(() => {
    for (const steps of [1, -1, 2, -2]) {
      const near = neighbour(id, steps)
      if (near !== null && near !== id) void client.prefetchInfiniteQuery(messagesQuery(near))
    }
  }, 120)
  void timer
}
