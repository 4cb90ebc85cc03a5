// Random commands for tests of invariants, told as stories with the facts that the desk would look up.
import assert from 'node:assert/strict'

import * as fc from 'fast-check'

import type { FieldId, PersonId, SideConversationId, TeamId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import type { Changes, Command } from '#tickets/command.ts'
import type { Facts } from '#tickets/context.ts'
import {
  agentAda,
  assistant,
  batch,
  leadBo,
  messageFact,
  messageId,
  monday,
  opened,
  requesterCy,
  ruleSeven,
  Story,
  story,
  system,
  ticketId,
  updateId,
} from '#tickets/sentences.ts'
import type { Step } from '#tickets/sentences.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { participantRoles, priorities, statuses } from '#tickets/vocabulary.ts'

const status = fc.constantFrom(...statuses)
const people = fc.integer({ min: 1, max: 6 }) as fc.Arbitrary<number> as fc.Arbitrary<PersonId>
const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 })
const message = fc.integer({ min: 1, max: 12 }).map(messageId)
const aside = fc.integer({ min: 1, max: 2 }).map((id) => id as SideConversationId)
const value = fc.oneof(
  fc.constantFrom('', 'x', 'y', true, null),
  fc.integer({ min: 0, max: 2 }),
  fc.record({ valueId: fc.integer({ min: 1, max: 3 }).map((id) => id as never) }),
  fc.uniqueArray(fc.constantFrom('p', 'q')),
)

export const changes = fc.record(
  {
    status,
    priority: fc.constantFrom(...priorities),
    closeReason: fc.constantFrom('duplicate', 'other'),
    assigneeId: fc.option(people),
    teamId: fc.option(fc.integer({ min: 1, max: 3 }).map((id) => id as TeamId)),
    type: fc.option(fc.constantFrom('question', 'problem')),
    labelId: fc.integer({ min: 1, max: 2 }),
    fields: fc.dictionary(fc.constantFrom('1', '2'), value, { maxKeys: 2 }),
    tags,
    addTags: tags,
    removeTags: tags,
    snoozedUntil: fc.option(fc.integer({ min: 1, max: 40 }).map((days) => plus(monday, days * 86_400))),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Changes>

const sent = { channel: 'email', attachmentCount: 0, recipientCount: 1 } as const
const kind = <K extends Command['kind']>(name: K) => fc.constant(name)
const anyCommand = fc.oneof(
  { weight: 6, arbitrary: changes.map((set) => ({ kind: 'set', ...set })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('reply'),
      messageId: message,
      ...constants(sent),
      set: fc.option(changes, { nil: undefined }),
    }),
  },
  fc.record({ kind: kind('note'), messageId: message, ...constants(sent) }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind('receive'),
      authorId: people,
      messageId: message,
      thanks: fc.boolean(),
      ...constants(sent),
      addCc: fc.array(people, { maxLength: 2 }),
    }),
  },
  fc.record({
    kind: kind('receive'),
    authorId: people,
    messageId: message,
    thanks: fc.boolean(),
    ...constants(sent),
    sideConversationId: aside,
  }),
  fc.record({ kind: kind('press'), button: fc.constantFrom('solved', 'not_solved') }),
  fc.record({ kind: kind('unsnooze'), reason: fc.constantFrom('time', 'manual') }),
  { weight: 2, arbitrary: fc.constant({ kind: 'autoClose' }) },
  fc.record({ kind: kind('addParticipant'), personId: people, role: fc.constantFrom(...participantRoles) }),
  fc.record({ kind: kind('removeParticipant'), personId: people }),
  fc.record({ kind: kind('changeRequester'), requesterId: people, keepAsCc: fc.boolean() }),
  fc.record({ kind: kind('leaveTeam'), personId: people, teamId: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constantFrom('markSpam', 'unmarkSpam', 'delete', 'restore', 'unmarkSpam', 'restore', 'purge'),
  }),
  fc.record({ kind: kind('reclassify'), messageId: message, thanks: fc.boolean() }),
  fc.record({
    kind: kind('split'),
    messageIds: fc.array(message, { maxLength: 2 }),
    newTicketId: fc.constant(9),
  }),
  fc.record({
    kind: fc.constantFrom('link', 'unlink'),
    linkType: fc.constantFrom('child', 'relates'),
    ticketId: fc.constantFrom(8, 9),
  }),
  fc.record({
    kind: fc.constantFrom('openSideConversation', 'finishSideConversation'),
    sideConversationId: aside,
  }),
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind('undo'),
      updateId: fc.integer({ min: 0, max: 4 }),
      batchId: fc.constant(batch),
      send: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constantFrom('mergeIn'),
    sourceIds: fc.constantFrom([8], [8, 9]),
    batchId: fc.constant(batch),
    acknowledgedNewReaders: fc.constantFrom([], [3], [3, 4]),
  }),
  fc.record({ kind: kind('unmerge'), sourceId: fc.constantFrom(8, 9), batchId: fc.constant(batch) }),
) as unknown as fc.Arbitrary<Command>

function constants<T extends Record<string, unknown>>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(values).map(([key, one]) => [key, fc.constant(one)])) as never
}

const by = fc.constantFrom(agentAda, leadBo, leadBo, requesterCy, ruleSeven, assistant, system)
const facts = fc.record({
  assigneeAvailable: fc.boolean(),
  activeChildren: fc.constantFrom(0, 0, 0, 1),
  unsent: fc.boolean(),
}) as fc.Arbitrary<Facts>
const settings = fc.constantFrom(
  {},
  { onHoldReply: 'keep' } as const,
  { requiredOnResolve: [{ fieldId: 1 as FieldId }] },
  { reopenKeepsAssignee: 'never', reopenWindow: 86_400 } as const,
)
const anyStep = fc.record({
  command: anyCommand,
  by,
  facts,
  settings,
  wait: fc.integer({ min: 0, max: 3 * 86_400 }),
  behind: fc.constantFrom(0, 0, 0, 2),
})
type Drawn = { readonly wait: number; readonly behind: number } & Step

const sources: readonly Ticket[] = [8, 9].map((id) => {
  const told = new Story(ticketId(id))
  told.tell(opened({ requesterId: (id === 8 ? 3 : 4) as PersonId }))
  return { ...told.now, tags: ['a', 's'] }
})

/** Fills in what the desk would look up. */
function prepared(told: Story, drawn: Drawn, at: number): Step {
  const command = aimed(told, drawn.command)
  const ids = command.kind === 'split' ? command.messageIds : []
  const named = 'messageId' in command ? messageFact(told, command.messageId) : null
  const wanted = command.kind === 'mergeIn' ? command.sourceIds : []
  const linked = command.kind === 'link' ? sources.find((one) => one.id === command.ticketId) : undefined
  const found = {
    message: named,
    messages: ids.flatMap((id) => messageFact(told, id) ?? []),
    sources: sources
      .filter((one) => wanted.includes(one.id))
      .map((ticket) => ({ ticket, messageIds: [messageId(70 + ticket.id)] })),
    other: linked ?? null,
  }
  const behind = drawn.behind > 0 ? { expectedSeq: Math.max(0, told.log.length - drawn.behind) } : {}
  return { ...drawn, command, by: asker(drawn), at, facts: { ...drawn.facts, ...found }, ...behind }
}

/** An undo is drawn as so many updates back. */
function aimed(told: Story, command: Command): Command {
  if (command.kind !== 'undo') return command
  const last = told.log.at(-1)?.updateId ?? 1
  return { ...command, updateId: updateId(Math.max(1, last - command.updateId)) }
}

/** Who can ask for it at all, where that is one only. */
function asker({ command, by: asking }: Drawn): Step['by'] {
  if (command.kind === 'autoClose') return system
  return command.kind === 'press' ? requesterCy : asking
}

/** Tells all steps, looking at every decision on the way. */
export function live(
  drawn: readonly Drawn[],
  look: (told: Story, before: Ticket, step: Step) => void = () => {},
): Story {
  const told = story(opened({ messageId: messageId(50) }))
  let at = 0
  for (const one of drawn) {
    at += one.wait
    const before = told.now
    const step = prepared(told, one, at)
    const decision = told.tell(step)
    if (!decision.ok) assert.equal(told.ticket, before)
    look(told, before, step)
  }
  return told
}

export const steps = fc.array(anyStep, {
  minLength: 1,
  maxLength: 25,
  size: 'max',
}) as unknown as fc.Arbitrary<readonly Drawn[]>
