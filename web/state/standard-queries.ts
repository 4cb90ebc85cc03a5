// What the views that everybody has ask for. Apart from their names and counts, so that the browser can ask before the app has come.
export const standardQueries = {
  mine: { query: 'assignee:me -is:snoozed', tabbed: true, firstTab: 'active', isWork: true },
  unassigned: { query: 'is:unassigned -is:snoozed', tabbed: true, firstTab: 'active', isWork: true },
  open: { query: 'status:new,open -is:snoozed', tabbed: false, firstTab: 'all', isWork: true },
  pending: { query: 'status:pending', tabbed: false, firstTab: 'all', isWork: false },
  on_hold: { query: 'status:on_hold', tabbed: false, firstTab: 'all', isWork: false },
  resolved: { query: 'status:resolved', tabbed: false, firstTab: 'all', isWork: false },
  closed: { query: 'status:closed', tabbed: false, firstTab: 'all', isWork: false },
  all: { query: '', tabbed: true, firstTab: 'all', isWork: false },
} as const

/** The query that a tab of a view asks the server. */
export function queryOf({ query, tabbed }: { query: string; tabbed: boolean }, tab: string): string {
  const status = tabbed && tab !== 'all' ? `status:${tab}` : ''
  const base = status && /\sOR\s/.test(query) ? `(${query})` : query
  return [base, status].filter(Boolean).join(' ')
}
