// The rows: virtual, of fixed height, one of them in the tab order. Nothing moves unless the agent asks.
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'

import type { Me } from '../../src/api/contract.ts'
import { Button } from '../parts/Button.tsx'
import { countText } from '../parts/Counted.tsx'
import { forgetList, useDesk } from '../parts/desk-state.ts'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { usePreference } from '../parts/preferences.ts'
import type { Tab, View } from '../parts/views.ts'
import { say } from '../words/say.ts'
import { reasonOf } from '../wire/call.ts'
import { countsQuery } from '../wire/tickets.ts'
import styles from './inbox.module.css'
import { Row } from './Row.tsx'
import type { useFrozenList } from './useFrozenList.ts'

type Props = {
  view: View
  tab: Tab
  list: ReturnType<typeof useFrozenList>
  me: Me
  openId: number | null
  onOpen: (id: number) => void
}

export function TicketList({ view, tab, list, me, openId, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useRef<VirtualizerHandle>(null)
  const density = usePreference('density')
  const focusedId = useDesk((state) => state.focusedId)
  const height = density === 'dense' ? 36 : 56
  const { ids } = list

  useEffect(() => {
    const at = focusedId === null ? -1 : ids.indexOf(focusedId)
    if (at >= 0) rows.current?.scrollToIndex(at, { align: 'nearest' })
  }, [focusedId, ids])
  useEffect(() => forgetList, [])

  const nearEnd = () => {
    const handle = rows.current
    if (handle && handle.scrollOffset + handle.viewportSize * 2 > handle.scrollSize) list.loadMore()
  }
  if (list.error && ids.length === 0)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(list.error)}</p>
        <Button onClick={list.retry}>{say('action.retry')}</Button>
      </Empty>
    )
  if (list.loading) return <Skeleton rows={9} height={height} />
  if (ids.length === 0) return <NothingHere view={view} />
  const tabStop = focusedId ?? openId ?? ids[0]
  return (
    <div ref={scroller} className={styles['scroller']} data-density={density}>
      <div
        role="grid"
        aria-label={view.name}
        aria-rowcount={list.hasMore ? -1 : ids.length}
        aria-multiselectable
      >
        <Virtualizer ref={rows} scrollRef={scroller} data={ids} itemSize={height} onScroll={nearEnd}>
          {(id, index) => (
            <Row
              key={id}
              id={id}
              index={index}
              view={view}
              tab={tab}
              me={me}
              open={id === openId}
              tabStop={id === tabStop}
              dense={density === 'dense'}
              onOpen={onOpen}
            />
          )}
        </Virtualizer>
      </div>
    </div>
  )
}

function NothingHere({ view }: { view: View }) {
  const { data } = useQuery(countsQuery('-is:snoozed'))
  const open = data ? { count: data.active.count, capped: data.active.capped } : undefined
  if (view.key === 'search')
    return (
      <Empty title={say('list.noMatch')}>
        <p>{say('list.noMatchHelp')}</p>
      </Empty>
    )
  return (
    <Empty title={say('list.empty')}>
      {open && open.count > 0 && (
        <p>
          {say('list.emptyBut', { count: open.count, shown: countText(open) })}{' '}
          <Link to="/inbox/$view" params={{ view: 'all' }} search={{ tab: 'active' }}>
            {say('view.all')}
          </Link>
        </p>
      )}
    </Empty>
  )
}
