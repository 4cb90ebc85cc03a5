// People, links, flags and side conversations, as sentences of lifecycle §9 to §11.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  ada,
  agentAda,
  cy,
  day,
  dee,
  does,
  given,
  mail,
  messageId,
  opened,
  replied,
  requesterCy,
  set,
  Story,
  system,
  ticketId,
} from '#tickets/sentences.ts'
import type { Step } from '#tickets/sentences.ts'

/** Ticket 2 with one message, number 70; ticket 1 is the story's own. */
function source(...steps: readonly Step[]): Story {
  const told = new Story(ticketId(2))
  for (const step of [opened({ messageId: messageId(70) }), ...steps]) assert(told.tell(step).ok)
  return told
}

const link = (linkType: 'child' | 'incident' | 'parent', more: Partial<Step>, id = 2) =>
  does(agentAda, { kind: 'link', linkType, ticketId: ticketId(id) }, more)
const add = (personId: typeof cy, role: 'cc' | 'follower') =>
  does(agentAda, { kind: 'addParticipant', personId, role })

test('a ticket has one parent and one problem, no link to itself, and a tree no deeper than three', () => {
  const facts = { other: source().now }
  const third = { other: { ...source().now, id: ticketId(3) } }
  for (const linkType of ['child', 'incident'] as const) {
    given(opened(), link(linkType, { facts }))
      .when(link(linkType, { facts: third }, 3))
      .refused('limit_exceeded')
    given(opened(), link(linkType, { facts })).when(link(linkType, { facts })).then([])
  }
  given(opened())
    .when(link('parent', { facts: { ...facts, treeDepth: 4 } }))
    .refused('limit_exceeded', { max: 3 })
  given(opened())
    .when(link('parent', { facts: { other: { ...source().now, id: ticketId(1) } } }, 1))
    .refused('limit_exceeded')
})

test('people join once, and a new requester is no cc', () => {
  given(opened()).when(add(cy, 'cc')).then([])
  given(opened(), add(dee, 'cc'))
    .when(add(dee, 'follower'))
    .then(['participant_removed', 'participant_added'], {
      participants: [{ personId: dee, role: 'follower' }],
    })
  given(opened(), add(dee, 'cc'))
    .when(does(agentAda, { kind: 'changeRequester', requesterId: dee, keepAsCc: true }))
    .then(['participant_removed', 'requester_changed 3→4', 'participant_added'], {
      requesterId: dee,
      participants: [{ personId: cy, role: 'cc' }],
    })
  given(opened())
    .when(mail({}, { addCc: [cy, dee, ada] }))
    .then(['message_added', 'participant_added', 'participant_added'])
})

test('flagged tickets refuse everything but unflagging, redaction and facts', () => {
  const spam = does(agentAda, { kind: 'markSpam' })
  given(opened(), spam).when(mail()).refused('ticket_flagged', { flag: 'spam' })
  given(opened(), spam).when(spam).refused('ticket_flagged')
  given(opened(), spam)
    .when(does(agentAda, { kind: 'unmarkSpam', reason: 'no' }))
    .then(['spam_unmarked no'])
  given(opened(), does(agentAda, { kind: 'delete' }))
    .when(does(agentAda, { kind: 'restore' }))
    .then(['ticket_restored'])
})

test('I8 a purged ticket is gone', () => {
  const purge = does(system, { kind: 'purge' })
  given(opened()).when(purge).refused('transition_not_allowed')
  given(opened(), does(agentAda, { kind: 'delete' }))
    .when(does(agentAda, { kind: 'purge' }))
    .refused('forbidden')
  given(opened(), does(agentAda, { kind: 'delete' }), purge)
    .when(does(agentAda, { kind: 'restore' }))
    .refused('not_found')
})

test('viewers and requesters change nothing but what is theirs', () => {
  given(opened())
    .when(set({ ...agentAda, actorRole: 'viewer' }, { priority: 'high' }))
    .refused('forbidden')
  given(opened())
    .when(set(requesterCy, { priority: 'high' }))
    .refused('forbidden')
})

test('a viewer whose role lets them write notes does, and changes nothing by it', () => {
  const lena = { ...agentAda, actorRole: 'viewer' } as const
  const note = {
    kind: 'note',
    messageId: 9 as never,
    channel: 'email',
    attachmentCount: 0,
    recipientCount: 0,
  } as const
  given(opened()).when(does(lena, note)).then(['message_added'], {})
  given(opened())
    .when(does(lena, { ...note, set: { priority: 'high' } }))
    .refused('forbidden')
})

test('side conversations touch neither status nor counts, except that an answer ends waiting', () => {
  const aside = { sideConversationId: 4 as never }
  given(
    opened(),
    set(agentAda, { status: 'on_hold' }),
    does(agentAda, { kind: 'openSideConversation', ...aside }),
  )
    .when(mail({}, aside))
    .then(['message_added', 'status_changed on_hold→open'], {
      inboundCount: 1,
      sideConversations: [{ id: 4 as never, status: 'open' }],
    })
  given(opened(), replied(agentAda, aside), does(agentAda, { kind: 'finishSideConversation', ...aside }))
    .when(mail({ at: day }, aside))
    .then(['message_added', 'side_conversation_opened'], { status: 'new', replyCount: 0 })
})
