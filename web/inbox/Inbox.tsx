// The inbox: the list of a view beside the open ticket. One pane at a time below 1100 px.
import type { InboxSearch } from './search.ts'
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'

import { atHand, clearSelection, desk, neighbour, setDesk, useDesk } from '../state/desk-state.ts'
import { usePreference } from '../state/preferences.ts'
import { useTitle } from '../state/title.ts'
import { queryOf } from '../state/standard-queries.ts'
import { sortOf, tabs, viewOf } from '../state/views.ts'
import { useKeys } from '../keys/keys.ts'
import { useTeams } from '../wire/desk.ts'
import { useMe } from '../wire/session.ts'
import { noteOpened, useViews } from '../wire/views.ts'
import { BulkBar } from './BulkBar.tsx'
import { Divider } from './Divider.tsx'
import { JobBar } from './lazy.ts'
import styles from './inbox.module.css'
import { ListHead } from './ListHead.tsx'
import { PlayBar } from './PlayBar.tsx'
import { TicketList } from './TicketList.tsx'
import { useFrozenList } from './useFrozenList.ts'

export function Inbox() {
  const params = useParams({ strict: false })
  const search = useSearch({ strict: false }) as InboxSearch
  const navigate = useNavigate()
  const me = useMe()
  const teams = useTeams()
  const width = usePreference('listWidth')
  const changing = useDesk((state) => state.jobId !== null)
  const key = params.view ?? 'mine'
  const saved = useViews()
  const view = useMemo(() => viewOf(key, search.q ?? '', teams, saved), [key, search.q, teams, saved])
  const tab = search.tab && tabs.includes(search.tab) ? search.tab : view.firstTab
  const q = queryOf(view, tab)
  const sort = search.sort ?? sortOf(view, tab)
  const group = search.group === 'none' ? undefined : (search.group ?? view.group)
  const list = useFrozenList({ q, sort, group })
  const openId = params.ticketId === undefined ? null : Number(params.ticketId)
  useTitle(openId === null ? [view.name] : null)

  const savedId = view.saved?.id
  useEffect(() => {
    if (savedId !== undefined) noteOpened(savedId)
  }, [savedId])
  useEffect(() => setDesk({ order: list.ids }), [list.ids])
  useEffect(() => setDesk(openId === null ? { openId } : { openId, focusedId: openId }), [openId])

  const open = (id: number) =>
    void navigate({ to: '/inbox/$view/$ticketId', params: { view: key, ticketId: String(id) }, search: keep })
  const back = () => void navigate({ to: '/inbox/$view', params: { view: key }, search: keep })
  const move = (steps: number) => {
    const { openId: current, focusedId } = desk.get()
    const next = neighbour(current ?? focusedId, steps)
    if (next === null) return
    if (current === null) setDesk({ focusedId: next })
    else open(next)
  }
  useInboxKeys({ move, open, back, takeIn: list.takeIn })

  return (
    <div
      className={styles['inbox']}
      data-open={openId !== null}
      style={{ '--list-width': `${width}px` } as object}
    >
      <section className={styles['list']} aria-label={view.name} id="list">
        <ListHead view={view} tab={tab} q={q} sort={sort} group={group} list={list} />
        <TicketList
          key={`${key} ${tab} ${search.q} ${group}`}
          group={group}
          view={view}
          tab={tab}
          sort={sort}
          list={list}
          me={me}
          openId={openId}
          onOpen={open}
        />
        <BulkBar q={q} total={list.total} shown={list.ids.length} />
        {changing && <JobBar />}
        <Divider />
      </section>
      <div className={styles['pane']}>
        <PlayBar />
        <Outlet />
      </div>
    </div>
  )
}

const keep = (search: InboxSearch): InboxSearch => search

type Moves = {
  move: (steps: number) => void
  open: (id: number) => void
  back: () => void
  takeIn: () => void
}

function useInboxKeys({ move, open, back, takeIn }: Moves): void {
  const openFocused = () => {
    const id = desk.get().focusedId ?? atHand()
    if (id !== null) open(id)
  }
  const leave = () => {
    if (desk.get().selection.size > 0) clearSelection()
    else back()
  }
  useKeys('keys.list', [
    { keys: 'j', word: 'keys.next', run: () => move(1) },
    { keys: 'ArrowDown', run: () => move(1) },
    { keys: 'k', word: 'keys.previous', run: () => move(-1) },
    { keys: 'ArrowUp', run: () => move(-1) },
    { keys: 'Enter', word: 'keys.open', run: openFocused },
    { keys: 'o', run: openFocused },
    { keys: 'u', word: 'keys.back', run: leave },
    { keys: 'Escape', run: leave },
    { keys: 'Shift+J', word: 'keys.extend', run: () => extend(1) },
    { keys: 'Shift+K', run: () => extend(-1) },
    { keys: '.', word: 'keys.takeIn', run: takeIn },
  ])
}

function extend(steps: number): void {
  const { focusedId, openId, selection } = desk.get()
  const from = focusedId ?? openId
  const next = neighbour(from, steps)
  if (next === null) return
  setDesk({
    focusedId: next,
    selection: new Set([...selection, ...(from === null ? [] : [from]), next]),
    everything: null,
  })
}
