// Saved views and how many tickets each holds.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { Page } from '../../src/api/contract/shapes.ts'
import type {
  NewView,
  SavedView,
  Spelling,
  Suggestions,
  ViewCounts,
  ViewPatch,
} from '../../src/api/contract/views.ts'
import { call } from './call.ts'
import { client } from './client.ts'

const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async () => (await call<Page<SavedView>>('GET', '/views')).items,
})

export const viewCountsQuery = queryOptions({
  queryKey: ['counts', 'views'],
  queryFn: () => call<ViewCounts>('GET', '/views/counts'),
  placeholderData: (last: ViewCounts | undefined) => last,
})

const none: SavedView[] = []
export const useViews = (): SavedView[] => useQuery(viewsQuery).data ?? none

export async function saveView(id: number | null, body: NewView | ViewPatch): Promise<SavedView> {
  const saved = await (id === null
    ? call<SavedView>('POST', '/views', { body })
    : call<SavedView>('PATCH', `/views/${id}`, { body }))
  await forgetViews()
  return saved
}

export async function deleteView(id: number): Promise<void> {
  await call('DELETE', `/views/${id}`)
  await forgetViews()
}

/** So that the desk knows which views are used; nothing waits for it. */
export function noteOpened(id: number): void {
  void call('POST', `/views/${id}/opened`).catch(() => undefined)
}

async function forgetViews(): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['views'] }),
    client.invalidateQueries({ queryKey: viewCountsQuery.queryKey }),
  ])
}

/** What was likely meant by a search that finds nothing. */
export const spellingQuery = (q: string) => ({
  queryKey: ['spelling', q],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call<Spelling>('GET', '/search/spelling', { query: { q }, signal }),
  staleTime: 60_000,
})

export function suggest(q: string, cursor: number, signal: AbortSignal): Promise<Suggestions> {
  return call<Suggestions>('GET', '/search/suggestions', { query: { q, cursor }, signal })
}
