// Reopening, closing by itself and follow-ups, as sentences of lifecycle §4, §5 and §7.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { plus } from '#kit/time.ts'
import { dueMoments } from '#tickets/due.ts'
import { followUpOf } from '#tickets/decide/follow-up.ts'
import {
  ada,
  agentAda,
  bo,
  cy,
  day,
  does,
  given,
  leadBo,
  mail,
  messageFact,
  messageId,
  monday,
  noted,
  opened,
  replied,
  requesterCy,
  ruleSeven,
  set,
  story,
  system,
  ticketId,
} from '#tickets/sentences.ts'
import type { Step } from '#tickets/sentences.ts'
import { defaultSettings } from '#tickets/settings.ts'

const resolved = set(agentAda, { status: 'resolved' })
const closed = set(leadBo, { status: 'closed' })
const press = (button: 'solved' | 'not_solved', more: Partial<Step> = {}) =>
  does(requesterCy, { kind: 'press', button }, more)
const closeTimer = (at: number) => does(system, { kind: 'autoClose' }, { at })
const reopenedBy = (keeps: 'always' | 'never', assigneeAvailable: boolean) =>
  given(opened(), resolved).when(
    mail({ facts: { assigneeAvailable }, settings: { reopenKeepsAssignee: keeps } }),
  ).story.now

test('L12 thanks on a resolved ticket is stored with its mark and reopens nothing', () => {
  const told = given(opened(), resolved)
    .when(mail({}, { thanks: true }))
    .then(['message_added'], { status: 'resolved' })
  assert.deepEqual(told.log.at(-1)?.payload, { ...told.log.at(-1)?.payload, thanks: true })
})

test('L13 any other message reopens it', () => {
  given(opened(), resolved).when(mail()).then(['message_added', 'status_changed resolved→open'], {
    reopenCount: 1,
    resolvedAt: null,
    assigneeId: ada,
  })
})

test('L14 "not thanks" reopens at the click', () => {
  const told = story(opened(), resolved, mail({ at: 60 }, { messageId: messageId(9), thanks: true }))
  const message = messageFact(told, messageId(9))
  const decision = told.tell(
    does(
      agentAda,
      { kind: 'reclassify', messageId: messageId(9), thanks: false },
      { at: 90, facts: { message } },
    ),
  )
  assert(decision.ok)
  assert.deepEqual(
    decision.events.map((event) => event.kind),
    ['message_reclassified', 'status_changed'],
  )
  assert.equal(told.now.statusSince, plus(monday, 90))
})

test('L15 an out-of-office mail is a delivery fact', () => {
  const told = story(opened(), replied(agentAda, { messageId: messageId(9), set: { status: 'resolved' } }))
  const facts = { message: messageFact(told, messageId(9)) }
  const step = does(
    system,
    { kind: 'deliver', messageId: messageId(9), recipientId: cy, result: 'bounced_temporary' },
    { facts },
  )
  const decision = told.tell(step)
  assert(decision.ok)
  assert.deepEqual(
    decision.events.map((event) => event.kind),
    ['message_delivery'],
  )
  assert.equal(told.now.status, 'resolved')
})

test('L16 a resolved ticket closes by itself after four days, and not before', () => {
  given(opened(), resolved)
    .when(closeTimer(4 * day - 1))
    .then([], { status: 'resolved' })
  given(opened(), resolved)
    .when(closeTimer(4 * day))
    .then(['status_changed resolved→closed'], { status: 'closed' })
  const told = story(opened(), resolved)
  assert.deepEqual(dueMoments(told.now, defaultSettings), [
    { kind: 'auto_close', dueAt: plus(monday, 4 * day) },
  ])
})

test('L17 only the latest resolving counts for closing, and notes, tags and thanks do not restart it', () => {
  const again = set(agentAda, { status: 'resolved' }, { at: 3 * day })
  const quiet = [noted(agentAda, { at: 4 * day }), mail({ at: 4 * day }, { thanks: true })]
  const told = story(opened(), resolved, mail({ at: day }), again, ...quiet)
  assert.deepEqual(dueMoments(told.now, defaultSettings), [
    { kind: 'auto_close', dueAt: plus(monday, 7 * day) },
  ])
  given(opened(), resolved, mail({ at: day }), again)
    .when(does(system, { kind: 'autoClose' }, { at: 4 * day }))
    .then([], { status: 'resolved' })
})

test('L18 a message within the window reopens a closed ticket and says how old it was', () => {
  const told = given(opened(), resolved, closed)
    .when(mail({ at: 29 * day }))
    .then(['message_added', 'status_changed closed→open'], { reopenCount: 1, closedAt: null })
  const change = told.log.at(-1)
  assert.equal(change?.kind === 'status_changed' && change.payload.closedAgeSeconds, 2_505_600)
})

test('the reopen window ends to the millisecond, and 0 means never', () => {
  given(opened(), resolved, closed)
    .when(mail({ at: 30 * day }))
    .then(['message_added', 'status_changed closed→open'])
  given(opened(), resolved, closed)
    .when(mail({ at: 30 * day + 0.001 }))
    .refused('reopen_window_passed')
  given(opened(), resolved, closed)
    .when(mail({ settings: { reopenWindow: 0 } }))
    .refused('reopen_window_passed')
})

test('L19 after the window a message asks for a follow-up that inherits people, fields and tags', () => {
  const changes = { tags: ['vip'], priority: 'urgent', fields: { 4: 'x' }, categoryId: null } as const
  const told = given(
    opened({ participants: [{ personId: bo, role: 'cc' }] }),
    set(agentAda, changes),
    resolved,
    closed,
  )
  const passed = told.when(mail({ at: 31 * day }))
  passed.refused('reopen_window_passed', { because: 'closed' })
  const followUp = followUpOf(passed.story.now)
  const next = story(opened({ ...followUp, brandId: followUp.brandId })).now
  assert.deepEqual(
    [next.status, next.priority, next.assigneeId, next.tags, next.fields, next.participants, next.links],
    [
      'new',
      'normal',
      null,
      ['vip'],
      { 4: 'x' },
      [{ personId: bo, role: 'cc' }],
      [{ linkType: 'follows', ticketId: 1 }],
    ],
  )
})

test('a message on a deleted ticket asks for a follow-up as well', () => {
  given(opened(), does(agentAda, { kind: 'delete' }))
    .when(mail())
    .refused('reopen_window_passed', { because: 'deleted' })
})

test('L20 fields are locked on a closed ticket', () => {
  given(opened(), resolved, closed)
    .when(set(ruleSeven, { priority: 'high' }))
    .refused('ticket_closed')
  given(opened(), resolved, closed)
    .when(set(agentAda, { addTags: ['a'], priority: 'high' }))
    .refused('ticket_closed')
  given(opened(), resolved, closed).when(replied(agentAda)).refused('ticket_closed')
})

test('L21 tags, notes and links may change on a closed ticket', () => {
  given(opened(), resolved, closed)
    .when(set(agentAda, { addTags: ['b', 'a'] }))
    .then(['tags_changed'], { tags: ['a', 'b'] })
  given(opened(), resolved, closed).when(noted(agentAda)).then(['message_added'])
  const facts = { other: { ...story(opened()).now, id: ticketId(2) } }
  given(opened(), resolved, closed)
    .when(does(agentAda, { kind: 'link', linkType: 'relates', ticketId: ticketId(2) }, { facts }))
    .then(['link_added'])
})

test('L22 reopening takes the ticket from an assignee who is away and remembers the name', () => {
  given(opened(), resolved, closed)
    .when(mail({ at: 3 * day, facts: { assigneeAvailable: false } }))
    .then(['message_added', 'status_changed closed→open', 'assignee_changed 1→null'], {
      assigneeId: null,
      previousAssigneeId: ada,
    })
})

test('the queue may keep the assignee always or never', () => {
  assert.equal(reopenedBy('always', false).assigneeId, ada)
  assert.equal(reopenedBy('never', true).assigneeId, null)
})

test('nobody but an agent with the right, or the requester, reopens a closed ticket', () => {
  given(opened(), resolved, closed)
    .when(set(agentAda, { status: 'open' }))
    .refused('forbidden')
  given(opened(), resolved, closed)
    .when(set(ruleSeven, { status: 'open' }))
    .refused('transition_not_allowed')
  given(opened(), resolved, closed)
    .when(replied(leadBo, { set: { status: 'open', priority: 'high' } }))
    .then(['status_changed closed→open', 'priority_changed normal→high', 'message_added'])
  given(opened(), resolved, closed).when(press('not_solved')).then(['status_changed closed→open'])
})
