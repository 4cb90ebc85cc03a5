// The rows: virtual, of fixed height, one of them in the tab order. Nothing moves unless the agent asks.
import { useEffect, useMemo, useRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'

import type { Me } from '../../src/api/contract.ts'
import type { TicketSort } from '../../src/api/contract/tickets.ts'
import type { GroupKey } from '../../src/api/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { forgetList, useDesk } from '../state/desk-state.ts'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { usePreference } from '../state/preferences.ts'
import { useWideList } from '../state/narrow.ts'
import { shownSort, type Tab, type View } from '../state/views.ts'
import { number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { ticketQuery } from '../wire/tickets.ts'
import styles from './inbox.module.css'
import { NothingHere } from './lazy.ts'
import { Row } from './Row.tsx'
import type { useFrozenList } from './useFrozenList.ts'

type Props = {
  view: View
  tab: Tab
  list: ReturnType<typeof useFrozenList>
  me: Me
  openId: number | null
  group: GroupKey | undefined
  sort: TicketSort | undefined
  onOpen: (id: number) => void
}

type Item = { id: number; at: number } | { heading: string; count: number }

export function TicketList({ view, tab, list, me, openId, group, sort, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useRef<VirtualizerHandle>(null)
  const density = usePreference('density')
  const focusedId = useDesk((state) => state.focusedId)
  const isWide = useWideList()
  const height = density === 'dense' ? 36 : isWide ? 56 : 74
  const by = shownSort(view, sort)
  const { ids, groups } = list
  const items = useMemo(() => itemsOf(ids, groups, group), [ids, groups, group])

  useEffect(() => {
    const at = focusedId === null ? -1 : items.findIndex((item) => 'id' in item && item.id === focusedId)
    if (at >= 0) rows.current?.scrollToIndex(at, { align: 'nearest' })
  }, [focusedId, items])
  useEffect(() => forgetList, [])

  const scrolled = () => {
    const handle = rows.current
    if (!handle) return
    if (handle.scrollOffset + handle.viewportSize * 2 > handle.scrollSize) list.loadMore()
    readAhead(items, handle.findItemIndex(handle.scrollOffset))
  }
  if (list.error && ids.length === 0)
    return (
      <Empty title={say('list.failed')}>
        <p>{reasonOf(list.error)}</p>
        <Button onClick={list.retry}>{say('action.retry')}</Button>
      </Empty>
    )
  if (list.loading) return <Skeleton rows={9} height={height} />
  if (ids.length === 0) return <NothingHere view={view} tab={tab} />
  const tabStop = focusedId ?? openId ?? ids[0]
  return (
    <div ref={scroller} className={styles['scroller']} data-density={density}>
      <div
        role="grid"
        aria-label={view.name}
        aria-rowcount={list.total === undefined || list.total.capped ? -1 : list.total.count}
        aria-multiselectable
      >
        <Virtualizer
          ref={rows}
          scrollRef={scroller}
          data={items}
          itemSize={height}
          bufferSize={height}
          onScroll={scrolled}
        >
          {(item) =>
            'heading' in item ? (
              <GroupHead key={`group ${item.heading}`} {...item} />
            ) : (
              <Row
                key={item.id}
                id={item.id}
                index={item.at}
                view={view}
                tab={tab}
                me={me}
                open={item.id === openId}
                tabStop={item.id === tabStop}
                shape={density === 'dense' ? 'dense' : isWide ? 'wide' : 'tall'}
                by={by}
                onOpen={onOpen}
              />
            )
          }
        </Virtualizer>
      </div>
    </div>
  )
}

const BLOCK = 100

/** Tickets come in blocks, before their rows are in sight: one question for a hundred rows, not one for each few. */
function readAhead(items: readonly Item[], at: number): void {
  const from = Math.max(0, at - BLOCK / 4)
  const block = Math.floor(from / BLOCK)
  for (const item of items.slice(block * BLOCK, (block + 3) * BLOCK))
    if ('id' in item && client.getQueryState(ticketQuery(item.id).queryKey) === undefined)
      void client.prefetchQuery(ticketQuery(item.id))
}

/** Rows with the heading of their group before the first of each. */
function itemsOf(
  ids: readonly number[],
  groups: ReturnType<typeof useFrozenList>['groups'],
  group: GroupKey | undefined,
): Item[] {
  if (group === undefined || groups.length === 0) return ids.map((id, at) => ({ id, at }))
  return groups.flatMap(({ key, label, at }, index) => {
    const end = groups[index + 1]?.at ?? ids.length
    const rows: Item[] = ids.slice(at, end).map((id, nth) => ({ id, at: at + nth }))
    return [{ heading: headingOf(group, key, label), count: end - at }, ...rows]
  })
}

function headingOf(group: GroupKey, key: string, label: string | null): string {
  if (group === 'status' || group === 'priority') return sayName(group, key)
  return label || say('group.nobody')
}

function GroupHead({ heading, count }: { heading: string; count: number }) {
  return (
    <div role="row" className={styles['group']}>
      <span role="gridcell">
        {heading} <span className={styles['groupCount']}>{number(count)}</span>
      </span>
    </div>
  )
}
