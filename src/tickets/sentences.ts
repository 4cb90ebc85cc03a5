// Given, when, then for tests of this room: a small cast, a story that decides and folds like the desk does, in memory.
import assert from 'node:assert/strict'

import type { BatchId, BrandId, MessageId, PersonId, TeamId, TicketId, UpdateId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import type { Instant } from '#kit/time.ts'
import type { Command, Open, Receive, Reply } from '#tickets/command.ts'
import type { Context, Decision, Facts, MessageFact } from '#tickets/context.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { NewEvent, TicketEvent } from '#tickets/event.ts'
import { evolve, replay } from '#tickets/evolve.ts'
import type { Refusal, RefusalName } from '#tickets/refusal.ts'
import { defaultSettings } from '#tickets/settings.ts'
import type { Settings } from '#tickets/settings.ts'
import type { Ticket } from '#tickets/ticket.ts'

export const person = (id: number) => id as PersonId
export const ada = person(1)
export const bo = person(2)
export const cy = person(3)
export const dee = person(4)
export const helper = person(5)
export const north = 1 as TeamId
export const house = 1 as BrandId
export const batch = 1 as BatchId
export const ticketId = (id: number) => id as TicketId
export const messageId = (id: number) => id as MessageId
export const updateId = (id: number) => id as UpdateId
export const monday = '2026-06-01T09:00:00.000Z' as Instant
export const day = 86_400

export type Who = Pick<Context, 'actor' | 'actorRole' | 'actorPersonId' | 'mayReopenClosed'>
const staff = (id: PersonId, role: 'agent' | 'lead'): Who => ({
  actor: { type: 'agent', id },
  actorRole: role,
  actorPersonId: id,
  mayReopenClosed: role === 'lead',
})
const other = (
  type: Context['actor']['type'],
  id: number | null,
  actorPersonId: PersonId | null = null,
): Who => ({
  actor: { type, id },
  actorRole: null,
  actorPersonId,
  mayReopenClosed: false,
})
export const agentAda = staff(ada, 'agent')
export const leadBo = staff(bo, 'lead')
export const requesterCy = other('requester', cy)
export const ruleSeven = other('rule', 7)
export const assistant = other('assistant', helper, helper)
export const system = other('system', null)

export type Step = {
  readonly command: Command
  readonly by: Who
  /** Seconds since Monday 09:00. */
  readonly at?: number
  readonly facts?: Facts
  readonly settings?: Partial<Settings>
  readonly expectedSeq?: number
}

let lastMessage = 100
const content = () =>
  ({ messageId: messageId(lastMessage++), channel: 'email', attachmentCount: 0, recipientCount: 1 }) as const

export const opened = (command: Partial<Open> = {}, by: Who = requesterCy): Step => ({
  command: {
    kind: 'open',
    messageId: messageId(lastMessage++),
    messageKind: 'reply',
    direction: 'inbound',
    requesterId: cy,
    brandId: house,
    channel: 'email',
    ...command,
  },
  by,
})
export const set = (
  by: Who,
  changes: Omit<Extract<Command, { kind: 'set' }>, 'kind'>,
  more: Partial<Step> = {},
): Step => ({
  command: { kind: 'set', ...changes },
  by,
  ...more,
})
export const does = (by: Who, command: Command, more: Partial<Step> = {}): Step => ({ command, by, ...more })
export const mail = (more: Partial<Step> = {}, command: Partial<Receive> = {}): Step => ({
  command: { kind: 'receive', authorId: cy, thanks: false, ...content(), ...command },
  by: requesterCy,
  ...more,
})
export const replied = (by: Who, command: Partial<Reply> = {}, more: Partial<Step> = {}): Step => ({
  command: { kind: 'reply', ...content(), ...command },
  by,
  ...more,
})
export const noted = (by: Who, more: Partial<Step> = {}): Step => ({
  command: { kind: 'note', ...content() },
  by,
  ...more,
})

/** One ticket's life in memory. */
export class Story {
  readonly id: TicketId
  readonly log: TicketEvent[] = []
  ticket: Ticket | null = null
  #update = 0

  constructor(id = ticketId(1)) {
    this.id = id
  }

  /** The ticket, which must be there. */
  get now(): Ticket {
    assert(this.ticket !== null)
    return this.ticket
  }

  tell(step: Step): Decision {
    const decision = decide(this.ticket, step.command, this.context(step))
    if (decision.ok) this.append(decision.events, step)
    return decision
  }

  context({ by, at = 0, facts, settings, expectedSeq }: Step): Context {
    const since = this.log.filter((event) => event.seq > (expectedSeq ?? Infinity))
    return {
      ...by,
      at: plus(monday, at),
      ...(expectedSeq !== undefined && { expectedSeq }),
      settings: { ...defaultSettings, ...settings },
      facts: { log: this.log, since, assigneeAvailable: true, ...facts },
    }
  }

  append(events: readonly NewEvent[], { by, at = 0 }: Pick<Step, 'by' | 'at'>): void {
    this.#update += 1
    const firstSeq = this.log.length + 1
    const envelope = {
      ticketId: this.id,
      firstSeq,
      at: plus(monday, at),
      updateId: updateId(this.#update),
      actor: by.actor,
    }
    for (const event of stamp(events, envelope)) {
      this.ticket = evolve(this.ticket, event)
      this.log.push(event)
    }
  }
}

/** A message of the log as the facts give it. */
export function messageFact(told: Story, id: MessageId): MessageFact | null {
  for (const event of told.log) {
    if (event.kind !== 'message_added' || event.payload.messageId !== id) continue
    const { messageKind, thanks = false, sideConversationId = null, viaTicketId: _, ...rest } = event.payload
    return { ...rest, id, kind: messageKind, thanks, sideConversationId }
  }
  return null
}

/** Tells the steps, all of which must go well. */
export function story(...steps: readonly Step[]): Story {
  const told = new Story()
  for (const step of steps) {
    const decision = told.tell(step)
    assert(decision.ok, `given ${step.command.kind}: ${JSON.stringify(decision)}`)
  }
  return told
}

export function given(...steps: readonly Step[]) {
  return { when: (step: Step) => outcome(story(...steps), step) }
}

function outcome(told: Story, step: Step) {
  const before = told.ticket
  const decision = told.tell(step)
  return {
    story: told,
    /** The events, each as `kind from→to`, and a part of the state after them. */
    // oxlint-disable-next-line unicorn/no-thenable -- reads as a sentence, and nobody awaits it
    then(events: readonly string[], state: Partial<Ticket> = {}): Story {
      assert.deepEqual(decision.ok ? decision.events.map(inWords) : decision.refusal, events)
      assert.deepEqual(told.ticket, replay(told.log))
      assert.deepEqual(pick(told.now, Object.keys(state)), state)
      return told
    },
    refused(name: RefusalName, details: Record<string, unknown> = {}): Refusal {
      assert(!decision.ok, `not refused: ${decision.ok ? decision.events.map(inWords).join(', ') : ''}`)
      assert.deepEqual({ ...pick(decision.refusal, ['name', ...Object.keys(details)]) }, { name, ...details })
      assert.equal(told.ticket, before)
      return decision.refusal
    },
  }
}

function inWords({ kind, payload }: NewEvent): string {
  const isChange = 'from' in payload && 'to' in payload
  if (isChange)
    return `${kind} ${JSON.stringify(payload.from)}→${JSON.stringify(payload.to)}`.replaceAll('"', '')
  return 'reason' in payload ? `${kind} ${payload.reason}` : kind
}

function pick(whole: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => keys.includes(key)))
}

/** The unmerged ticket that `id` leads to; `mergedInto` answers for one step. Throws on a cycle, which is a bug. */
export function resolveMerged(id: TicketId, mergedInto: (id: TicketId) => TicketId | null): TicketId {
  const seen = new Set<TicketId>()
  let present = id
  for (let next = mergedInto(present); next !== null; next = mergedInto(present)) {
    assert(!seen.has(next), `ticket ${id} was merged in a circle`)
    seen.add(next)
    present = next
  }
  return present
}
