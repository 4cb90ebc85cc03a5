// Resolves that were drawn by lot, one at a time: what was said, and what the reviewer says of it. j and k go from one to the next, 1, 2 and 3
// answer the question whose turn it is, Enter keeps it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { MessagePage } from '../../src/api/contract/messages.ts'
import type { Review, ReviewPage, ReviewsWaiting } from '../../src/api/contract/reviews.ts'
import { reviewAnswers, type ReviewAnswer } from '../../src/reporting/vocabulary.ts'
import { useKeys } from '../keys/keys.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { TextField } from '../parts/Form.tsx'
import { dayAndTime, finePercent, number } from '../parts/time.ts'
import { notify } from '../state/toasts.ts'
import { useTitle } from '../state/title.ts'
import { call, reasonOf } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { Head } from './Head.tsx'
import styles from './reports.module.css'
import { ReviewList } from './ReviewList.tsx'

export const waitingQuery = {
  queryKey: ['reviews', 'waiting'],
  queryFn: () => call<ReviewsWaiting>('GET', '/reviews/waiting'),
}

export function Reviews() {
  const query = useQuery(waitingQuery)
  const done = useQuery({ queryKey: ['reviews', 'done'], queryFn: () => call<ReviewPage>('GET', '/reviews') })
  const [again, setAgain] = useState<Review | null>(null)
  useTitle([say('reviews.title'), say('rail.reports')])
  return (
    <main className={styles['page']} id="conversation" tabIndex={-1}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{say('reviews.title')}</h1>
        <nav className={styles['boards']}>
          <Link to="/reports/$board" params={{ board: 'quality' }}>
            {sayName('board', 'quality')}
          </Link>
        </nav>
      </header>
      <Arrived query={query} rows={6} height={40}>
        {(found) => <Queue found={found} again={again} onDone={() => setAgain(null)} />}
      </Arrived>
      <Arrived query={done} rows={3} height={40}>
        {({ items }) => <ReviewList title={say('reviews.done')} items={items} onAgain={setAgain} />}
      </Arrived>
    </main>
  )
}

type QueueProps = { found: ReviewsWaiting; again: Review | null; onDone: () => void }

function Queue({ found: { items, share, questions, waiting }, again, onDone }: QueueProps) {
  const [place, setPlace] = useState(0)
  const index = Math.min(place, items.length - 1)
  const shown = again ?? items[index]
  const step = (by: number) => () => {
    onDone()
    setPlace(Math.max(0, Math.min(items.length - 1, index + by)))
  }
  useKeys('keys.reviews', [
    { keys: 'j', word: 'keys.next', run: step(1) },
    { keys: 'k', word: 'keys.previous', run: step(-1) },
  ])
  return (
    <section className={styles['figure']}>
      <Head
        title={say('reviews.waiting', { count: number(waiting) })}
        about={say('reviews.means', { share: finePercent(share) })}
      />
      {shown === undefined ? (
        <p className={styles['nothing']}>{share === 0 ? say('reviews.off') : say('reviews.none')}</p>
      ) : (
        <Reviewing
          key={[shown.ticketId, shown.resolvedAt, ...questions].join(' ')}
          shown={shown}
          questions={questions}
          where={
            again === null ? say('reviews.place', { place: number(index + 1), of: number(items.length) }) : ''
          }
          onDone={onDone}
        />
      )}
    </section>
  )
}

type Props = { shown: Review; questions: readonly string[]; where: string; onDone: () => void }

function Reviewing({ shown, questions, where, onDone }: Props) {
  const { ticketId, subject, agent, resolvedAt } = shown
  const cache = useQueryClient()
  const before = (question: string) => shown.answers?.find((each) => each.question === question)?.answer
  const [answers, setAnswers] = useState<(ReviewAnswer | undefined)[]>(questions.map(before))
  const [note, setNote] = useState(shown.note ?? '')
  const turn = answers.findIndex((answer) => answer === undefined)
  const answer = (at: number, said: ReviewAnswer) => setAnswers(answers.with(at, said))
  const keep = async () => {
    if (turn !== -1) return notify({ kind: 'error', title: say('reviews.open') })
    try {
      const told = questions.map((question, at) => ({ question, answer: answers[at] }))
      await call('POST', '/reviews', { body: { ticketId, resolvedAt, answers: told, note } })
      onDone()
      void cache.invalidateQueries({ queryKey: ['reports', 'reviewed'] })
    } catch (error) {
      notify({ kind: 'error', title: reasonOf(error) })
    }
    // What was refused waits no more, or is asked otherwise by now.
    await cache.invalidateQueries({ queryKey: ['reviews'] })
    return undefined
  }
  useKeys('keys.reviews', [
    ...reviewAnswers.map((said, at) => ({
      keys: String(at + 1),
      word: `keys.review.${said}` as const,
      run: () => turn !== -1 && answer(turn, said),
    })),
    { keys: 'Enter', word: 'keys.review.keep', run: () => void keep() },
  ])
  return (
    <>
      <h3>
        <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
          #{ticketId} {subject}
        </Link>
      </h3>
      <p className={styles['hint']}>
        {where} {say('reviews.by', { name: agent?.name ?? '–', when: dayAndTime(resolvedAt) })}
      </p>
      <Said ticketId={ticketId} />
      <ol className={styles['rubric']}>
        {questions.map((question, at) => (
          <li key={question} aria-current={at === turn ? 'step' : undefined}>
            <span id={`question ${at}`}>{question}</span>
            <span role="group" aria-labelledby={`question ${at}`} className={styles['causes']}>
              {reviewAnswers.map((said, key) => (
                <Button key={said} aria-pressed={answers[at] === said} onClick={() => answer(at, said)}>
                  <kbd>{key + 1}</kbd> {sayName('reviewAnswer', said)}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ol>
      <TextField
        label={say('reviews.note')}
        value={note}
        maxLength={2_000}
        onChange={({ target }) => setNote(target.value)}
      />
      <p>
        <Button weight="primary" disabled={turn !== -1} onClick={() => void keep()}>
          {say('reviews.keep')} <kbd>↵</kbd>
        </Button>{' '}
        <span className={styles['hint']}>{say('reviews.keys')}</span>
      </p>
    </>
  )
}

/** What customers and people wrote to each other, the newest thirty. */
function Said({ ticketId }: { ticketId: number }) {
  const query = useQuery({
    queryKey: ['reviews', 'said', ticketId],
    queryFn: () =>
      call<MessagePage>('GET', `/tickets/${ticketId}/messages`, { query: { before: 'end', limit: 30 } }),
  })
  return (
    <Arrived query={query} rows={4} height={60}>
      {({ items, earlier }) => (
        <div className={styles['said']} role="log" tabIndex={0} aria-label={say('reviews.said')}>
          {earlier > 0 && (
            <p className={styles['hint']}>{say('reviews.earlier', { count: number(earlier) })}</p>
          )}
          {items
            .filter(({ kind }) => kind === 'reply')
            .map(({ id, direction, author, at, text }) => (
              <section key={id} data-direction={direction}>
                <h4>
                  {author?.name ?? say('reports.none')}{' '}
                  <span className={styles['hint']}>{dayAndTime(at)}</span>
                </h4>
                <p>{text}</p>
              </section>
            ))}
        </div>
      )}
    </Arrived>
  )
}
