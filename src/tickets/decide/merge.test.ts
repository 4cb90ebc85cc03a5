// Merge, unmerge, split, links, people and flags, as sentences of lifecycle §9 and §10.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TicketId } from '#kit/ids.ts'
import type { ReturnedMessage } from '#tickets/context.ts'
import { hiddenMessages, messagesByReference, requesterOfSplit } from '#tickets/merge.ts'
import {
  agentAda,
  batch,
  cy,
  dee,
  does,
  given,
  leadBo,
  mail,
  messageFact,
  messageId,
  opened,
  replied,
  set,
  Story,
  story,
  ticketId,
  resolveMerged,
} from '#tickets/sentences.ts'
import type { Step } from '#tickets/sentences.ts'

/** Ticket 2 with one message, number 70; ticket 1 is the story's own. */
function source(...steps: readonly Step[]): Story {
  const told = new Story(ticketId(2))
  for (const step of [opened({ messageId: messageId(70) }), ...steps]) assert(told.tell(step).ok)
  return told
}

function mergeIn(from: Story, acknowledged = [cy], leftOut = [] as (typeof cy)[]): Step {
  const isAcknowledged = from.now.requesterId === cy ? [] : acknowledged
  const facts = { sources: [{ ticket: from.now, messageIds: [messageId(70)] }] }
  const command = {
    kind: 'mergeIn',
    sourceIds: [from.id],
    batchId: batch,
    acknowledgedNewReaders: isAcknowledged,
  } as const
  return does(agentAda, { ...command, leftOut }, { facts })
}

const mergeInto = (target: Story) =>
  does(agentAda, { kind: 'mergeInto', targetId: target.id, batchId: batch }, { facts: { other: target.now } })

test('a merge brings messages by reference, tags, and the waiting of the source', () => {
  const from = source(set(agentAda, { tags: ['late', 'vip'], snoozedUntil: null }))
  const told = given(opened(), set(agentAda, { tags: ['vip'] }))
    .when(mergeIn(from))
    .then(['ticket_merged_in'], { tags: ['late', 'vip'] })
  assert.deepEqual(messagesByReference(told.now), [70])
  const last = told.log.at(-1)
  assert(last?.kind === 'ticket_merged_in')
  assert.equal(last.payload.sourceUnansweredSince, from.now.openedAt)
})

test('the source wakes, is flagged, and takes no more commands', () => {
  const target = story(opened())
  const snoozed = set(agentAda, {
    snoozedUntil: target.now.openedAt.replace('06-01', '06-09') as typeof target.now.openedAt,
  })
  const told = source(snoozed)
  const decision = told.tell(mergeInto(target))
  assert.deepEqual(decision.ok && decision.events.map((event) => event.kind), [
    'unsnoozed',
    'ticket_merged_into',
  ])
  for (const step of [mail(), set(agentAda, { priority: 'low' }), replied(agentAda)]) {
    const refused = told.tell(step)
    assert.deepEqual(!refused.ok && refused.refusal, {
      name: 'ticket_flagged',
      flag: 'merged_into',
      mergedInto: 1,
    })
  }
})

test('L27 a number leads through all merges to the ticket that stands', () => {
  const merges = new Map([
    [1, 2],
    [2, 3],
  ])
  const step = (id: TicketId) => (merges.get(id) ?? null) as TicketId | null
  assert.equal(resolveMerged(ticketId(1), step), 3)
  assert.equal(resolveMerged(ticketId(4), step), 4)
  merges.set(3, 1)
  assert.throws(() => resolveMerged(ticketId(1), step), /circle/)
})

test('L28 a merge never goes round in a circle', () => {
  const target = story(opened())
  const from = source()
  assert(from.tell(mergeInto(target)).ok)
  const back = does(
    agentAda,
    { kind: 'mergeInto', targetId: from.id, batchId: batch },
    { facts: { other: from.now } },
  )
  given(opened()).when(back).refused('merge_cycle')
  const third = { ...from.now, id: ticketId(3), flags: { ...from.now.flags, mergedInto: ticketId(4) } }
  const facts = { other: third, targetResolvesTo: ticketId(1) }
  given(opened())
    .when(does(agentAda, { kind: 'mergeInto', targetId: ticketId(3), batchId: batch }, { facts }))
    .refused('merge_cycle')
  const self = { other: { ...from.now, id: ticketId(1) } }
  given(opened())
    .when(does(agentAda, { kind: 'mergeInto', targetId: ticketId(1), batchId: batch }, { facts: self }))
    .refused('merge_cycle')
})

test('L29 everybody who would newly read a thread must be acknowledged', () => {
  const from = new Story(ticketId(2))
  assert(from.tell(opened({ requesterId: dee })).ok)
  given(opened())
    .when(mergeIn(from, []))
    .refused('privacy_ack_required', { newReaders: [cy, dee] })
  given(opened())
    .when(mergeIn(from, [cy]))
    .refused('privacy_ack_required')
  given(opened())
    .when(mergeIn(from, [dee, cy]))
    .then(['ticket_merged_in'], { participants: [{ personId: dee, role: 'cc' }] })
  given(opened())
    .when(mergeIn(from, [cy], [dee]))
    .then(['ticket_merged_in'], { participants: [] })
  given(opened())
    .when(mergeIn(from, [dee], [cy]))
    .refused('privacy_ack_required', { newReaders: [cy, dee] })
})

test('closed targets, other brands, flagged tickets and more than 50 sources are refused', () => {
  const done = [set(agentAda, { status: 'resolved' }), set(leadBo, { status: 'closed' })] as const
  given(opened(), ...done)
    .when(mergeIn(source()))
    .refused('target_closed')
  given(opened({ brandId: 9 as never }))
    .when(mergeIn(source()))
    .refused('transition_not_allowed')
  given(opened())
    .when(mergeIn(source(does(agentAda, { kind: 'markSpam' }))))
    .refused('ticket_flagged')
  const many = {
    ...mergeIn(source()).command,
    sourceIds: Array.from({ length: 51 }, (_, index) => ticketId(index + 2)),
  }
  given(opened())
    .when(does(agentAda, many as never))
    .refused('limit_exceeded', { max: 50 })
})

const back = (id: number, sourceTicketId = ticketId(2)): ReturnedMessage => ({
  id: messageId(id),
  kind: 'reply',
  direction: 'inbound',
  authorId: cy,
  channel: 'email',
  thanks: false,
  attachmentCount: 0,
  recipientCount: 1,
  sideConversationId: null,
  sourceTicketId,
})

test('L30 an unmerge takes back what came through the source, and what the merge added', () => {
  const from = source(set(agentAda, { tags: ['late', 'vip'] }))
  const viaSource = mail({}, { messageId: messageId(80), viaTicketId: from.id })
  const readded = [set(agentAda, { removeTags: ['vip'] }), set(agentAda, { addTags: ['vip'] })]
  const facts = { returned: [back(80)] }
  const told = given(opened(), mergeIn(from), viaSource, mail({}, { messageId: messageId(81) }), ...readded)
    .when(does(agentAda, { kind: 'unmerge', sourceId: from.id, batchId: batch }, { facts }))
    .then(['ticket_unmerged'], { tags: ['vip'], mergedIn: [], inboundCount: 2 })
  const last = told.log.at(-1)
  assert(last?.kind === 'ticket_unmerged')
  assert.deepEqual([last.payload.messageIds, last.payload.addedTags], [[70, 80], ['late']])
})

test('L30 the source gets its own message back, which reopens it as it would have', () => {
  const target = story(opened())
  const from = source(set(agentAda, { status: 'resolved' }))
  assert(from.tell(mergeInto(target)).ok)
  const facts = { other: target.now, returned: [back(80), back(81, ticketId(5))] }
  const decision = from.tell(does(agentAda, { kind: 'unmergeFrom', batchId: batch }, { facts }))
  assert.deepEqual(decision.ok && decision.events.map((event) => event.kind), [
    'ticket_unmerged_from',
    'message_added',
    'status_changed',
  ])
  assert.equal(from.now.flags.mergedInto, null)
})

test('an unmerge from a closed target is refused on both sides', () => {
  const from = source()
  const done = [mergeIn(from), set(agentAda, { status: 'resolved' }), set(leadBo, { status: 'closed' })]
  const unmerge = does(agentAda, { kind: 'unmerge', sourceId: from.id, batchId: batch })
  const target = given(opened(), ...done).when(unmerge)
  target.refused('target_closed')
  assert(from.tell(mergeInto(story(opened()))).ok)
  const decision = from.tell(
    does(agentAda, { kind: 'unmergeFrom', batchId: batch }, { facts: { other: target.story.now } }),
  )
  assert.equal(!decision.ok && decision.refusal.name, 'target_closed')
})

test('a split hides its messages here and shows them on the new ticket', () => {
  const told = story(opened(), mail({}, { messageId: messageId(80), authorId: dee }))
  const messages = [messageFact(told, messageId(80))].filter((message) => message !== null)
  const split = does(
    agentAda,
    { kind: 'split', messageIds: [messageId(80)], newTicketId: ticketId(3) },
    { facts: { messages } },
  )
  assert(told.tell(split).ok)
  assert.deepEqual([...hiddenMessages(told.now)], [80])
  const again = told.tell(split)
  assert.equal(!again.ok && again.refusal.name, 'not_found')
  assert.equal(requesterOfSplit(told.now, messages), dee)
  const splitFrom = { ticketId: told.id, messageIds: [messageId(80)] }
  const fresh = story(opened({ openedFor: 'split', splitFrom }, agentAda))
  assert.deepEqual(
    [fresh.log.map((event) => event.kind), messagesByReference(fresh.now)],
    [['ticket_opened', 'split_from'], [80]],
  )
})
