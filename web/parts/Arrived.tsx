// What was asked of the server: its shape while it is under way, the reason and another try when it does not come.
import type { ReactNode } from 'react'

import { reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { Button } from './Button.tsx'
import { Empty, Skeleton } from './Empty.tsx'

export type Query<Data> = { data: Data | undefined; error: Error | null; refetch: () => unknown }
type Props<Data> = {
  query: Query<Data>
  rows: number
  height: number
  children: (data: Data) => ReactNode
}

/** Shows what has come; a later failure leaves it standing. */
export function Arrived<Data>({ query: { data, error, refetch }, rows, height, children }: Props<Data>) {
  if (data !== undefined) return children(data)
  if (error === null) return <Skeleton rows={rows} height={height} />
  return (
    <Empty title={say('list.failed')}>
      <p>{reasonOf(error)}</p>
      <Button onClick={() => void refetch()}>{say('action.retry')}</Button>
    </Empty>
  )
}
