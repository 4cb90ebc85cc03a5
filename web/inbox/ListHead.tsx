// The head of a list: its name, search, order, and the status tabs with their counts.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowDownUp, ChevronDown, PanelLeft, Rows2, Rows3, Search } from 'lucide-react'
import { useRef } from 'react'

import type { TicketSort } from '../../src/api/contract/tickets.ts'
import { useKeys } from '../keys/keys.ts'
import { IconButton } from '../parts/Button.tsx'
import { Counted, countText } from '../parts/Counted.tsx'
import { setDesk } from '../parts/desk-state.ts'
import { PickButton } from '../parts/PickButton.tsx'
import { prefer, usePreference } from '../parts/preferences.ts'
import { sorts, type Tab, tabCount, type View } from '../parts/views.ts'
import { say } from '../words/say.ts'
import { countsQuery } from '../wire/tickets.ts'
import styles from './head.module.css'
import type { InboxSearch } from './Inbox.tsx'
import type { useFrozenList } from './useFrozenList.ts'

type Props = {
  view: View
  tab: Tab
  sort: TicketSort | undefined
  list: ReturnType<typeof useFrozenList>
}

export function ListHead({ view, tab, sort, list }: Props) {
  const navigate = useNavigate()
  const density = usePreference('density')
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
        <IconButton
          label={density === 'dense' ? say('list.comfortable') : say('list.dense')}
          onClick={() => prefer({ density: density === 'dense' ? 'comfortable' : 'dense' })}
        >
          {density === 'dense' ? <Rows2 size={16} aria-hidden /> : <Rows3 size={16} aria-hidden />}
        </IconButton>
        <PickButton
          label={say('list.sort')}
          choices={sorts.map((id) => ({ id, label: say(`sort.${id}`) }))}
          chosen={[sort ?? 'updated']}
          onChoose={setSort}
          className={styles['sort']}
          align="end"
        >
          <ArrowDownUp size={16} aria-hidden />
          <span className="unseen">{say('list.sort')}</span>
        </PickButton>
      </div>
      <SearchBox view={view} />
      {view.tabbed && <StatusTabs view={view} tab={tab} />}
      <div aria-live="polite" className={styles['news']}>
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
      </div>
      {list.ignored.map(({ term, suggestion }) => (
        <p key={term} className={styles['ignored']}>
          {suggestion ? say('search.ignoredTry', { term, suggestion }) : say('search.ignored', { term })}
        </p>
      ))}
    </header>
  )
}

function SearchBox({ view }: { view: View }) {
  const box = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  useKeys('keys.list', [{ keys: '/', word: 'keys.search', run: () => box.current?.select() }])
  const find = (form: FormData) => {
    const q = String(form.get('q') ?? '').trim()
    if (q) void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q } })
    else void navigate({ to: '/inbox/$view', params: { view: 'mine' } })
    box.current?.blur()
  }
  return (
    <search>
      <form
        key={view.key + view.query}
        className={styles['search']}
        onSubmit={(event) => {
          event.preventDefault()
          find(new FormData(event.currentTarget))
        }}
      >
        <Search size={14} aria-hidden />
        <input
          ref={box}
          name="q"
          type="search"
          aria-label={say('search.label')}
          placeholder={say('search.hint')}
          defaultValue={view.key === 'search' ? view.query : ''}
          onKeyDown={(event) => event.key === 'Escape' && box.current?.blur()}
          autoComplete="off"
          spellCheck={false}
        />
        <kbd aria-hidden>/</kbd>
      </form>
    </search>
  )
}

const first = ['active', 'new', 'open', 'pending', 'on_hold'] as const satisfies Tab[]
const rest = ['resolved', 'closed', 'all'] as const satisfies Tab[]

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
