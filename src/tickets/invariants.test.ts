// Invariants of lifecycle §3 over random command sequences on one ticket, and over random merges of several.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import type { BatchId } from '#kit/ids.ts'
import type { Command } from '#tickets/command.ts'
import type { Facts } from '#tickets/context.ts'
import { decide } from '#tickets/decide.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve, replay } from '#tickets/evolve.ts'
import { changes, live, steps } from '#tickets/random.ts'
import {
  agentAda,
  batch,
  leadBo,
  opened,
  resolveMerged,
  Story,
  ticketId,
  updateId,
} from '#tickets/sentences.ts'
import { isActive } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { voidedSeqs } from '#tickets/void.ts'

const runs = { numRuns: 300 }

test('I1 I2 the row is the replay of a dense log, survives JSON, and a refusal leaves it alone', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const told = live(drawn)
      assert.deepEqual(told.now, replay(told.log))
      assert.deepEqual(told.now, replay(JSON.parse(JSON.stringify(told.log)) as TicketEvent[]))
      assert.deepEqual(JSON.parse(JSON.stringify(told.now)), told.now)
      assert.deepEqual(
        told.log.map((event) => event.seq),
        told.log.map((_, index) => index + 1),
      )
      assert.equal(told.now.seq, told.log.length)
    }),
    runs,
  )
})

const says = (event: TicketEvent, kinds: readonly string[]) => kinds.includes(event.actor.type)

test('I3 I4 I5 statuses follow one another, settled by staff means owned, new means not', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      let ticket = null as Ticket | null
      for (const event of live(drawn).log) {
        const next: Ticket = evolve(ticket, event)
        if (event.kind === 'status_changed') {
          assert.equal(event.payload.from, ticket?.status)
          const { from, to } = event.payload
          const settledByStaff = from !== to && !isActive(to) && says(event, ['agent', 'rule', 'assistant'])
          if (settledByStaff) assert.notEqual(next.assigneeId, null)
        }
        ticket = next
      }
      assert(ticket !== null)
    }),
    runs,
  )
})

test('I5 after every command a new ticket has no assignee, and only active tickets snooze', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      live(drawn, ({ now }) => {
        if (now.status === 'new') assert.equal(now.assigneeId, null)
        if (!isActive(now.status)) assert.equal(now.snoozedUntil, null)
        assert.equal(now.closedAt !== null, now.status === 'closed')
        if (isActive(now.status)) assert.equal(now.resolvedAt, null)
      })
    }),
    runs,
  )
})

test('I7 reopenCount counts the reopenings that stand', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const { log, now } = live(drawn)
      const voided = voidedSeqs(log)
      const reopenings = log.filter(
        (event) =>
          event.kind === 'status_changed' &&
          !voided.has(event.seq) &&
          !isActive(event.payload.from) &&
          isActive(event.payload.to),
      )
      assert.equal(now.reopenCount, reopenings.length)
    }),
    runs,
  )
})

test('I8 nothing follows ticket_purged, flagged tickets stay as they are, and no event says nothing', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      const { log } = live(drawn, ({ now }, before) => {
        const isFlagged = before.flags.spam || before.flags.deleted
        if (isFlagged && now.flags.spam === before.flags.spam && now.flags.deleted === before.flags.deleted) {
          assert.equal(now.status, before.status)
        }
      })
      const purged = log.findIndex((event) => event.kind === 'ticket_purged')
      assert(purged === -1 || purged === log.length - 1)
      for (const { kind, payload } of log) {
        const isChange = 'from' in payload && kind !== 'status_changed'
        if (isChange) assert.notDeepEqual(payload.from, (payload as { to?: unknown }).to)
      }
    }),
    runs,
  )
})

test('a decision does not depend on the order of keys in the row', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      live(drawn, (told, before, step) => {
        const context = {
          ...told.context(step),
          facts: { ...step.facts, log: told.log.slice(0, before.seq), since: [] },
        }
        const { expectedSeq: _, ...rest } = context
        assert.deepEqual(decide(reversed(before), step.command, rest), decide(before, step.command, rest))
      })
    }),
    { numRuns: 60 },
  )
})

function reversed<T>(whole: T): T {
  if (Array.isArray(whole)) return whole.map(reversed) as T
  if (typeof whole !== 'object' || whole === null) return whole
  return Object.fromEntries(
    Object.entries(whole)
      .toReversed()
      .map(([key, one]) => [key, reversed(one)]),
  ) as T
}

/** What an undo has to bring back: all but the marks of time, whatever the order of participants. */
function essence(ticket: Ticket) {
  const participants = ticket.participants.toSorted((one, other) => one.personId - other.personId)
  return { ...ticket, participants, seq: 0, updatedAt: '', statusSince: '' }
}

test('an undo right away brings everything back, and a redo brings it forth again', () => {
  fc.assert(
    fc.property(steps, changes, (drawn, set) => {
      const told = live(drawn)
      if (told.now.flags.purged) return
      const before = told.now
      const at = 90 * 86_400
      const decision = told.tell({
        command: { kind: 'set', ...set },
        by: leadBo,
        at,
        facts: { assigneeAvailable: true },
      })
      if (!decision.ok || decision.events.length === 0) return
      const after = told.now
      const id = told.log.at(-1)?.updateId ?? updateId(0)
      const undo = (which: typeof id) =>
        told.tell({ command: { kind: 'undo', updateId: which, batchId: batch }, by: leadBo, at })
      assert.deepEqual(undo(id).ok, true)
      assert.deepEqual(essence(told.now), essence(before))
      assert.deepEqual(undo(updateId(id + 1)).ok, true)
      assert.deepEqual(essence(told.now), essence(after))
    }),
    runs,
  )
})

test('I6 whatever is merged, every number leads to a ticket that stands', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.boolean())
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
      const desk = [1, 2, 3, 4, 5].map((id) => new Story(ticketId(id)))
      for (const told of desk) told.tell(opened())
      for (const [from, to, undoes] of pairs) mergeOrUnmerge(desk, from, to, undoes)
      for (const { id } of desk) {
        const end = resolveMerged(id, (one) => desk[one - 1]?.now.flags.mergedInto ?? null)
        assert.equal(desk[end - 1]?.now.flags.mergedInto, null)
      }
    }),
    runs,
  )
})

/** Both sides, or neither, as the desk does it. */
function mergeOrUnmerge(desk: readonly Story[], from: number, to: number, undoes: boolean): void {
  const [source, target] = [desk[from - 1], desk[to - 1]]
  assert(source !== undefined && target !== undefined)
  const batchId = (from * 10 + to) as BatchId
  const sides: readonly [Story, Command, Facts][] = undoes
    ? [
        [target, { kind: 'unmerge', sourceId: source.id, batchId }, {}],
        [source, { kind: 'unmergeFrom', batchId }, { other: target.now }],
      ]
    : [
        [
          target,
          { kind: 'mergeIn', sourceIds: [source.id], batchId, acknowledgedNewReaders: [] },
          { sources: [{ ticket: source.now, messageIds: [] }] },
        ],
        [source, { kind: 'mergeInto', targetId: target.id, batchId }, { other: target.now }],
      ]
  const decided = sides.map(([side, command, facts]) => {
    const step = { command, by: agentAda, facts }
    return { side, step, decision: decide(side.now, command, side.context(step)) }
  })
  const [one, other] = decided.map(({ decision }) => decision.ok)
  assert.equal(one, other, 'both sides agree')
  for (const { side, step, decision } of decided) if (decision.ok) side.append(decision.events, step)
}
