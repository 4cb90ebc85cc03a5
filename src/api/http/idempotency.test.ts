// Which tickets an answer names, wherever in it they stand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ticketIdsIn } from '#api/http/idempotency.ts'

test('every field that names tickets is found, however deep, and nothing else', () => {
  const answer = {
    id: 1,
    ticketId: 2,
    ticket: { id: 3, mergedInto: 4, requester: { id: 90 } },
    items: [{ ticketId: 5, messageId: 91 }, { targetTicketId: 6 }],
    ticketIds: [7, 8],
    ticketCount: 92,
    tickets: 93,
  }
  assert.deepEqual(
    ticketIdsIn(answer).toSorted((a, b) => a - b),
    [2, 3, 4, 5, 6, 7, 8],
  )
  for (const nothing of [null, 'ticketId', 5, [], { ticketId: null }, { ticket: null }])
    assert.deepEqual(ticketIdsIn(nothing), [])
})
