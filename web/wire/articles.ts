// Articles: found, fitting a ticket, read and written.
import { queryOptions } from '@tanstack/react-query'

import type { Article, ArticleEntry, FittingArticle } from '../../src/api/contract/articles.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { askAside, call } from './call.ts'

/** Articles with all these words, those with them in the title first. The last word is still being typed. */
export const foundArticlesQuery = (q: string) =>
  queryOptions({
    queryKey: ['articles', 'find', q],
    queryFn: ({ signal }) =>
      call<Page<ArticleEntry>>('GET', '/articles', { query: { q, typing: 'true', limit: 4 }, signal }),
    gcTime: 10_000,
  })

export const fittingArticlesQuery = (ticketId: number) =>
  queryOptions({
    queryKey: ['articles', 'fitting', ticketId],
    queryFn: askAside<Page<FittingArticle>>(`/tickets/${ticketId}/articles`),
  })

export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: ['articles', 'one', id],
    queryFn: () => call<Article>('GET', `/articles/${id}`),
  })
