// A list that stands still: pages as they were read, plus the ids that a fresh first page would add.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

import type { TicketSort } from '../../src/api/contract/tickets.ts'
import { client } from '../wire/client.ts'
import { freshQuery, listQuery } from '../wire/tickets.ts'

export function useFrozenList(q: string, sort: TicketSort | undefined) {
  const list = useInfiniteQuery(listQuery(q, sort))
  const fresh = useQuery({ ...freshQuery(q, sort), enabled: list.isSuccess })
  const pages = list.data?.pages
  const ids = useMemo(() => [...new Set(pages?.flatMap(({ items }) => items.map(({ id }) => id)))], [pages])
  const newIds = useMemo(() => {
    const known = new Set(ids)
    return (fresh.data?.items ?? []).map(({ id }) => id).filter((id) => !known.has(id))
  }, [fresh.data, ids])
  const takeIn = useCallback(() => {
    if (!fresh.data) return
    client.setQueryData(listQuery(q, sort).queryKey, { pages: [fresh.data], pageParams: [null] })
  }, [fresh.data, q, sort])
  return {
    ids,
    newCount: newIds.length,
    takeIn,
    ignored: pages?.[0]?.ignored ?? [],
    loading: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    hasMore: list.hasNextPage,
    loadMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
    },
  }
}
