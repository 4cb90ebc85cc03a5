// A list that stands still: numbers as they were read, plus those that a fresh first page would add.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

import { useCalm } from '../shell/calm.ts'
import { client } from '../wire/client.ts'
import { freshQuery, type Listed, listQuery } from '../wire/tickets.ts'

const noGroups: ReadonlyArray<{ key: string; label: string | null; at: number }> = []

export function useFrozenList(listed: Listed) {
  const { q, sort, group } = listed
  const calm = useCalm()
  const list = useInfiniteQuery(listQuery(listed))
  // What joins a list has just changed, wherever in its order it belongs. In one too long to be known whole, only its top can be told.
  const freshSort = sort === 'due' && !list.hasNextPage ? 'updated' : sort
  const fresh = useQuery({ ...freshQuery(q, freshSort), enabled: list.isSuccess && calm })
  const pages = list.data?.pages
  const ids = useMemo(() => [...new Set(pages?.flatMap((page) => page.ids))], [pages])
  const known = useMemo(() => new Set(ids), [ids])
  const newIds = useMemo(
    () => (fresh.data?.items ?? []).map(({ id }) => id).filter((id) => !known.has(id)),
    [fresh.data, known],
  )
  const takeIn = useCallback(() => {
    void client.resetQueries({ queryKey: ['list', q, sort ?? '', group ?? ''] })
  }, [q, sort, group])
  const [first] = pages ?? []
  return {
    ids,
    total: first?.total,
    groups: first?.groups ?? noGroups,
    newCount: newIds.length,
    takeIn,
    ignored: first?.ignored ?? [],
    loading: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    hasMore: list.hasNextPage,
    loadMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
    },
  }
}
