// Which messages a rule that looks back finds on a ticket.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MOST_MESSAGES, messagesStanding } from '#rules/update-kinds.ts'
import type { TicketEvent } from '#tickets/event.ts'

const log = (...events: readonly (readonly [TicketEvent['kind'], object])[]) =>
  events.map(([kind, payload], at) => ({ seq: at + 1, kind, payload })) as unknown as TicketEvent[]
const said = (messageId: number) => ['message_added', { messageId }] as const

test('a merge brings messages and takes them along when it is taken apart, with what came through it since', () => {
  const merged = [['ticket_merged_in', { messageIds: [7, 8] }] as const, said(9), said(2)]
  assert.deepEqual(messagesStanding(log(said(1), ...merged)), [1, 7, 8, 9, 2])
  const apart = ['ticket_unmerged', { messageIds: [7, 8, 9] }] as const
  assert.deepEqual(messagesStanding(log(said(1), ...merged, apart)), [1, 2])
})

test('a split shows what it was made of; what was taken back, or said aside, is not there', () => {
  const split = ['split_from', { ticketId: 3, messageIds: [4, 5] }] as const
  const aside = ['message_added', { messageId: 6, sideConversationId: 1 }] as const
  const taken = ['undone', { seqs: [4], restores: [] }] as const
  assert.deepEqual(messagesStanding(log(said(1), split, aside, said(2), taken, said(3))), [1, 4, 5, 3])
})

test('of many messages the newest are looked at', () => {
  const many = Array.from({ length: MOST_MESSAGES + 5 }, (_, at) => said(at + 1))
  assert.equal(messagesStanding(log(...many))[0], 6)
})
