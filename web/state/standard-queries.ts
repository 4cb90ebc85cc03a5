// What the views that everybody has ask for. Apart from their names and counts, so that the browser can ask before the app has come.
export const standardQueries = {
  mine: { query: 'assignee:me -is:snoozed', tabbed: true, firstTab: 'active' },
  unassigned: { query: 'is:unassigned -is:snoozed', tabbed: true, firstTab: 'active' },
  open: { query: 'status:new,open -is:snoozed', tabbed: false, firstTab: 'all' },
  pending: { query: 'status:pending', tabbed: false, firstTab: 'all' },
  on_hold: { query: 'status:on_hold', tabbed: false, firstTab: 'all' },
  resolved: { query: 'status:resolved', tabbed: false, firstTab: 'all' },
  closed: { query: 'status:closed', tabbed: false, firstTab: 'all' },
  all: { query: '', tabbed: true, firstTab: 'all' },
} as const

/** The query that a tab of a view asks the server. */
export function queryOf({ query, tabbed }: { query: string; tabbed: boolean }, tab: string): string {
  const status = tabbed && tab !== 'all' ? `status:${tab}` : ''
  const base = status && /\sOR\s/.test(query) ? `(${query})` : query
  return [base, status].filter(Boolean).join(' ')
}
