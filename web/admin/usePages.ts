// A list of the API, page by page. The first part of the key is the noun that the change feed names.
import { useInfiniteQuery } from '@tanstack/react-query'

import type { Page } from '../../src/api/contract/shapes.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'

export function usePages<Item>(noun: string, query: Readonly<Record<string, string | undefined>> = {}) {
  const pages = useInfiniteQuery({
    queryKey: [noun, 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      call<Page<Item>>('GET', `/${noun}`, { query: { ...query, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  return {
    items: pages.data?.pages.flatMap(({ items }) => items) ?? [],
    loading: pages.isPending,
    error: pages.error,
    hasMore: pages.hasNextPage,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
    reload: () => void client.invalidateQueries({ queryKey: [noun] }),
  }
}
