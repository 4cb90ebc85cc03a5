// What Send asks for, as sentences.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { Draft } from '../../../src/api/contract/messages.ts'
import { outgoing } from './outgoing.ts'

const written = {
  mode: 'reply',
  body: '<p>It is on its way.</p>',
  cc: ['bo@desk.example'],
  to: 'cy@home.example',
  attachments: [],
  change: null,
  macroId: null,
  mentions: [],
} as unknown as Draft

test('a reply says what its agent had seen and whom it copies, and nothing that was not set', () => {
  deepEqual(outgoing(written, { mode: 'reply', seenSeq: 7 }), {
    kind: 'reply',
    body: '<p>It is on its way.</p>',
    bodyFormat: 'html',
    cc: ['bo@desk.example'],
    to: 'cy@home.example',
    expectedSeq: 7,
  })
})

test('a note copies nobody and cannot be overtaken', () => {
  const note = outgoing(written, { mode: 'note', seenSeq: 7 })
  equal(note.cc, undefined)
  equal(note.expectedSeq, undefined)
})

test('status, staged change, macro, mentions and files leave in the same request', () => {
  const staged = {
    ...written,
    attachments: [{ id: 4, name: 'plan.pdf', type: 'application/pdf', size: 10 }],
    change: { priority: 'high' },
    macroId: 3,
    mentions: [12],
  } as unknown as Draft
  const { attachments, status, change, macroId, mentions } = outgoing(staged, {
    mode: 'reply',
    status: 'pending',
    seenSeq: 1,
  })
  deepEqual(
    { attachments, status, change, macroId, mentions },
    {
      attachments: [4],
      status: 'pending',
      change: { priority: 'high' },
      macroId: 3,
      mentions: [12],
    },
  )
})

test('an empty list of copies is said: nobody is copied, which is not the same as everybody who was', () => {
  deepEqual(outgoing({ ...written, cc: [] }, { mode: 'reply', seenSeq: 1 }).cc, [])
})

test('sending anyway and sending later are said only when they are meant', () => {
  const now = outgoing(written, { mode: 'reply', seenSeq: 1, sendAnyway: false })
  equal('sendAnyway' in now || 'sendAt' in now, false)
  const later = outgoing(written, {
    mode: 'reply',
    seenSeq: 1,
    sendAnyway: true,
    sendAt: '2026-03-02T09:00:00Z',
  })
  deepEqual([later.sendAnyway, later.sendAt], [true, '2026-03-02T09:00:00Z'])
})
