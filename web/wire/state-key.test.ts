// What stays on the screen while a newer state of a thing is asked for.
import { QueryClient, QueryObserver, queryOptions } from '@tanstack/react-query'
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { stateKey } from './state-key.ts'

test('of the same thing the last state stays, of another nothing', async () => {
  const queries = new QueryClient()
  const options = (id: number, seq: number) =>
    queryOptions({ ...stateKey<string>('clocks', id, seq), queryFn: async () => `${id} at ${seq}` })
  const seen = new QueryObserver(queries, options(7, 1))
  const stop = seen.subscribe(() => {})
  await queries.fetchQuery(options(7, 1))
  seen.setOptions(options(7, 2))
  assert.equal(seen.getCurrentResult().data, '7 at 1')
  await queries.fetchQuery(options(7, 2))
  assert.equal(seen.getCurrentResult().data, '7 at 2')
  seen.setOptions(options(8, 2))
  assert.equal(seen.getCurrentResult().data, undefined)
  stop()
  queries.clear()
})
