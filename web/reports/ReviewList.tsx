// Reviews, the newest first: each with what was answered and the note beside it.
import { Link } from '@tanstack/react-router'

import type { Review } from '../../src/api/contract/reviews.ts'
import { Button } from '../parts/Button.tsx'
import { dayAndTime } from '../parts/time.ts'
import { useMe } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { Head } from './Head.tsx'
import styles from './reports.module.css'

type Props = {
  title: string
  about?: string
  items: readonly Review[]
  /** Takes one's own up once more. */
  onAgain?: (review: Review) => void
}

export function ReviewList({ title, about = '', items, onAgain }: Props) {
  const me = useMe()
  if (items.length === 0) return null
  return (
    <section className={styles['figure']}>
      <Head title={title} about={about} />
      <ol className={styles['list']}>
        {items.map((review) => (
          <li key={`${review.ticketId} ${review.resolvedAt}`}>
            <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(review.ticketId) }}>
              #{review.ticketId} {review.subject}
            </Link>
            <span className={styles['hint']}>
              {say('reviews.from', {
                name: review.reviewer?.name ?? '–',
                when: dayAndTime(review.at ?? review.resolvedAt),
              })}
              {onAgain && review.reviewer?.id === me.id && (
                <Button weight="quiet" onClick={() => onAgain(review)}>
                  {say('reviews.again')}
                </Button>
              )}
            </span>
            <ul className={styles['reasons']}>
              {review.answers?.map(({ question, answer }) => (
                <li key={question}>
                  {question} <b>{sayName('reviewAnswer', answer)}</b>
                </li>
              ))}
              {review.note && <li>{review.note}</li>}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
