// The switch, and each step down, on what has not left yet: answers in their send delay are taken back with all they did, and people get
// the ticket.
import { cancelQueued } from '#channels/outbox-store.ts'
import { noteRecalled, recallable, type Waiting } from '#assistant/run-store.ts'
import { findConfig } from '#assistant/config-store.ts'
import { isAbove, rungIn } from '#assistant/rungs.ts'
import { isSwitchedOff, type AssistantBook } from '#desk/assistant-book.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { bySystem } from '#desk/update.ts'
import type { BatchId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { voidMessage } from '#tickets/message-store.ts'
import { findTicket, lockTickets } from '#tickets/ticket-store.ts'

/** Takes back what the switches reach, and what stands lower now than when it was written. What has begun to leave is not touched. */
export async function recallSwitchedOff(desk: Desk): Promise<void> {
  const { assistant } = await desk.setup.now()
  const waiting = await recallable(desk.database, [...assistant.switches], assistant.version)
  for (const each of waiting) {
    if (!isSwitchedOff(assistant, each) && !(await hasFallen(desk, assistant, each))) continue
    const { id, ticketId } = each
    await desk.database.transaction(async (tx) => {
      await lockTickets(tx, [ticketId])
      if (!(await takeBack(desk, tx, each))) return
      const escalated = {
        kind: 'assistant_escalated',
        payload: { runId: id, reason: 'out_of_scope' },
      } as const
      const now = (await findTicket(tx, ticketId))?.ticket.status
      const open = now === 'open' ? {} : ({ status: 'open' } as const)
      await act(desk, tx, ticketId, { kind: 'set', ...open, facts: [escalated] }, bySystem)
    })
  }
}

/** Takes back what a run wrote, with all it did, while the lock of its ticket is held; false where it has begun to leave. */
export async function takeBack(
  desk: Desk,
  tx: Transaction,
  { id, ticketId, updateId, messageId }: Pick<Waiting, 'id' | 'ticketId' | 'updateId' | 'messageId'>,
): Promise<boolean> {
  const at = desk.clock.now()
  if ((await cancelQueued(tx, updateId, at)).cancelled === 0) return false
  const batchId = (await desk.ids.next()) as BatchId
  const undo = { kind: 'undo', updateId, batchId, send: true } as const
  const undone = await act(desk, tx, ticketId, undo, bySystem, { facts: { unsent: true } })
  if (undone.ok) await voidMessage(tx, messageId, at)
  else desk.log.warn({ ticketId, refusal: undone.refusal.name }, 'An answer was recalled, its update stays')
  await noteRecalled(tx, id, at)
  return true
}

async function hasFallen(desk: Desk, live: AssistantBook, answer: Waiting): Promise<boolean> {
  if (answer.configVersion === live.version) return false
  if (live.config === null) return true
  const then = (await findConfig(desk.database, answer.configVersion))?.content
  return then !== undefined && isAbove(rungIn(then, answer), rungIn(live.config, answer))
}
