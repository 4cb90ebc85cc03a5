// The statuses that can be set, and which of them can go out with a message or stand in a macro.
import { statuses, type Status } from '../../src/tickets/vocabulary.ts'
import { offered } from './offered.ts'

export type Settable = Exclude<Status, 'new'>

/** Nothing goes back to new. */
export const settable: readonly Settable[] = statuses.filter((each) => each !== 'new')

/** Whoever says something does not close: that needs a reason. */
export const sendable = offered<Settable>({
  open: true,
  pending: true,
  on_hold: true,
  resolved: true,
  closed: false,
})
