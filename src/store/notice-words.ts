// What the desk's notices name: lanes that work waits in, and what can change. Without imports, so that the contract and the web take it.

export const laneNames = [
  'inbound',
  'outbox',
  'reactions',
  'timers',
  'webhooks',
  'housekeeping',
  'bulk',
  'backtests',
  'imports',
  'backups',
  'recompute',
  'reports',
  'routing',
  'assistant',
  'chats',
] as const

/** What lies beside a ticket and is told under the ticket's number: only who sees the ticket hears of it. */
export const besideTicket = ['draft', 'checklist', 'mentions', 'waiting', 'runs'] as const

/** What can change besides tickets; its number says nothing about a ticket. */
export const deskThings = [
  'alerts',
  'outbox',
  'quarantine',
  'agents',
  'teams',
  'tags',
  'categories',
  'fields',
  'people',
  'settings',
  'mailboxes',
  'rules',
  'webhooks',
  'views',
  'jobs',
  'backtests',
  'imports',
  'backups',
  'policies',
  'macros',
  'articles',
  'sections',
  'brands',
  'forms',
  'hooks',
  'queues',
  'presences',
  'offers',
  'assistant',
  'widgets',
  'savedReports',
] as const
