// Mail out: claims what is due (committed before the first byte), composes it, hands it to the relay, and writes down what the
// other server said. A mail that may or may not have left is never hidden.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  CLAIM_SECONDS,
  claimDue,
  nextSendAt,
  putAside,
  noteReport,
  releaseAbandoned,
  finishSend,
  type OutboxEntry,
} from '#channels/outbox-store.ts'
import { noteSend } from '#channels/fetch-store.ts'
import type { Sent } from '#channels/smtp-out.ts'
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import { tellAuthor } from '#desk/outbound/alerts.ts'
import { composeEntry } from '#desk/outbound/compose-entry.ts'
import type { Desk } from '#desk/desk.ts'
import type { Relays } from '#desk/outbound/relays.ts'
import { step } from '#kit/crash.ts'
import { Fault } from '#kit/fault.ts'
import type { PersonId } from '#kit/ids.ts'
import { tellSpan } from '#kit/spans.ts'
import { plus, type Instant } from '#kit/time.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { Round } from '#store/lane.ts'
import type { DeliveryResult } from '#tickets/event.ts'

const AT_ONCE = 5
/** Until what was said is written down again, when the database did not take it. */
const AGAIN_MS = 500
/** Seconds to the next try after each failed one: about two days in all, then the mail is failed and somebody is asked. */
const WAITS = [30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400]

/** Sends what is due, a few at a time. */
export async function sendDue(desk: Desk, relays: Relays): Promise<Round> {
  const at = desk.clock.now()
  const mailboxIds = await relays.sendable()
  const claim = randomUUID()
  const entries = await claimDue(desk.database, claim, at, { limit: AT_ONCE, mailboxIds })
  if (entries.length === 0) {
    await putAside(desk.database, at, mailboxIds)
    const released = await releaseAbandoned(desk.database, at)
    return released > 0 ? 'more' : nextSendAt(desk.database, 'all')
  }
  step('send: mails are claimed')
  await Promise.all(entries.map((entry) => sendOne(desk, relays, entry, claim)))
  return 'more'
}

async function sendOne(desk: Desk, relays: Relays, entry: OutboxEntry, claim: string): Promise<void> {
  const startedAt = performance.now()
  const ended = (state: SendOutcome['state']) =>
    tellSpan(performance.now() - startedAt, () => ({
      name: 'mail',
      failed: state !== 'sent',
      attributes: { 'docket.mail.kind': entry.kind, 'docket.mail.state': state },
    }))
  const handed = await handOver(desk, relays, entry).catch((error: unknown) => ({ error }))
  if ('error' in handed) {
    ended(afterFailure(desk, entry, handed.error).outcome.state)
    return whileOurs(() => noteFailure(desk, relays, entry, claim, handed.error))
  }
  const { response, rejected } = handed.sent
  await whileOurs(() =>
    finish(desk, entry, claim, { state: 'sent', response, again: null, rejected }, 'sent'),
  )
  step('send: written down')
  ended('sent')
  if (handed.own && entry.mailboxId !== null)
    await noteSend(desk.database, entry.mailboxId, desk.clock.now(), null)
}

async function handOver(desk: Desk, relays: Relays, entry: OutboxEntry) {
  const mail = await composeEntry(desk, entry)
  const { relay, own } = await relays.of(entry.mailboxId)
  step('send: before the first byte')
  const sent = await relay.send(mail)
  step('send: taken over')
  return { sent, own }
}

/**
 * What the other server said is known here alone: a database that is away is waited for as long as the claim is ours. Given up sooner,
 * a mail that has left would leave again.
 */
async function whileOurs(writeDown: () => Promise<void>): Promise<void> {
  for (const end = performance.now() + (CLAIM_SECONDS - 5) * 1_000; ;) {
    try {
      return await writeDown()
    } catch (error) {
      if (!(error instanceof Fault && error.retryable) || performance.now() > end) throw error
      await pause(AGAIN_MS)
    }
  }
}

async function noteFailure(
  desk: Desk,
  relays: Relays,
  entry: OutboxEntry,
  claim: string,
  error: unknown,
): Promise<void> {
  const { outcome, result } = afterFailure(desk, entry, error)
  if (entry.mailboxId !== null && isServersTrouble(error)) {
    relays.drop(entry.mailboxId)
    await noteSend(desk.database, entry.mailboxId, desk.clock.now(), outcome.response)
  }
  desk.log.warn({ err: error, outboxId: entry.id, state: outcome.state }, 'A mail was not sent')
  await finish(desk, entry, claim, outcome, result)
}

/** The server is away or does not let the mailbox in: the mailbox's trouble, not this mail's. */
function isServersTrouble(error: unknown): boolean {
  return error instanceof Fault && error.retryable && !/^[45]\d\d$/.test(error.code ?? '')
}

type SendOutcome = {
  state: 'sent' | 'queued' | 'failed' | 'unknown'
  response: string
  again: Instant | null
  /** Whom the server refused while it took the mail for the others. */
  rejected?: Sent['rejected']
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
async function finish(
  desk: Desk,
  entry: OutboxEntry,
  claim: string,
  outcome: SendOutcome,
  result: DeliveryResult | null,
): Promise<void> {
  const at = desk.clock.now()
  await desk.database.transaction(async (tx) => {
    if (!(await finishSend(tx, { id: entry.id, claim }, { ...outcome, at }))) return
    if (result === null || entry.messageId === null || entry.ticketId === null) return
    const refused = outcome.rejected ?? []
    const isRefused = (email: string) => refused.some(({ address }) => address.toLowerCase() === email)
    const emails = [...entry.recipients.to, ...entry.recipients.cc].map(({ email }) => email)
    if (result === 'failed')
      await tellAuthor(desk, tx, entry, { recipient: emails.join(', '), detail: outcome.response })
    for (const { address, response } of refused) {
      await tellAuthor(desk, tx, entry, { recipient: address, detail: response })
      await noteReport(tx, entry.id, { words: `${address}: ${response}`, reported: 'bounced' })
    }
    for (const { id, email } of await peopleByEmail(tx, emails)) {
      const command = {
        kind: 'deliver',
        messageId: entry.messageId,
        recipientId: id as PersonId,
        // Nobody tries again for them: the others have the mail.
        result: isRefused(email) ? 'bounced_permanent' : result,
      } as const
      await act(desk, tx, entry.ticketId, command, bySystem)
    }
  })
}
