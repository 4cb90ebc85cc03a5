// What the address of a list says: tab, order, grouping and search.
import type { TicketSort } from '../../src/api/contract/tickets.ts'
import type { GroupKey } from '../../src/api/contract/views.ts'
import type { Tab } from '../state/views.ts'

export type InboxSearch = { tab?: Tab; sort?: TicketSort; group?: GroupKey | 'none'; q?: string }
