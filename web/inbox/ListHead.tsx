// The head of a list: its name, search, order, and the status tabs with their counts.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDownUp, ChevronDown, Ellipsis, PanelLeft, Play } from 'lucide-react'
import { useState } from 'react'

import type { TicketSort } from '../../src/api/contract/tickets.ts'
import type { GroupKey } from '../../src/api/contract/views.ts'
import { activeStatuses } from '../../src/tickets/vocabulary.ts'
import { IconButton } from '../parts/Button.tsx'
import { Counted, countText } from '../parts/Counted.tsx'
import { leaveToKeys } from '../keys/keys.ts'
import { setDesk, useDesk } from '../state/desk-state.ts'
import { entryIf, MenuButton } from '../parts/MenuButton.tsx'
import { PickButton } from '../parts/PickButton.tsx'
import { prefer, usePreference } from '../state/preferences.ts'
import { groups, shownSort, sorts, type Tab, tabCount, tabs, type View } from '../state/views.ts'
import { say } from '../words/say.ts'
import { addressOf } from '../wire/address.ts'
import { useMay } from '../wire/session.ts'
import { countsQuery } from '../wire/tickets.ts'
import styles from './head.module.css'
import type { InboxSearch } from './search.ts'
import { usePlayNext } from './PlayBar.tsx'
import { SaveView } from './lazy.ts'
import { SearchBox } from './SearchBox.tsx'
import type { useFrozenList } from './useFrozenList.ts'

type Props = {
  view: View
  tab: Tab
  /** The search text of what is shown. */
  q: string
  group: GroupKey | undefined
  sort: TicketSort | undefined
  list: ReturnType<typeof useFrozenList>
}

export function ListHead({ view, tab, q, sort, group, list }: Props) {
  const navigate = useNavigate()
  const by = shownSort(view, sort)
  const setSort = (next: string) =>
    void navigate({
      to: '.',
      search: (now: InboxSearch): InboxSearch => ({ ...now, sort: next as TicketSort }),
    })
  return (
    <header className={styles['head']}>
      <div className={styles['line']}>
        <IconButton
          label={say('views.show')}
          keys="["
          className={styles['views']}
          onClick={() => setDesk({ layer: 'views' })}
        >
          <PanelLeft size={16} aria-hidden />
        </IconButton>
        <h1 className={styles['name']}>{view.name}</h1>
        {list.total && list.ids.length > 0 && (
          <span className={styles['total']} title={say('list.total')}>
            {countText(list.total)}
          </span>
        )}
        <span aria-live="polite">
          {list.newCount > 0 && (
            <button
              type="button"
              className={styles['pill']}
              onClick={list.takeIn}
              title={`${say('keys.takeIn')} (.)`}
            >
              {say('list.new', { count: list.newCount })}
            </button>
          )}
        </span>
        <PickButton
          label={say('list.sort')}
          choices={sorts.map((id) => ({ id, label: say(`sort.${id}`) }))}
          chosen={[by]}
          onChoose={setSort}
          className={styles['sort']}
          align="end"
        >
          <ArrowDownUp size={13} aria-hidden />
          <span className="unseen">{say('list.sort')}: </span>
          <span>{say(`sort.${by}`)}</span>
        </PickButton>
        <PlayButton view={view} q={q} sort={sort} />
        <ListMenu view={view} q={q} sort={sort} group={group} />
      </div>
      <SearchBox view={view} />
      {view.tabbed && <StatusTabs view={view} tab={tab} />}
      {list.ignored.map(({ term, suggestion }) => (
        <p key={term} className={styles['ignored']}>
          {suggestion ? say('search.ignoredTry', { term, suggestion }) : say('search.ignored', { term })}
        </p>
      ))}
    </header>
  )
}

type ShownList = Pick<Props, 'view' | 'q' | 'sort'>

/** Starts play mode at the top of what is shown. */
function PlayButton({ view, q, sort }: ShownList) {
  const next = usePlayNext()
  const mayWork = useMay('ticket.update')
  const playing = useDesk((state) => state.play !== null)
  if (!mayWork || playing) return null
  const start = () => {
    setDesk({ play: { q, sort, name: view.name, skip: [] }, openId: null })
    void next()
  }
  return (
    <IconButton label={say('play.start')} onClick={start}>
      <Play size={15} aria-hidden />
    </IconButton>
  )
}

/** What is done with the list as a whole: group it, its density, keep it as a view. */
function ListMenu({ view, q, sort, group }: ShownList & { group: GroupKey | undefined }) {
  const navigate = useNavigate()
  const density = usePreference('density')
  const [saving, setSaving] = useState<'new' | 'old' | null>(null)
  const groupBy = (next: GroupKey | 'none') =>
    void navigate({ to: '.', search: (now: InboxSearch): InboxSearch => ({ ...now, group: next }) })
  return (
    <>
      <MenuButton
        label={say('list.menu')}
        entries={[
          { label: say('views.save'), run: () => setSaving('new') },
          ...entryIf(view.saved?.mine === true, { label: say('views.edit'), run: () => setSaving('old') }),
          { label: say('list.csv'), run: () => location.assign(addressOf('/tickets/list.csv', { q, sort })) },
          'line',
          ...(['none', ...groups] as const).map((id) => ({
            label: say(id === 'none' ? 'group.none' : `group.by.${id}`),
            chosen: id === (group ?? 'none'),
            run: () => groupBy(id),
          })),
          'line',
          {
            label: say(density === 'dense' ? 'list.comfortable' : 'list.dense'),
            run: () => prefer({ density: density === 'dense' ? 'comfortable' : 'dense' }),
          },
        ]}
      >
        <Ellipsis size={16} aria-hidden />
      </MenuButton>
      {saving && (
        <SaveView
          view={saving === 'old' ? (view.saved ?? null) : null}
          draft={{ query: q, sort, group }}
          onClose={() => setSaving(null)}
        />
      )}
    </>
  )
}

const first: readonly Tab[] = ['active', ...activeStatuses]
const rest = tabs.filter((tab) => !first.includes(tab))

const tabName = (tab: Tab): string =>
  tab === 'active' || tab === 'all' ? say(`tab.${tab}`) : say(`status.${tab}`)

/** The statuses that still need work stand in line; the settled ones are one click further. */
function StatusTabs({ view, tab }: { view: View; tab: Tab }) {
  const { data } = useQuery(countsQuery(view.query))
  const navigate = useNavigate()
  const inRest = rest.find((name) => name === tab)
  const shown = first.filter((name) => name === tab || name === 'active' || tabCount(data, name)?.count !== 0)
  const go = (id: string) =>
    void navigate({ to: '.', search: (now: InboxSearch): InboxSearch => ({ ...now, tab: id as Tab }) })
  return (
    <nav className={styles['tabs']} aria-label={say('list.tabs')}>
      {shown.map((name) => (
        <Link
          key={name}
          to="."
          search={(now: InboxSearch): InboxSearch => ({ ...now, tab: name })}
          aria-current={name === tab ? 'page' : undefined}
          className={styles['tab']}
          onClick={leaveToKeys}
        >
          {tabName(name)}
          {!inRest && <Counted value={tabCount(data, name)} className={styles['count']} />}
        </Link>
      ))}
      <PickButton
        label={say('list.moreTabs')}
        choices={rest.map((name) => {
          const value = tabCount(data, name)
          return { id: name, label: tabName(name), hint: value ? countText(value) : undefined }
        })}
        chosen={[tab]}
        onChoose={go}
        className={styles['tab']}
        align="end"
        current={inRest !== undefined}
      >
        {inRest ? tabName(inRest) : say('list.moreTabs')}
        {inRest && <Counted value={tabCount(data, inRest)} className={styles['count']} />}
        <ChevronDown size={12} aria-hidden />
      </PickButton>
    </nav>
  )
}
