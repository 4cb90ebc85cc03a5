// What the pages of backtests read and ask for.
import { queryOptions } from '@tanstack/react-query'

import type {
  Backtest,
  BacktestDetail,
  NewBacktest,
  SideBySide,
} from '../../../src/api/contract/backtests.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'

export const isUnderWay = ({ state }: Pick<Backtest, 'state'>) => state === 'queued' || state === 'running'

export const backtestQuery = (id: number) =>
  queryOptions({
    queryKey: ['backtests', id],
    queryFn: () => call<BacktestDetail>('GET', `/backtests/${id}`),
    // The feed tells of progress; this is for a feed that is away.
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 2_000 : false),
  })

export const sideBySideQuery = (id: number, ticketId: number) =>
  queryOptions({
    // Not told by the feed: it does not change.
    queryKey: ['backtest', id, 'diff', ticketId],
    queryFn: () => call<SideBySide>('GET', `/backtests/${id}/diffs/${ticketId}`),
  })

export const askBacktest = (body: NewBacktest) => call<Backtest>('POST', '/backtests', { body })

export async function cancelBacktest(id: number): Promise<void> {
  await call('POST', `/backtests/${id}/cancel`)
  await client.invalidateQueries({ queryKey: ['backtests'] })
}
