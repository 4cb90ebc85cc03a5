// A macro, applied to a ticket by a person: what it changes and what it says are one update.
import type { z } from 'zod'
import type { macroTarget } from '#api/contract/macros.ts'
import type { MacroChange } from '#api/contract/tickets.ts'
import { escapeHtml, fill, unresolved } from '#api/contract/variables.ts'
import { asUploads } from '#api/rules/macro-files.ts'
import { textFor, valuesFor } from '#api/rules/macro-preview.ts'
import { decline } from '#api/http/problem.ts'
import { doneOr, ticketFor } from '#api/http/ticket-access.ts'
import { askAboutConflict } from '#api/routing/conflicts.ts'
import { resolveInput } from '#api/tickets/input.ts'
import { askingFacts, changeFor, replyOf } from '#api/tickets/reply.ts'
import { presentOne } from '#api/tickets/tickets.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { byOf, type Done } from '#desk/update.ts'
import type { Principal } from '#people/can.ts'
import type { Macro } from '#rules/macro-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import type { NewFact } from '#tickets/event.ts'

/** Applies a macro for a person as one update; with what else stands beside it in the log. */
export async function applyMacro(
  desk: Desk,
  tx: Transaction,
  found: Macro,
  { ticketId, expectedSeq }: z.output<typeof macroTarget>,
  principal: Principal,
  beside: readonly NewFact[] = [],
): Promise<Done> {
  const row = await ticketFor(tx, ticketId, principal, 'ticket.update')
  const { ticket } = row
  const expected = expectedSeq === undefined ? {} : { expectedSeq }
  if (found.body === null || found.messageKind === null) {
    const change = found.change as MacroChange
    const input = changeFor(principal, change, desk.clock.now())
    const facts = [...(await askingFacts(desk, principal, { change })), ...beside]
    const { changes, fieldValues } = await resolveInput(desk, tx, input, principal)
    await askAboutConflict(tx, ticket, changes.assigneeId)
    const content = { fieldValues, ...expected }
    return doneOr(
      desk,
      tx,
      await act(desk, tx, ticket.id, { kind: 'set', facts, ...changes }, byOf(principal), content),
    )
  }
  const shown = await presentOne(desk, tx, ticketId, principal)
  const { body: chosen } = await textFor(tx, found, row)
  const body = fill(
    chosen ?? found.body,
    await valuesFor(desk, shown, principal, found.change as MacroChange),
    escapeHtml,
  )
  const [missing] = unresolved(body)
  if (missing !== undefined)
    decline('refused', `${missing} is empty on this ticket.`, { refusal: 'unresolved_variable' })
  const change = found.change as MacroChange
  const asked = {
    kind: found.messageKind,
    body,
    bodyFormat: 'html' as const,
    attachments: (await asUploads(tx, found.files, principal.agentId)).map(({ id }) => id),
    change,
    principal,
    ticket,
    ...expected,
  }
  const { command, by, content } = await replyOf(desk, tx, asked)
  return doneOr(desk, tx, await act(desk, tx, ticket.id, withFacts(command, beside), by, content))
}

function withFacts(command: Command, beside: readonly NewFact[]): Command {
  if (command.kind !== 'reply' && command.kind !== 'note') return command
  return { ...command, facts: [...(command.facts ?? []), ...beside] }
}
