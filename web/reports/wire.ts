// What the pages of reports read, and what they make of it.
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'

import type { Report, ReportList, ReportRow } from '../../src/api/contract/reports.ts'
import { addressOf } from '../wire/address.ts'
import { call } from '../wire/call.ts'
import type { Asked } from './search.ts'

export const reportQuery = (key: string, asked: Asked) =>
  queryOptions({
    queryKey: ['reports', key, asked],
    queryFn: () => call<Report>('GET', `/reports/${key}`, { query: asked }),
    placeholderData: keepPreviousData<Report>,
  })

export function useReport(key: string, asked: Asked) {
  return useQuery(reportQuery(key, asked))
}

/** One number: of a bucket, of a group, of both, or the whole. */
export type Cell = { key: string; asked: Asked; at?: string | undefined; group?: string | null | undefined }

export const behindQuery = ({ key, asked, at, group }: Cell) =>
  infiniteQueryOptions({
    queryKey: ['reports', key, 'behind', asked, at, group],
    queryFn: ({ pageParam }) =>
      call<ReportList>('GET', `/reports/${key}/tickets`, {
        query: { ...asked, at, group: group === null ? 'none' : group, cursor: pageParam, limit: 100 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })

/** Where the rows of a report are had as a file. */
export const fileOf = ({ key, asked }: Pick<Cell, 'key' | 'asked'>, kind: 'csv' | 'xlsx') =>
  addressOf(`/reports/${key}/rows.${kind}`, asked)

export type Group = { key: string | null; name: string | null; rows: readonly ReportRow[] }

/** The rows of each group, in order of time. */
export function groupsOf({ rows }: Report): Group[] {
  const groups = new Map<string | null, ReportRow[]>()
  for (const row of rows) {
    const key = row.groupKey ?? null
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups].map(([key, own]) => ({ key, name: own[0]?.group ?? null, rows: own }))
}
