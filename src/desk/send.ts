// Mail out: claims what is due (committed before the first byte), composes it, hands it to the relay, and writes down what the
// other server said. A mail that may or may not have left is never hidden.
import { randomUUID } from 'node:crypto'
import {
  claimDue,
  nextSendAt,
  releaseAbandoned,
  settleSend,
  type OutboxEntry,
} from '#channels/outbox-store.ts'
import type { Relay } from '#channels/smtp-out.ts'
import { act, bySystem } from '#desk/act.ts'
import { composeEntry } from '#desk/compose-entry.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { Round } from '#store/lane.ts'
import type { DeliveryResult } from '#tickets/event.ts'

const AT_ONCE = 5
/** Seconds to the next try after each failed one: about two days in all, then the mail is failed and somebody is asked. */
const WAITS = [30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400]

/** Sends what is due, a few at a time. */
export async function sendDue(desk: Desk, relay: Relay): Promise<Round> {
  const at = desk.clock.now()
  await releaseAbandoned(desk.database, at)
  const claim = randomUUID()
  const entries = await claimDue(desk.database, claim, at, AT_ONCE)
  if (entries.length === 0) return nextSendAt(desk.database)
  await Promise.all(entries.map((entry) => sendOne(desk, relay, entry, claim)))
  return 'more'
}

async function sendOne(desk: Desk, relay: Relay, entry: OutboxEntry, claim: string): Promise<void> {
  try {
    const { raw, envelope } = await composeEntry(desk, entry)
    const { response } = await relay.send({ raw, envelope })
    await settle(desk, entry, claim, { state: 'sent', response, again: null }, 'sent')
  } catch (error) {
    const { outcome, result } = afterFailure(desk, entry, error)
    desk.log.warn({ err: error, outboxId: entry.id, state: outcome.state }, 'A mail was not sent')
    await settle(desk, entry, claim, outcome, result)
  }
}

type SendOutcome = {
  state: 'sent' | 'queued' | 'failed' | 'unknown'
  response: string
  again: Instant | null
}

function afterFailure(
  desk: Desk,
  entry: OutboxEntry,
  error: unknown,
): { outcome: SendOutcome; result: DeliveryResult | null } {
  const response = error instanceof Error ? error.message : String(error)
  const wait = WAITS[entry.attempts - 1]
  const again = wait === undefined ? null : plus(desk.clock.now(), wait)
  if (error instanceof Fault && error.code === 'UNKNOWN_OUTCOME') {
    // A reply goes out again under the same Message-ID, which clients collapse; anything else is not worth a double.
    if (entry.kind === 'reply' && again !== null)
      return { outcome: { state: 'queued', response, again }, result: null }
    return { outcome: { state: 'unknown', response, again: null }, result: null }
  }
  const retry = error instanceof Fault && error.retryable && again !== null
  if (retry) return { outcome: { state: 'queued', response, again }, result: null }
  return { outcome: { state: 'failed', response, again: null }, result: 'failed' }
}

/** Notes the outcome and, for a message of the ticket, the fact in its log; does nothing when the claim was lost. */
async function settle(
  desk: Desk,
  entry: OutboxEntry,
  claim: string,
  outcome: SendOutcome,
  result: DeliveryResult | null,
): Promise<void> {
  const at = desk.clock.now()
  await desk.database.transaction(async (tx) => {
    if (!(await settleSend(tx, { id: entry.id, claim }, { ...outcome, at }))) return
    if (result === null || entry.messageId === null) return
    const emails = [...entry.recipients.to, ...entry.recipients.cc].map(({ email }) => email)
    for (const { id } of await peopleByEmail(tx, emails)) {
      const command = {
        kind: 'deliver',
        messageId: entry.messageId,
        recipientId: id as PersonId,
        result,
      } as const
      await act(desk, tx, entry.ticketId, command, bySystem)
    }
  })
}
