// What is one's own to know: for how long one had tickets before one, and what reviews say of one's resolves.
import { useInfiniteQuery } from '@tanstack/react-query'

import type { ReviewPage } from '../../src/api/contract/reviews.ts'
import { Button } from '../parts/Button.tsx'
import { call } from '../wire/call.ts'
import { useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { Head } from './Head.tsx'
import { NumberButton } from './NumberButton.tsx'
import styles from './reports.module.css'
import { ReviewList } from './ReviewList.tsx'
import { askedOf, type ReportSearch } from './search.ts'
import { valueOf } from './units.ts'
import { useReport } from './wire.ts'

export function OwnTime({ search }: { search: ReportSearch }) {
  const { countsTouch } = useMe()
  return countsTouch ? <Time search={search} /> : null
}

function Time({ search }: { search: ReportSearch }) {
  const { bucket: _, ...whole } = askedOf(search)
  const asked = { ...whole, by: 'author' }
  const { data } = useReport('touchTime', asked)
  if (data === undefined) return null
  return (
    <section className={styles['figure']}>
      <Head title={say('people.ownTime')} about={say('people.ownTimeMeans')} />
      {data.n === 0 ? (
        <p className={styles['nothing']}>{say('reports.nothing')}</p>
      ) : (
        <p className={styles['summary']}>
          <NumberButton
            cell={{ key: 'touchTime', asked }}
            words={valueOf(data, Math.round((data.mean ?? 0) * data.n))}
          />
          <span>{say('reports.n', { n: data.n })}</span>
          {data.p50 !== null && (
            <span>
              {say('people.perTicket', { p50: valueOf(data, data.p50), p90: valueOf(data, data.p90) })}
            </span>
          )}
        </p>
      )}
    </section>
  )
}

export function OwnReviews() {
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['reviews', 'own'],
    queryFn: ({ pageParam }) =>
      call<ReviewPage>('GET', '/reviews/own', { query: { cursor: pageParam, limit: 20 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <ReviewList title={say('people.ownReviews')} about={say('people.ownReviewsMean')} items={items} />
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{say('list.more')}</Button>}
    </>
  )
}
