// Undo, redo and undo send, as sentences of lifecycle §13.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { FieldId } from '#kit/ids.ts'
import { dueMoments } from '#tickets/due.ts'
import {
  ada,
  agentAda,
  batch,
  day,
  does,
  given,
  leadBo,
  mail,
  messageId,
  noted,
  opened,
  replied,
  requesterCy,
  ruleSeven,
  set,
  Story,
  story,
  system,
  ticketId,
  updateId,
} from '#tickets/sentences.ts'
import type { Step, Who } from '#tickets/sentences.ts'
import { defaultSettings } from '#tickets/settings.ts'
import { voidedSeqs } from '#tickets/void.ts'

/** The opening is update 1, the first step after it update 2, and so on. */
const undo = (id: number, by: Who = leadBo, more: Partial<Step> = {}, send = false) =>
  does(by, { kind: 'undo', updateId: updateId(id), batchId: batch, send }, more)
const resolved = set(agentAda, { status: 'resolved' })

test('L36 undo send voids the whole update, status and counts included', () => {
  const sent = replied(agentAda, { messageId: messageId(9), set: { status: 'resolved' } })
  const told = given(opened(), sent)
    .when(undo(2, agentAda, { facts: { unsent: true } }, true))
    .then(['undone'], { status: 'new', assigneeId: null, resolvedAt: null, replyCount: 0, reopenCount: 0 })
  assert.notEqual(told.now.newestPublic?.messageId, 9)
  assert.notEqual(told.now.unansweredSince, null)
  assert.deepEqual([...voidedSeqs(told.log)].toSorted(), [2, 3, 4])
})

test('after the delay nothing is unsent, and later undo keeps the message', () => {
  const sent = replied(agentAda, { set: { status: 'resolved' } })
  given(opened(), sent)
    .when(undo(2, agentAda, {}, true))
    .refused('already_sent')
  const told = given(opened(), sent)
    .when(undo(2, agentAda))
    .then(['undone'], { status: 'new', replyCount: 1 })
  assert.deepEqual([...voidedSeqs(told.log)].toSorted(), [3, 4])
  given(opened({ direction: 'outbound' }, agentAda), set(agentAda, { status: 'open' }), replied(agentAda))
    .when(undo(3, agentAda))
    .refused('already_sent')
})

test('what a reply made of a suggestion goes with it when it is unsent, and stays with it when only its changes are undone', () => {
  const payload = { runId: 1, configVersion: 1, use: 'accepted', changed: 0 } as const
  const sent = replied(agentAda, {
    facts: [{ kind: 'assistant_used', payload }],
    set: { status: 'resolved' },
  })
  const used = ({ log }: Story) => log.find(({ kind }) => kind === 'assistant_used')
  const unsent = given(opened(), sent)
    .when(undo(2, agentAda, { facts: { unsent: true } }, true))
    .then(['undone'])
  assert.equal(used(unsent)?.updateId, updateId(2))
  assert.ok(voidedSeqs(unsent.log).has(used(unsent)?.seq ?? 0))
  const reopened = given(opened(), sent).when(undo(2, agentAda)).then(['undone'])
  assert.ok(!voidedSeqs(reopened.log).has(used(reopened)?.seq ?? 0))
})

test('mail of a ticket opened by mistake can be held back with the ticket', () => {
  given(opened({ direction: 'outbound' }, agentAda))
    .when(undo(1, agentAda, { facts: { unsent: true } }, true))
    .then(['ticket_deleted unsent'])
  given(opened()).when(undo(1)).refused('transition_not_allowed')
})

test('L37 a field changed since stays, and is named', () => {
  const told = given(opened(), set(agentAda, { priority: 'high' }), set(leadBo, { priority: 'urgent' }))
    .when(undo(2))
    .then(['undone'], { priority: 'urgent' })
  const last = told.log.at(-1)
  assert.deepEqual(last?.kind === 'undone' && [last.payload.restores, last.payload.changedSince], [
    [],
    ['priority'],
  ])
})

test('L38 of tags only what the update added or removed goes back', () => {
  given(
    opened(),
    set(agentAda, { tags: ['a', 'old'] }),
    set(agentAda, { addTags: ['bulk'], removeTags: ['old'] }),
    set(leadBo, { addTags: ['z'] }),
  )
    .when(undo(3))
    .then(['undone'], { tags: ['a', 'old', 'z'] })
})

test('every touched field goes back: custom fields, people, team, snooze', () => {
  const fieldId = 4 as FieldId
  const changes = {
    assigneeId: ada,
    teamId: 1 as never,
    fields: { [fieldId]: 'x', 5: { valueId: 8 as never } },
  }
  const before = story(opened(), set(agentAda, { fields: { [fieldId]: 'was' } }))
  const told = given(opened(), set(agentAda, { fields: { [fieldId]: 'was' } }), set(agentAda, changes))
    .when(undo(3))
    .then(['undone'], {
      status: 'new',
      assigneeId: null,
      teamId: null,
    })
  assert.deepEqual(told.now.fields, before.now.fields)
})

test('a redo sets everything to what it was, once', () => {
  const again = given(opened(), resolved, undo(2)).when(undo(3))
  again.then(['undone'], { status: 'resolved', assigneeId: ada })
  assert.deepEqual([...voidedSeqs(again.story.log)], [4])
  given(opened(), resolved, undo(2), undo(3)).when(undo(4)).refused('transition_not_allowed')
})

test('named events of an update are taken back alone, once, and the rest of it stays', () => {
  const asked = story(opened(), set(agentAda, { priority: 'high', tags: ['a'] }))
  const seq = asked.log.find(({ kind }) => kind === 'tags_changed')?.seq ?? 0
  const some = does(leadBo, { kind: 'undo', updateId: updateId(2), batchId: batch, only: [seq] })
  const told = given(opened(), set(agentAda, { priority: 'high', tags: ['a'] }))
    .when(some)
    .then(['undone'], { priority: 'high', tags: [] })
  assert.deepEqual([...voidedSeqs(told.log)], [seq])
  const again = told.tell(some)
  assert.deepEqual(!again.ok && again.refusal, { name: 'changed_since', fields: [] })
  const none = told.tell(does(leadBo, { kind: 'undo', updateId: updateId(2), batchId: batch, only: [99] }))
  assert.equal(!none.ok && none.refusal.name, 'not_found')
})

test('what is undone already cannot be undone', () => {
  given(opened(), resolved, undo(2)).when(undo(2)).refused('changed_since')
  given(opened()).when(undo(9)).refused('not_found', { what: 'update' })
  given(opened(), noted(agentAda)).when(undo(2)).refused('not_found', { what: 'change' })
})

test('I7 an undone reopening does not count, even when the status moved on; a redo counts it again', () => {
  const onward = set(agentAda, { status: 'pending' })
  const reopened = set(agentAda, { status: 'open' })
  const told = given(opened(), resolved, reopened, onward)
    .when(undo(4 - 1))
    .then(['undone'], { status: 'pending', reopenCount: 0 })
  assert(told.tell(undo(5)).ok)
  assert.equal(told.now.reopenCount, 1)
})

test('own updates for agents, any for leads', () => {
  given(opened(), set(leadBo, { priority: 'high' }))
    .when(undo(2, agentAda))
    .refused('forbidden')
  given(opened(), set(agentAda, { priority: 'high' }))
    .when(undo(2, agentAda))
    .then(['undone'], { priority: 'normal' })
  given(opened(), set(agentAda, { priority: 'high' }))
    .when(undo(2, ruleSeven))
    .refused('forbidden')
  given(opened(), set(ruleSeven, { priority: 'high' }))
    .when(undo(2, system))
    .then(['undone'])
})

test('a new ticket gets no assignee by an undo, and a settled one does not lose the one it needs', () => {
  given(opened(), set(agentAda, { assigneeId: ada }), set(leadBo, { assigneeId: 2 as never }))
    .when(undo(2))
    .then(['undone'], { status: 'open', assigneeId: 2 as never })
  given(opened(), resolved, set(agentAda, { status: 'open' }), set(agentAda, { assigneeId: null }))
    .when(undo(3))
    .then(['undone'], { status: 'open', assigneeId: null })
})

test('an undone closing is resolved again and waits its full time', () => {
  const closed = does(system, { kind: 'autoClose' }, { at: 4 * day })
  const told = given(opened(), resolved, closed)
    .when(undo(3, leadBo, { at: 10 * day }))
    .then(['undone'], { status: 'resolved', closedAt: null })
  assert.equal(dueMoments(told.now, defaultSettings)[0]?.dueAt, '2026-06-15T09:00:00.000Z')
})

test('closed and flagged tickets stay locked against older undos', () => {
  const closed = set(leadBo, { status: 'closed' })
  given(opened(), set(agentAda, { priority: 'high' }), resolved, closed)
    .when(undo(2))
    .refused('ticket_closed')
  given(opened(), set(agentAda, { tags: ['a'] }), resolved, closed)
    .when(undo(2))
    .then(['undone'], { tags: [] })
  given(opened(), set(agentAda, { priority: 'high' }), does(agentAda, { kind: 'markSpam' }))
    .when(undo(2))
    .refused('ticket_flagged')
  const told = given(opened(), does(agentAda, { kind: 'markSpam' }))
    .when(undo(2))
    .then(['undone']).now
  assert.equal(told.flags.spam, false)
})

test('undoing a merge is an unmerge on both sides', () => {
  const from = new Story(ticketId(2))
  assert(from.tell(opened()).ok)
  const facts = { sources: [{ ticket: from.now, messageIds: [messageId(70)] }] }
  const command = {
    kind: 'mergeIn',
    sourceIds: [from.id],
    batchId: batch,
    acknowledgedNewReaders: [],
  } as const
  const told = given(opened(), does(agentAda, command, { facts }))
    .when(undo(2))
    .then(['ticket_unmerged', 'undone'], { mergedIn: [] })
  const into = does(
    agentAda,
    { kind: 'mergeInto', targetId: told.id, batchId: batch },
    { facts: { other: told.now } },
  )
  assert(from.tell(into).ok)
  const decision = from.tell(undo(2, leadBo, { facts: { other: told.now } }))
  assert.deepEqual(decision.ok && decision.events.map((event) => event.kind), [
    'ticket_unmerged_from',
    'undone',
  ])
  const redo = told.tell(undo(3))
  assert.equal(!redo.ok && redo.refusal.name, 'transition_not_allowed')
})

const splitFrom = { ticketId: ticketId(1), messageIds: [messageId(80)] }
function splitStories(): readonly [Story, Story] {
  const old = story(opened(), mail({}, { messageId: messageId(80) }))
  const message = {
    id: messageId(80),
    kind: 'reply',
    direction: 'inbound',
    authorId: null,
    channel: 'email',
    thanks: false,
  } as const
  const counts = { attachmentCount: 0, recipientCount: 1, sideConversationId: null }
  const facts = { messages: [{ ...message, ...counts }] }
  assert(
    old.tell(
      does(agentAda, { kind: 'split', messageIds: [messageId(80)], newTicketId: ticketId(3) }, { facts }),
    ).ok,
  )
  const fresh = new Story(ticketId(3))
  assert(fresh.tell(opened({ openedFor: 'split', splitFrom }, agentAda)).ok)
  return [old, fresh]
}

test('undoing a split shows the messages again and folds the new ticket into the old', () => {
  const [old, fresh] = splitStories()
  const facts = { sources: [{ ticket: fresh.now, messageIds: [messageId(90)] }] }
  const decision = old.tell(undo(3, agentAda, { facts }))
  assert.deepEqual(decision.ok && decision.events.map((event) => event.kind), ['ticket_merged_in', 'undone'])
  assert.deepEqual([old.now.splitOff, old.now.mergedIn[0]?.messageIds], [[], [90]])
  assert(fresh.tell(undo(1, agentAda, { facts: { other: old.now } })).ok)
  assert.equal(fresh.now.flags.mergedInto, 1)
})

test('a split is not undone after a public reply on the new ticket, nor after 30 days', () => {
  const [old, fresh] = splitStories()
  const late = fresh.tell(undo(1, agentAda, { at: 31 * day, facts: { other: old.now } }))
  assert.equal(!late.ok && late.refusal.name, 'limit_exceeded')
  assert(fresh.tell(replied(agentAda, {}, { at: 60 })).ok)
  for (const [told, id] of [
    [old, 3],
    [fresh, 1],
  ] as const) {
    const facts = { other: old.now, sources: [{ ticket: fresh.now, messageIds: [] }] }
    const decision = told.tell(undo(id, agentAda, { at: day, facts }))
    assert.equal(!decision.ok && decision.refusal.name, 'changed_since')
  }
})

test('an undo of what the requester did belongs to leads and keeps the message', () => {
  given(opened(), resolved, mail())
    .when(undo(3))
    .then(['undone'], { status: 'resolved', inboundCount: 2, reopenCount: 0 })
  given(opened(), resolved, mail()).when(undo(3, requesterCy)).refused('forbidden')
})
