// The transition table, resolving, closing and reopening, as sentences of lifecycle §3 to §8.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { FieldId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { dueMoments } from '#tickets/due.ts'
import { followUpOf } from '#tickets/follow-up.ts'
import {
  ada,
  agentAda,
  assistant,
  bo,
  cy,
  day,
  does,
  given,
  helper,
  leadBo,
  mail,
  messageFact,
  messageId,
  monday,
  north,
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

const rootCause = 12 as FieldId
const needsCause = { requiredOnResolve: [{ fieldId: rootCause }] }
const open = set(agentAda, { status: 'open' })
const resolved = set(agentAda, { status: 'resolved' })
const closed = set(leadBo, { status: 'closed' })
const press = (button: 'solved' | 'not_solved', more: Partial<Step> = {}) =>
  does(requesterCy, { kind: 'press', button }, more)
const closeTimer = (at: number) => does(system, { kind: 'autoClose' }, { at })
const wakeTimer = (at: number) => does(system, { kind: 'unsnooze', reason: 'time' }, { at })
const reopenedBy = (keeps: 'always' | 'never', assigneeAvailable: boolean) =>
  given(opened(), resolved).when(
    mail({ facts: { assigneeAvailable }, settings: { reopenKeepsAssignee: keeps } }),
  ).story.now

test('L01 a team alone leaves a ticket new', () => {
  given(opened())
    .when(set(agentAda, { teamId: north }))
    .then(['team_changed null→1'], { status: 'new' })
})

test('L02 assigning a new ticket opens it', () => {
  given(opened())
    .when(set(leadBo, { assigneeId: ada }))
    .then(['assignee_changed null→1', 'status_changed new→open'], { assigneeId: ada })
})

test('L03 the first public reply opens a new ticket and assigns nobody', () => {
  given(opened())
    .when(replied(agentAda))
    .then(['message_added', 'status_changed new→open'], { assigneeId: null, unansweredSince: null })
})

test('L03 a reply that names a status, a note, and a rule’s mail do not open it by themselves', () => {
  given(opened())
    .when(replied(agentAda, { set: { status: 'pending' } }))
    .then(['message_added', 'status_changed new→pending'])
  given(opened()).when(noted(agentAda)).then(['message_added'], { status: 'new' })
  given(opened())
    .when(replied(ruleSeven))
    .then(['message_added'], { status: 'new', replyCount: 0, unansweredSince: monday })
})

test('L04 a message of the requester leaves a new ticket new', () => {
  given(opened()).when(mail()).then(['message_added'], { status: 'new', inboundCount: 2 })
})

test('L05 an agent who resolves what nobody has, has it', () => {
  given(opened(), open)
    .when(set(agentAda, { status: 'resolved' }))
    .then(['assignee_changed null→1', 'status_changed open→resolved'], {
      assigneeId: ada,
      resolvedAt: monday,
    })
})

test('L06 a rule cannot resolve what nobody has', () => {
  given(opened(), open)
    .when(set(ruleSeven, { status: 'resolved' }))
    .refused('assignee_required')
})

test('the assistant that resolves becomes assignee', () => {
  given(opened())
    .when(set(assistant, { status: 'resolved' }))
    .then(['assignee_changed null→5', 'status_changed new→resolved'], { assigneeId: helper })
})

test('L07 all fields required on resolve are named, whoever asks', () => {
  const required = {
    requiredOnResolve: [{ fieldId: rootCause }, { fieldId: 13 as FieldId, when: () => true }],
  }
  for (const by of [agentAda, assistant]) {
    given(opened(), open)
      .when(set(by, { status: 'resolved' }, { settings: required }))
      .refused('fields_required', { fieldIds: [12, 13] })
  }
  given(opened(), set(agentAda, { assigneeId: ada }))
    .when(set(ruleSeven, { status: 'resolved' }, { settings: needsCause }))
    .refused('fields_required')
})

test('L07 a field set in the same command counts, and a condition that does not hold asks for nothing', () => {
  const changes = { status: 'resolved', fields: { [rootCause]: 'cable' } } as const
  given(opened(), open)
    .when(set(agentAda, changes, { settings: needsCause }))
    .then(['field_changed null→cable', 'assignee_changed null→1', 'status_changed open→resolved'])
  const onlyHigh = {
    requiredOnResolve: [{ fieldId: rootCause, when: (t: { priority: string }) => t.priority === 'high' }],
  }
  given(opened(), open)
    .when(set(agentAda, { status: 'resolved' }, { settings: onlyHigh }))
    .then(['assignee_changed null→1', 'status_changed open→resolved'])
})

test('L08 the requester’s button needs no field and no assignee', () => {
  given(opened(), open)
    .when(press('solved', { settings: needsCause }))
    .then(['status_changed open→resolved'], { assigneeId: null, status: 'resolved' })
})

test('L09 L10 a message on pending opens it, thanks or not', () => {
  for (const thanks of [false, true]) {
    given(opened(), set(agentAda, { status: 'pending' }))
      .when(mail({}, { thanks }))
      .then(['message_added', 'status_changed pending→open'], { status: 'open' })
  }
})

test('L11 on hold opens, or is kept and marked until the next public reply', () => {
  const held = set(agentAda, { status: 'on_hold' })
  given(opened(), held)
    .when(mail())
    .then(['message_added', 'status_changed on_hold→open'], { customerReplied: false })
  const keep = { settings: { onHoldReply: 'keep' } } as const
  given(opened(), held).when(mail(keep)).then(['message_added'], { status: 'on_hold', customerReplied: true })
  given(opened(), held, mail(keep), noted(agentAda))
    .when(replied(agentAda))
    .then(['message_added'], { status: 'on_hold', customerReplied: false })
})

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

test('L23 closing without resolving needs a lead and a reason', () => {
  given(opened(), open)
    .when(set(agentAda, { status: 'closed' }))
    .refused('forbidden', { needs: 'lead' })
  given(opened(), open)
    .when(set(leadBo, { status: 'closed' }))
    .refused('close_reason_required')
  given(opened(), open)
    .when(set(leadBo, { status: 'closed', closeReason: 'duplicate' }))
    .then(['assignee_changed null→2', 'status_changed open→closed'], {
      closeReason: 'duplicate',
      resolvedAt: null,
    })
})

test('L24 setting what is so already is no event', () => {
  given(opened(), open)
    .when(set(agentAda, { status: 'open', priority: 'normal', tags: [] }))
    .then([])
})

test('L25 a message wakes a snoozed ticket', () => {
  given(opened(), set(agentAda, { snoozedUntil: plus(monday, 3 * day) }))
    .when(mail())
    .then(['message_added', 'unsnoozed message'], { snoozedUntil: null })
})

test('L26 a warning of a clock wakes a snoozed ticket', () => {
  const warning = {
    metric: 'first_reply',
    instance: 1,
    policyId: 1,
    policyVersion: 1,
    priority: 'normal',
    cause: 'time',
  } as const
  given(opened(), set(agentAda, { snoozedUntil: plus(monday, 3 * day) }))
    .when(does(system, { kind: 'record', facts: [{ kind: 'sla_warning', payload: warning }] }))
    .then(['sla_warning', 'unsnoozed sla'], { snoozedUntil: null })
})

test('a snooze ends at its time, not before, on resolving, and is at most 366 days', () => {
  const snoozed = set(agentAda, { snoozedUntil: plus(monday, day) })
  given(opened(), snoozed)
    .when(wakeTimer(day - 1))
    .then([])
  given(opened(), snoozed).when(wakeTimer(day)).then(['unsnoozed time'])
  given(opened(), snoozed)
    .when(resolved)
    .then(['assignee_changed null→1', 'status_changed new→resolved', 'unsnoozed resolved'])
  given(opened())
    .when(set(agentAda, { snoozedUntil: plus(monday, 367 * day) }))
    .refused('limit_exceeded')
  given(opened(), resolved)
    .when(set(agentAda, { snoozedUntil: plus(monday, day) }))
    .refused('transition_not_allowed')
})

test('L31 a parent does not resolve before its children', () => {
  const facts = { activeChildren: 2 }
  given(opened(), open)
    .when(set(agentAda, { status: 'resolved' }, { facts }))
    .refused('children_open', { count: 2 })
  given(opened(), open)
    .when(set(agentAda, { status: 'resolved' }, { facts, settings: { childrenBlockResolve: false } }))
    .then(['assignee_changed null→1', 'status_changed open→resolved'])
})

test('L46 who leaves the team loses active tickets and keeps settled ones', () => {
  const taken = set(leadBo, { assigneeId: ada, teamId: north })
  const leaves = does(system, { kind: 'leaveTeam', personId: ada, teamId: north })
  given(opened(), taken)
    .when(leaves)
    .then(['assignee_changed 1→null'], { status: 'open', previousAssigneeId: ada })
  given(opened(), taken, resolved).when(leaves).then([], { assigneeId: ada })
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

test('nothing goes back to new, and an unknown way is refused', () => {
  given(opened(), open)
    .when(set(leadBo, { status: 'new' }))
    .refused('transition_not_allowed', { from: 'open', to: 'new' })
  given(opened(), resolved, closed)
    .when(set(leadBo, { status: 'pending' }))
    .refused('transition_not_allowed')
  given(opened(), set(agentAda, { status: 'on_hold' }))
    .when(set(assistant, { status: 'open' }))
    .refused('transition_not_allowed')
})
