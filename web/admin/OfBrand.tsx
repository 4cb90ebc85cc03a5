// What belongs to a brand and has a page of its own, or is about to be made: read with all brands before its editor is shown.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { Brand } from '../../src/api/contract/forms.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { Button } from '../parts/Button.tsx'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { call, reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'

type Props<Thing> = {
  /** The list it stands in, and the last part of its address; `new` is none yet. */
  list: 'forms' | 'widgets' | 'hooks'
  id: string
  children: (thing: Thing | null, brands: readonly Brand[]) => ReactNode
}

export function OfBrand<Thing>({ list, id, children }: Props<Thing>) {
  const isNew = id === 'new'
  const found = useQuery({
    queryKey: [list, 'one', id],
    queryFn: () => call<Thing>('GET', `/${list}/${id}`),
    enabled: !isNew,
  })
  const brands = useQuery({
    queryKey: ['brands', 'all'],
    queryFn: () => call<Page<Brand>>('GET', '/brands'),
  })
  const error = found.error ?? brands.error
  if (error)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(error)}</p>
        <Button onClick={() => void Promise.all([found.refetch(), brands.refetch()])}>
          {say('action.retry')}
        </Button>
      </Empty>
    )
  const all = brands.data?.items
  if (!all || (!isNew && !found.data)) return <Skeleton rows={6} height={40} />
  return children(found.data ?? null, all)
}
