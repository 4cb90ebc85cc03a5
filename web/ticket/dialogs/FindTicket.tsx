// Choosing another ticket by its number or by words; the requester's own come first.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Ticket, TicketPage } from '../../../src/api/contract/tickets.ts'
import { StatusMark } from '../../parts/Marks.tsx'
import { PickList } from '../../parts/PickList.tsx'
import { call } from '../../wire/call.ts'
import { historyQuery } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'
import styles from './dialogs.module.css'

export function FindTicket({ ticket, onChoose }: { ticket: Ticket; onChoose: (ticket: Ticket) => void }) {
  const [text, setText] = useState('')
  const history = useQuery(historyQuery(ticket.requester.email))
  const found = useQuery({
    queryKey: ['find', 'other', text],
    queryFn: ({ signal }) =>
      call<TicketPage>('GET', '/tickets', { query: { q: text, typing: 'true', limit: 8 }, signal }),
    enabled: text.trim().length > 1 || /^\d+$/.test(text),
  })
  const isOwn = ({ requester }: Ticket) => requester.id === ticket.requester.id
  const tickets = [...((text.trim() ? found.data?.items : history.data?.items) ?? [])]
    .filter(({ id }) => id !== ticket.id)
    .toSorted((a, b) => rank(a, isOwn) - rank(b, isOwn))
  return (
    <div className={styles['picker']}>
      <PickList
        label={say('merge.find')}
        choices={[]}
        found={tickets.map(({ id, subject, status, requester }) => ({
          id: String(id),
          label: `#${id} ${subject}`,
          hint: requester.name,
          icon: <StatusMark status={status} bare />,
          group: requester.id === ticket.requester.id ? say('merge.own') : say('merge.others'),
        }))}
        onType={setText}
        empty={say('merge.none')}
        onChoose={(id) => {
          const target = tickets.find((other) => String(other.id) === id)
          if (target) onChoose(target)
        }}
      />
    </div>
  )
}

/** The requester's own first, and of those the ones on which work goes on. */
function rank(other: Ticket, isOwn: (other: Ticket) => boolean): number {
  return isOwn(other) ? (other.status === 'resolved' || other.status === 'closed' ? 1 : 0) : 2
}
