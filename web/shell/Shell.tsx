// The frame round every signed-in screen: rail, views, what is offline, and the layers that open over everything.
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { loadEditor } from '../editor/lazy.ts'
import { useKeys } from '../keys/keys.ts'
import { assignTo } from '../parts/choices.tsx'
import {
  ask,
  type Asked,
  desk,
  openLayer,
  setDesk,
  targets,
  toggleSelected,
  useDesk,
} from '../state/desk-state.ts'
import { lazily, whenIdle } from '../parts/lazily.tsx'
import { loadLayers } from '../parts/MenuButton.tsx'
import { prefer, preferences, usePreference } from '../state/preferences.ts'
import { useNarrow } from '../state/narrow.ts'
import { say, type WordId } from '../words/say.ts'
import { undoNewest } from '../wire/undo.ts'
import { loadTicketParts } from '../ticket/lazy.ts'
import { startLive } from '../wire/live.ts'
import { meQuery, useMe } from '../wire/session.ts'
import { useResolve } from '../parts/resolve.ts'
import { AlertBar } from './AlertBar.tsx'
import { FactorBar } from './FactorBar.tsx'
import { BottomBar } from './BottomBar.tsx'
import { OfflineBar } from './OfflineBar.tsx'
import { Rail } from './Rail.tsx'
import { useCalm, useCalming } from './calm.ts'
import styles from './shell.module.css'
import { Views } from './Views.tsx'

const dialogs = () => import('./dialogs.ts')
const ActionPicker = lazily(() => dialogs().then((all) => all.ActionPicker))
const KeyList = lazily(() => dialogs().then((all) => all.KeyList))
const MissingDialog = lazily(() => dialogs().then((all) => all.MissingDialog))
const RecentList = lazily(() => dialogs().then((all) => all.RecentList))
const SnoozeDialog = lazily(() => dialogs().then((all) => all.SnoozeDialog))
const palette = () => import('../palette/Palette.tsx')
const Palette = lazily(() => palette().then((all) => all.Palette))
const NewTicket = lazily(() => import('../new-ticket/NewTicket.tsx').then((all) => all.NewTicket))

const close = () => setDesk({ layer: null })

export function Shell() {
  const layer = useDesk((state) => state.layer)
  const folded = usePreference('viewsFolded')
  const narrow = useNarrow()
  const { view, ticketId } = useParams({ strict: false })
  const { data: me } = useQuery(meQuery)
  const navigate = useNavigate()
  useCalming()
  const calm = useCalm()
  const asked = useDesk((state) => state.ask !== null)
  const from = me?.feedSeq ?? ''
  useEffect(() => startLive(from), [from])
  useEffect(
    () => (calm ? whenIdle(dialogs, loadLayers, loadTicketParts, loadEditor, palette) : undefined),
    [calm],
  )
  useEffect(() => {
    if (me === null) void navigate({ to: '/sign-in', search: { next: location.pathname + location.search } })
  }, [me, navigate])
  useShellKeys()
  return (
    <div className={styles['shell']} data-views-folded={folded} data-inbox={view !== undefined}>
      <Skips list={view !== undefined} ticket={ticketId !== undefined} />
      <div className={styles['bars']}>
        <OfflineBar />
        <FactorBar />
        <AlertBar />
      </div>
      <Rail />
      {view !== undefined && <Views open={layer === 'views'} onClose={close} />}
      <div className={styles['screen']}>
        <Outlet />
      </div>
      {narrow && <BottomBar />}
      {(calm || asked || layer !== null) && (
        <>
          <ActionPicker />
          <MissingDialog />
          <RecentList />
          <SnoozeDialog />
          <KeyList open={layer === 'keys'} onClose={close} />
        </>
      )}
      {layer === 'palette' && <Palette onClose={close} />}
      {layer === 'new-ticket' && <NewTicket onClose={close} />}
    </div>
  )
}

function Skips({ list, ticket }: { list: boolean; ticket: boolean }) {
  return (
    <nav aria-label={say('skip.name')}>
      {list && (
        <a className="skip" href="#list">
          {say('skip.list')}
        </a>
      )}
      <a className="skip" href="#conversation">
        {say(ticket ? 'skip.conversation' : 'skip.content')}
      </a>
      {ticket && (
        <a className="skip" href="#composer">
          {say('skip.composer')}
        </a>
      )}
    </nav>
  )
}

const asked: ReadonlyArray<readonly [string, Asked, WordId]> = [
  ['s', 'status', 'ask.status'],
  ['a', 'assignee', 'ask.assignee'],
  ['p', 'priority', 'ask.priority'],
  ['t', 'tags', 'ask.tags'],
  ['v', 'team', 'ask.team'],
  ['h', 'snooze', 'ask.snooze'],
]

function useShellKeys(): void {
  const me = useMe()
  const navigate = useNavigate()
  const resolve = useResolve()
  useKeys('keys.everywhere', [
    { keys: '$mod+k', word: 'keys.palette', run: () => openLayer('palette') },
    { keys: 'c', word: 'keys.new', run: () => openLayer('new-ticket') },
    { keys: '?', word: 'keys.help', run: () => setDesk({ layer: 'keys' }) },
    { keys: '[', word: 'keys.foldViews', run: foldViews },
    { keys: 'z', word: 'keys.undo', run: undoNewest },
    {
      keys: 'g s',
      word: 'keys.goReports',
      run: () => void navigate({ to: '/reports/$board', params: { board: 'flow' } }),
    },
    {
      keys: 'g i',
      word: 'keys.goMine',
      run: () => void navigate({ to: '/inbox/$view', params: { view: 'mine' } }),
    },
    { keys: 'g r', word: 'keys.goRecent', run: () => openLayer('recent') },
    {
      keys: 'g u',
      word: 'keys.goUnassigned',
      run: () => void navigate({ to: '/inbox/$view', params: { view: 'unassigned' } }),
    },
  ])
  useKeys('keys.change', [
    ...asked.map(([keys, what, word]) => ({ keys, word, run: () => ask(what) })),
    { keys: '#', run: () => ask('tags') },
    { keys: 'e', word: 'keys.resolve', run: resolve },
    { keys: 'i', word: 'keys.assignMe', run: () => assignTo(targets(), me) },
    { keys: 'x', word: 'keys.select', run: toggleFocused },
  ])
}

function toggleFocused(): void {
  const { focusedId, openId } = desk.get()
  const id = focusedId ?? openId
  if (id !== null) toggleSelected(id)
}

function foldViews(): void {
  if (window.innerWidth >= 1440) prefer({ viewsFolded: !preferences.get().viewsFolded })
  else setDesk({ layer: desk.get().layer === 'views' ? null : 'views' })
}
