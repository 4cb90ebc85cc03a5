// What a desk has configured and decide needs to know, already resolved for the ticket's brand, queue and form.
import type { FieldId } from '#kit/ids.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type RequiredField = {
  readonly fieldId: FieldId
  /** Without it the field is always required; a form's condition comes in here, already readable as a function. */
  readonly when?: (ticket: Ticket) => boolean
}

export type Settings = {
  /** Seconds after closing in which a ticket may reopen; 0 = never. */
  readonly reopenWindow: number
  /** Seconds from resolved to closed. */
  readonly autoCloseAfter: number
  readonly onHoldReply: 'open' | 'keep'
  readonly reopenKeepsAssignee: 'whenAvailable' | 'always' | 'never'
  readonly childrenBlockResolve: boolean
  readonly sideConversationReopens: boolean
  readonly requiredOnResolve: readonly RequiredField[]
}

export const defaultSettings: Settings = {
  reopenWindow: 2_592_000,
  autoCloseAfter: 345_600,
  onHoldReply: 'open',
  reopenKeepsAssignee: 'whenAvailable',
  childrenBlockResolve: true,
  sideConversationReopens: true,
  requiredOnResolve: [],
}
