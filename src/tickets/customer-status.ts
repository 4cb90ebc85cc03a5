// How a ticket stands in its customer's words: what they need to know of our statuses, and nothing else. Pure.
import type { Status } from '#tickets/vocabulary.ts'

export const customerStatuses = ['working', 'asked', 'resolved'] as const
export type CustomerStatus = (typeof customerStatuses)[number]

const of: Readonly<Record<Status, CustomerStatus>> = {
  new: 'working',
  open: 'working',
  on_hold: 'working',
  pending: 'asked',
  resolved: 'resolved',
  closed: 'resolved',
}

/** What a status is to the customer. */
export const customerStatusOf = (status: Status): CustomerStatus => of[status]

/** The statuses behind a customer's word. */
export const statusesOf = (word: CustomerStatus): Status[] =>
  (Object.keys(of) as Status[]).filter((status) => of[status] === word)
