// The views of the desk: their queries in the search language, their tabs, and whether a ticket still belongs.
import type { Me } from '../../src/api/contract.ts'
import type { NameRef } from '../../src/api/contract/shapes.ts'
import type { Counts, Ticket, TicketSort } from '../../src/api/contract/tickets.ts'
import type { GroupKey, SavedView } from '../../src/api/contract/views.ts'
import { activeStatuses, statuses, type Status } from '../../src/tickets/vocabulary.ts'
import { wordsOf } from '../parts/Marked.tsx'
import { say } from '../words/say.ts'
import { standardQueries } from './standard-queries.ts'

export const tabs = ['active', ...statuses, 'all'] as const
export type Tab = (typeof tabs)[number]
export const sorts = [
  'due',
  'newest',
  'oldest',
  'updated',
  'priority',
  'waiting',
] as const satisfies TicketSort[]

export const groups = ['status', 'priority', 'assignee', 'team', 'organization'] as const satisfies GroupKey[]

export type View = {
  key: string
  name: string
  query: string
  /** Views of one status have no tabs. */
  tabbed: boolean
  firstTab: Tab
  /** A list of what is to be done, not of what was. */
  isWork: boolean
  count: (counts: Counts) => { count: number; capped: boolean } | undefined
  holds: (ticket: Ticket, me: Me) => boolean
  sort?: TicketSort | undefined
  group?: GroupKey | undefined
  saved?: SavedView
}

const active = new Set<Status>(activeStatuses)

const held: Record<keyof typeof standardQueries, Pick<View, 'count' | 'holds'>> = {
  mine: { count: ({ mine }) => mine, holds: ({ assignee }, me) => assignee?.id === me.id },
  unassigned: { count: ({ unassigned }) => unassigned, holds: ({ assignee }) => assignee === null },
  open: {
    count: ({ byStatus }) => sum(byStatus.new, byStatus.open),
    holds: ({ status }) => status === 'new' || status === 'open',
  },
  pending: ofStatus('pending'),
  on_hold: ofStatus('on_hold'),
  resolved: ofStatus('resolved'),
  closed: ofStatus('closed'),
  all: { count: ({ all }) => all, holds: () => true },
}

function ofStatus(status: Status): Pick<View, 'count' | 'holds'> {
  return { count: ({ byStatus }) => byStatus[status], holds: (ticket) => ticket.status === status }
}

const names = {
  mine: 'view.mine',
  unassigned: 'view.unassigned',
  open: 'view.open',
  pending: 'status.pending',
  on_hold: 'status.on_hold',
  resolved: 'status.resolved',
  closed: 'status.closed',
  all: 'view.all',
} as const

const worked = new Set<Tab>(['active', 'new', 'open'])

/** The order of a tab of a view; undefined leaves it to the server. Where there is work to do, what is due soonest stands first. */
export function sortOf({ sort, isWork, tabbed }: View, tab: Tab): TicketSort | undefined {
  return sort ?? (isWork && (worked.has(tab) || !tabbed) ? 'due' : undefined)
}

/** The order that is shown: the one asked for, else what the query says, else the server's own. */
export function shownSort({ query }: View, sort: TicketSort | undefined): TicketSort {
  const said = /\bsort:(\w+)/.exec(query)?.[1]
  return sort ?? sorts.find((name) => name === said) ?? (wordsOf(query).length > 0 ? 'relevance' : 'updated')
}

/** The views everybody has, in the order of the rail. */
export function standardViews(): View[] {
  const keys = Object.keys(names) as (keyof typeof names)[]
  return keys.map((key) => ({ key, name: say(names[key]), ...standardQueries[key], ...held[key] }))
}

export function teamView(team: NameRef): View {
  return {
    key: `team-${team.id}`,
    name: team.name,
    query: `team:"${team.name.replaceAll('"', '')}" -is:snoozed`,
    tabbed: true,
    firstTab: 'active',
    isWork: true,
    count: ({ teams }) => teams.find(({ id }) => id === team.id)?.active,
    holds: (ticket) => ticket.team?.id === team.id,
  }
}

function searchView(q: string): View {
  return {
    key: 'search',
    name: say('view.search'),
    query: q,
    tabbed: true,
    firstTab: 'all',
    isWork: false,
    count: () => undefined,
    holds: () => true,
  }
}

/** Somebody's saved search. Whether a ticket still belongs is only known to the server. */
export function savedView(saved: SavedView): View {
  return {
    ...searchView(saved.query),
    key: `view-${saved.id}`,
    name: saved.name,
    tabbed: !/\bstatus:/i.test(saved.query),
    sort: saved.sort ?? undefined,
    group: saved.groupBy ?? undefined,
    saved,
  }
}

export function viewOf(key: string, q: string, teams: readonly NameRef[], saved: readonly SavedView[]): View {
  if (key === 'search') return searchView(q)
  const own = saved.find(({ id }) => key === `view-${id}`)
  if (own) return savedView(own)
  const found =
    standardViews().find((view) => view.key === key) ?? teams.map(teamView).find((view) => view.key === key)
  return found ?? { ...searchView(''), key, name: say('view.all') }
}

/** Whether the ticket, as it is now, would still be in the list. Only judged for what the browser can know. */
export function belongs(ticket: Ticket, view: View, tab: Tab, me: Me): boolean {
  if (ticket.deleted || ticket.spam || ticket.mergedInto !== null) return view.key === 'search'
  const inTab = tab === 'all' || (tab === 'active' ? active.has(ticket.status) : ticket.status === tab)
  return (!view.tabbed || inTab) && view.holds(ticket, me)
}

export function tabCount(counts: Counts | undefined, tab: Tab) {
  if (!counts) return undefined
  if (tab === 'active') return counts.active
  return tab === 'all' ? counts.all : counts.byStatus[tab]
}

function sum(a: { count: number; capped: boolean } | undefined, b: typeof a) {
  return { count: (a?.count ?? 0) + (b?.count ?? 0), capped: Boolean(a?.capped || b?.capped) }
}
