// The transition table, resolving, closing and reopening, as sentences of lifecycle §3 to §8.
import { test } from 'node:test'

import type { FieldId } from '#kit/ids.ts'
import {
  ada,
  agentAda,
  assistant,
  does,
  given,
  helper,
  leadBo,
  mail,
  monday,
  north,
  noted,
  opened,
  replied,
  requesterCy,
  ruleSeven,
  set,
  system,
} from '#tickets/sentences.ts'
import type { Step } from '#tickets/sentences.ts'

const rootCause = 12 as FieldId
const needsCause = { requiredOnResolve: [{ fieldId: rootCause }] }
const open = set(agentAda, { status: 'open' })
const resolved = set(agentAda, { status: 'resolved' })
const closed = set(leadBo, { status: 'closed' })
const press = (button: 'solved' | 'not_solved', more: Partial<Step> = {}) =>
  does(requesterCy, { kind: 'press', button }, more)

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

test('a program with nobody behind it resolves what nobody has, and then nobody has it', () => {
  const monitoring = { ...agentAda, actor: { type: 'api', id: null }, actorPersonId: null } as const
  given(opened(), open)
    .when(set(monitoring, { status: 'resolved' }))
    .then(['status_changed open→resolved'], { assigneeId: null })
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
  given(opened(), taken)
    .when({ ...leaves, command: { kind: 'leaveTeam', personId: ada, teamId: 2 as never } })
    .then([])
  given(opened(), taken, resolved).when(leaves).then([], { assigneeId: ada })
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
