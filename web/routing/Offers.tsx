// What is offered to this person: over everything, with the time that is left, to take or to decline.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ChevronDown } from 'lucide-react'
import { createPortal } from 'react-dom'

import type { Offer } from '../../src/api/contract/routing.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { say } from '../words/say.ts'
import styles from './routing.module.css'
import { answerOffer, offersQuery } from './wire.ts'

export function Offers() {
  const { data } = useQuery(offersQuery)
  const [first, ...others] = (data?.items ?? []).toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt))
  const [folded, setFolded] = useState<number | null>(null)
  if (first === undefined) return null
  const isFolded = folded === first.id
  return createPortal(
    <section
      className={styles['offers']}
      data-folded={isFolded || undefined}
      role="status"
      aria-label={say('routing.offers')}
    >
      {isFolded ? (
        <Folded offer={first} count={others.length + 1} onOpen={() => setFolded(null)} />
      ) : (
        <Card key={first.id} offer={first} more={others.length} onFold={() => setFolded(first.id)} />
      )}
    </section>,
    document.body,
  )
}

/** Out of the way of what lies beneath, with the time that is left. The next one opens by itself. */
function Folded({ offer, count, onOpen }: { offer: Offer; count: number; onOpen: () => void }) {
  const left = Math.max(0, Date.parse(offer.expiresAt) - useNow())
  return (
    <Button weight="primary" onClick={onOpen}>
      {say('routing.foldedOffers', { count, time: minutes(left) })}
    </Button>
  )
}

/** One at a time: they must not cover the work they interrupt. */
function Card({ offer, more, onFold }: { offer: Offer; more: number; onFold: () => void }) {
  const { id, ticketId, subject, requester, queue, offeredAt, expiresAt } = offer
  const navigate = useNavigate()
  const now = useNow()
  const left = Math.max(0, Date.parse(expiresAt) - now)
  const whole = Math.max(1, Date.parse(expiresAt) - Date.parse(offeredAt))
  const accept = async () => {
    const taken = await answerOffer(id, 'accept')
    if (taken !== null)
      void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'mine', ticketId: String(ticketId) } })
  }
  return (
    <article className={styles['offer']}>
      <p className={styles['offerHead']}>
        <b>{say('routing.offered')}</b>
        <span className={styles['help']}>
          {queue.name}
          {more > 0 && ` · ${say('routing.moreOffers', { n: more })}`}
        </span>
        <IconButton label={say('routing.fold')} onClick={onFold}>
          <ChevronDown size={16} aria-hidden />
        </IconButton>
      </p>
      <p>
        #{ticketId} {subject}
      </p>
      <p className={styles['help']}>{requester}</p>
      <div className={styles['left']} aria-hidden>
        <span style={{ inlineSize: `${Math.min(100, (left / whole) * 100)}%` }} />
      </div>
      <p className={styles['offerFoot']}>
        <span className="tabular">{say('routing.left', { time: minutes(left) })}</span>
        <span>
          <Button onClick={() => void answerOffer(id, 'decline')}>{say('routing.decline')}</Button>{' '}
          <Button weight="primary" onClick={() => void accept()}>
            {say('routing.accept')}
          </Button>
        </span>
      </p>
    </article>
  )
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return now
}

function minutes(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds >= 3_600) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
