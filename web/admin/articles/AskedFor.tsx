// The tickets that an article is to answer, beside its draft, with what was answered; a text is taken over by a press.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { TicketPage } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { call } from '../../wire/call.ts'
import { messagesQuery } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import own from './articles.module.css'

const MOST = 5
type Props = { ids: readonly number[]; text: string; onTake: (html: string) => void }

export function AskedFor({ ids, text, onTake }: Props) {
  // Nobody wrote after these searches: tickets that say the same may still be there.
  const like = useQuery({
    queryKey: ['tickets', 'like', text],
    queryFn: () => call<TicketPage>('GET', '/tickets', { query: { q: text, limit: MOST } }),
    enabled: ids.length === 0 && text !== '',
  })
  const shown = ids.length > 0 ? ids : (like.data?.items ?? []).map(({ id }) => id)
  if (shown.length === 0) return null
  return (
    <aside className={styles['beside']} aria-label={say('gaps.asked')}>
      <h2>{say('gaps.asked')}</h2>
      {shown.map((id) => (
        <Asked key={id} id={id} onTake={onTake} />
      ))}
    </aside>
  )
}

function Asked({ id, onTake }: { id: number; onTake: (html: string) => void }) {
  const ticket = useQuery({
    queryKey: ['ticket', 'subject', id],
    queryFn: () => call<{ subject: string }>('GET', `/tickets/${id}`),
  })
  const messages = useInfiniteQuery(messagesQuery(id))
  const said = (messages.data?.pages.flatMap(({ items }) => items) ?? []).filter(
    ({ kind, text }) => kind === 'reply' && text.trim() !== '',
  )
  const question = said.find(({ direction }) => direction === 'inbound')
  const answers = said.filter(({ direction }) => direction === 'outbound')
  return (
    <details className={own['asked']} open={answers.length > 0}>
      <summary>
        #{id} {ticket.data?.subject}
      </summary>
      {question && <p className={own['said']}>{question.text.slice(0, 600)}</p>}
      {answers.map(({ id: messageId, text }) => (
        <div key={messageId} className={own['answer']}>
          <p className={own['said']}>{text.slice(0, 2_000)}</p>
          <Button weight="quiet" onClick={() => onTake(paragraphs(text))}>
            {say('gaps.take')}
          </Button>
        </div>
      ))}
      <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(id) }}>
        {say('gaps.openTicket', { id })}
      </Link>
    </details>
  )
}

/** A text as HTML. */
function paragraphs(text: string): string {
  const made = document.createElement('div')
  for (const part of text.trim().split(/\n{2,}/)) {
    const line = document.createElement('p')
    line.textContent = part
    made.append(line)
  }
  return made.innerHTML
}
