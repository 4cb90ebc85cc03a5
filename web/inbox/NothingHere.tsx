// Where a list holds nothing: what is elsewhere, and which part of a search leaves nothing over.
import { Link, useNavigate } from '@tanstack/react-router'
import { useQueries, useQuery } from '@tanstack/react-query'

import type { Count } from '../../src/api/contract/shapes.ts'
import { Button } from '../parts/Button.tsx'
import { countText } from '../parts/Counted.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Samples } from '../parts/Samples.tsx'
import { openLayer } from '../state/desk-state.ts'
import { tabCount, type Tab, type View } from '../state/views.ts'
import { say } from '../words/say.ts'
import { useMay } from '../wire/session.ts'
import { countsQuery } from '../wire/tickets.ts'
import { spellingQuery } from '../wire/views.ts'

export function NothingHere({ view, tab }: { view: View; tab: Tab }) {
  return view.key === 'search' ? <NoMatch query={view.query} tab={tab} /> : <NothingIn />
}

function NothingIn() {
  const { data } = useQuery(countsQuery('-is:snoozed'))
  const open = data?.active
  if (data?.all.count === 0) return <EmptyDesk />
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

/** A desk without a ticket: how the first one comes, for a window that is too narrow to show the first steps, too. */
function EmptyDesk() {
  const navigate = useNavigate()
  const mayConnect = useMay('mailboxes.write')
  const mayOpen = useMay('ticket.create')
  return (
    <Empty title={say('list.empty')}>
      {mayConnect && (
        <Button onClick={() => void navigate({ to: '/admin/mailboxes' })}>{say('setup.mailbox')}</Button>
      )}
      {mayOpen && <Button onClick={() => openLayer('new-ticket')}>{say('rail.new')}</Button>}
      <Samples />
    </Empty>
  )
}

/** More parts than this are not tried one by one. */
const MOST_PARTS = 5

/** What would match without each part of the search, and in all statuses. */
function NoMatch({ query, tab }: { query: string; tab: Tab }) {
  const parts = partsOf(query)
  const tried = parts.length > 1 && parts.length <= MOST_PARTS ? parts : []
  const without = tried.map((part) => parts.filter((other) => other !== part).join(' '))
  const counts = useQueries({ queries: without.map((q) => countsQuery(q)) })
  const { data: whole } = useQuery({ ...countsQuery(query), enabled: tab !== 'all' })
  const ways = tried.flatMap((part, at) => {
    const count = tabCount(counts[at]?.data, tab)
    return count && count.count > 0 ? [{ part, q: without[at] ?? '', count }] : []
  })
  const { data: meant } = useQuery(spellingQuery(query))
  const better = meant?.q ?? null
  return (
    <Empty title={say('list.noMatch')}>
      {better !== null && (
        <p>
          {say('search.meant')}{' '}
          <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q: better, tab: 'all' }}>
            {better}
          </Link>
          ?
        </p>
      )}
      {better === null && ways.length === 0 && !whole?.all.count && (
        <p>{say(tab === 'all' ? 'list.noMatchAll' : 'list.noMatchHelp')}</p>
      )}
      {whole && whole.all.count > 0 && <Way q={query} words="list.inAll" count={whole.all} part="" />}
      {ways.map(({ part, q, count }) => (
        <Way key={part} q={q} tab={tab} words="list.without" count={count} part={part} />
      ))}
    </Empty>
  )
}

type WayProps = { q: string; tab?: Tab; words: 'list.inAll' | 'list.without'; count: Count; part: string }

function Way({ q, tab = 'all', words, count, part }: WayProps) {
  return (
    <p>
      <Link to="/inbox/$view" params={{ view: 'search' }} search={{ q, tab }}>
        {say(words, { count: count.count, shown: countText(count), part })}
      </Link>
    </p>
  )
}

/** The words and filters of a search; none when brackets or OR make its parts depend on each other. */
function partsOf(query: string): string[] {
  if (/[()]|\sOR\s/.test(query)) return []
  return [...new Set(query.match(/(?:[^\s"]|"[^"]*")+/g) ?? [])]
}
