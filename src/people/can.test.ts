// What customers may do to a ticket: theirs, those they are in copy of, and those of the organisation that they manage.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requesterCan, type Owned, type Requester, type RequesterAction } from '#people/can.ts'

const all: readonly RequesterAction[] = ['ticket.read', 'ticket.answer', 'ticket.settle', 'ticket.rate']
const ticket = {
  id: 7,
  brandId: 1,
  requesterId: 10,
  organizationId: 5,
  participants: [
    { personId: 11, role: 'cc' },
    { personId: 12, role: 'follower' },
  ],
  isHidden: false,
} as unknown as Owned
const somebody = (personId: number, more: object = {}) =>
  ({
    kind: 'requester',
    personId,
    brandId: 1,
    managesId: null,
    onlyTicketId: null,
    ...more,
  }) as unknown as Requester
const may = (who: Requester, of: Owned = ticket) => all.filter((action) => requesterCan(who, action, of))

test('a requester may all, whoever is in copy reads and answers, others see nothing', () => {
  assert.deepEqual(may(somebody(10)), all)
  assert.deepEqual(may(somebody(11)), ['ticket.read', 'ticket.answer'])
  assert.deepEqual(may(somebody(12)), [], 'a follower is no customer')
  assert.deepEqual(may(somebody(99)), [])
})

test('a manager reads what belongs to the organisation, and no other’s', () => {
  assert.deepEqual(may(somebody(99, { managesId: 5 })), ['ticket.read'])
  assert.deepEqual(may(somebody(99, { managesId: 6 })), [])
  assert.deepEqual(may(somebody(99, { managesId: null }), { ...ticket, organizationId: null }), [])
  assert.deepEqual(may(somebody(10, { managesId: 5 })), all, 'and is a requester of their own')
})

test('another brand, what was set aside, and other tickets than a link’s own are closed to all', () => {
  assert.deepEqual(may(somebody(10, { brandId: 2 })), [])
  assert.deepEqual(may(somebody(10), { ...ticket, isHidden: true }), [])
  assert.deepEqual(may(somebody(10, { onlyTicketId: 8 })), [])
  assert.deepEqual(may(somebody(10, { onlyTicketId: 7 })), all)
  assert.deepEqual(may(somebody(99, { managesId: 5, onlyTicketId: 7 })), [], 'a link manages nothing')
})
