// Whether an article helped: how many say so of each version, and what they wrote.
import { useInfiniteQuery } from '@tanstack/react-query'

import type { Article } from '../../../src/api/contract/articles.ts'
import type { ArticleCommentPage } from '../../../src/api/contract/gaps.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import own from './articles.module.css'

export function Feedback({ article }: { article: Article }) {
  const pages = useInfiniteQuery({
    queryKey: ['articles', 'comments', article.id],
    queryFn: ({ pageParam }) =>
      call<ArticleCommentPage>('GET', `/articles/${article.id}/comments`, {
        query: { cursor: pageParam, limit: 10 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  const votes = pages.data?.pages[0]?.votes ?? []
  const comments = pages.data?.pages.flatMap(({ items }) => items) ?? []
  if (votes.length === 0) return null
  return (
    <section className={own['feedback']} aria-labelledby="feedback">
      <h2 id="feedback">{say('feedback.name')}</h2>
      <ol>
        {votes.map(({ version, yes, no }) => (
          <li key={version}>
            {say('versions.one', { version })}: {say('gaps.votes', { yes, no })}
          </li>
        ))}
      </ol>
      <ol>
        {comments.map(({ at, version, helpful, comment }) => (
          <li key={`${at} ${comment}`}>
            <p className={styles['muted']}>
              {say(helpful ? 'feedback.yes' : 'feedback.no')} · {say('versions.one', { version })} ·{' '}
              <Age at={at} />
            </p>
            <p dir="auto">{comment}</p>
          </li>
        ))}
      </ol>
      {pages.hasNextPage && <Button onClick={() => void pages.fetchNextPage()}>{say('list.more')}</Button>}
    </section>
  )
}
