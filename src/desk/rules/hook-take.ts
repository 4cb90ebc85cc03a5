// An event of another system becomes a ticket, or an update of the one that its matter has. What fails is kept with its reason, and can
// be told again once the mapping was mended.
import { createHmac } from 'node:crypto'
import type { Hook, HookDelivery } from '#channels/hook.ts'
import {
  arrive,
  dropMatter,
  findHook,
  keepMatter,
  lockDelivery,
  lockMatter,
  finishHookDelivery,
} from '#channels/hook-store.ts'
import type { HookState } from '#channels/hook-words.ts'
import { act } from '#desk/act.ts'
import { begin } from '#desk/begin.ts'
import type { Desk } from '#desk/desk.ts'
import { readFields } from '#desk/field-input.ts'
import { refusalSentence } from '#desk/refusal-words.ts'
import { jsonOf, readEvent, type Told } from '#desk/rules/hook-event.ts'
import type { By, Outcome } from '#desk/update.ts'
import { roleOn, wordOf } from '#desk/word.ts'
import { cut } from '#kit/cut.ts'
import { defined } from '#kit/defined.ts'
import type { EventId, MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { identifyByName } from '#people/person-store.ts'
import { noteTags } from '#setup/taxonomy-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import type { Changes, Command } from '#tickets/command.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import { findTicket, lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { plainText } from '#tickets/write/message-store.ts'

export type Taken = {
  readonly state: HookState
  readonly detail: string | null
  readonly ticketId: TicketId | null
}

type Came = Pick<HookDelivery, 'senderKey' | 'headers' | 'causeEventId'> & {
  /** As it was sent. */
  readonly text: string
  /** By what it is known when it comes again. */
  readonly knownBy: string | null
  /** Whether another event that is known by the same is refused; else it is taken for the same one. */
  readonly isKeyForOneBody: boolean
}

/** What was made of an event that came; or its number stands for another event (`isOther`), and nothing was done. */
export type Received = Taken & {
  readonly deliveryId: number
  readonly isRepeated: boolean
  readonly isOther: boolean
}

/** Writes an event down, and carries it out once it is committed; one that is known answers as it did then, and does nothing. Null when the hook is gone. */
export async function receive(
  desk: Desk,
  hook: Hook,
  { senderKey, text, knownBy, isKeyForOneBody, ...came }: Came,
): Promise<Received | null> {
  // Keyed, since a number may be an address.
  const hashed = (what: string) => createHmac('sha256', desk.secret).update(what).digest()
  const event = jsonOf(text)
  const bodyHash = hashed(text)
  const { id, ...delivery } = await arrive(desk.database, {
    ...came,
    hookId: hook.id,
    at: desk.clock.now(),
    senderKey: senderKey === null ? null : cut(senderKey, 200),
    knownBy: knownBy === null ? null : hashed(knownBy),
    bodyHash,
    // Without escapes, so that words are found in it.
    body: event === undefined ? text : JSON.stringify(event),
  })
  const known = delivery.state === 'done' || delivery.state === 'skipped' ? delivery : null
  const taken = known ?? (await takeDelivery(desk, id))
  if (taken === null) return null
  const { state, detail, ticketId } = taken
  const isSame = known === null || known.bodyHash === null || known.bodyHash.equals(bodyHash)
  const isOther = isKeyForOneBody && !isSame
  return { state, detail, ticketId, deliveryId: id, isRepeated: known !== null, isOther }
}

/** An expected no, which takes back what the transaction has written so far. */
class NotTaken extends Error {}

/**
 * Carries an event out, once: one that was carried out, or left out, answers as it did then; null when it, or its hook, is gone.
 * Committed when it returns.
 */
export async function takeDelivery(desk: Desk, deliveryId: number): Promise<Taken | null> {
  try {
    return await desk.database.transaction(async (tx) => {
      const delivery = await lockDelivery(tx, deliveryId)
      if (delivery === null || delivery.state === 'done' || delivery.state === 'skipped') return delivery
      const hook = await findHook(tx, delivery.hookId)
      return hook === null ? null : finished(tx, delivery, await carryOut(desk, tx, hook, delivery))
    })
  } catch (error) {
    // What the world failed at leaves the event as one that arrived, and the sender tells it again.
    if (!(error instanceof NotTaken)) throw error
    return desk.database.transaction(async (tx) => {
      const delivery = await lockDelivery(tx, deliveryId)
      if (delivery === null || delivery.state === 'done' || delivery.state === 'skipped') return delivery
      return finished(tx, delivery, { state: 'failed', detail: error.message, ticketId: null })
    })
  }
}

async function finished(tx: Transaction, { id, hookId }: HookDelivery, taken: Taken): Promise<Taken> {
  await finishHookDelivery(tx, id, taken)
  tell(tx, { changed: 'hooks', id: hookId })
  return taken
}

/** The ticket of a matter as it stands now, through merges; null when it is gone or was put away. */
export async function liveTicketOf(db: Db, ticketId: TicketId | null): Promise<Ticket | null> {
  for (let id = ticketId, steps = 0; id !== null && steps < 20; steps++) {
    const ticket: Ticket | null = (await findTicket(db, id))?.ticket ?? null
    if (ticket === null) return null
    if (ticket.flags.mergedInto === null) return isFlagged(ticket) ? null : ticket
    id = ticket.flags.mergedInto
  }
  return null
}

/** The same, locked: whether it is closed or merged stays as it is read here. */
async function lockLive(tx: Transaction, ticketId: TicketId | null): Promise<Ticket | null> {
  for (let steps = 0; steps < 20; steps++) {
    const seen = await liveTicketOf(tx, ticketId)
    if (seen === null) return null
    const ticket = (await lockTickets(tx, [seen.id])).get(seen.id)?.ticket ?? null
    if (ticket === null || ticket.flags.mergedInto === null)
      return ticket === null || isFlagged(ticket) ? null : ticket
  }
  return null
}

async function carryOut(desk: Desk, tx: Transaction, hook: Hook, delivery: HookDelivery): Promise<Taken> {
  const read = await readEvent(desk, hook.mapping, delivery)
  if ('problem' in read) return { state: 'failed', detail: sentenceOf(read.problem), ticketId: null }
  if ('skipped' in read) return { state: 'skipped', detail: read.skipped, ticketId: null }
  const { told, ends } = read
  const known = told.matter === '' ? null : await lockMatter(tx, hook.id, told.matter)
  const ticket = await lockLive(tx, known)
  const by = byHook(delivery)
  if (ticket === null || ticket.status === 'closed') {
    // That something is over which nobody heard of is no ticket.
    if (ends) {
      if (known === null) await dropMatter(tx, hook.id, told.matter)
      return { state: 'skipped', detail: 'nothing_open', ticketId: ticket?.id ?? null }
    }
    const opened = await openTicket(desk, tx, hook, told, by, ticket)
    if (told.matter !== '') await keepMatter(tx, hook.id, told.matter, opened)
    return { state: 'done', detail: 'opened', ticketId: opened }
  }
  await updateTicket(desk, tx, hook, told, by, ticket)
  if (ticket.id !== known) await keepMatter(tx, hook.id, told.matter, ticket.id)
  return { state: 'done', detail: 'updated', ticketId: ticket.id }
}

/** What is wrong, with the part of the mapping that says it. */
export function sentenceOf({
  path,
  message,
}: {
  readonly path: string | null
  readonly message: string
}): string {
  return path === null ? message : `${path}: ${message}`
}

/** A program with nobody behind it. An event of this desk's own webhooks names what it comes of, so that no rule answers itself. */
function byHook({ causeEventId }: HookDelivery): By {
  const by = {
    actor: { type: 'api', id: null },
    role: 'lead',
    personId: null,
    mayReopenClosed: true,
  } as const
  return causeEventId === null ? by : { ...by, causeEventId: causeEventId as EventId }
}

async function openTicket(
  desk: Desk,
  tx: Transaction,
  hook: Hook,
  told: Told,
  by: By,
  follows: Ticket | null,
): Promise<TicketId> {
  const person = await identifyByName(tx, told.email, told.name ?? '')
  const { changes, fieldValues } = await toldChanges(desk, tx, told)
  const { tags, status } = told
  const outcome = await begin(desk, tx, {
    requesterId: person.id,
    message: { ...(await messageOf(desk, person.id, told)), bodyText: told.body || told.subject },
    subject: told.subject,
    by,
    set: {
      ...changes,
      tags,
      ...defined({ status }),
      ...defined({ teamId: hook.teamId ?? undefined, categoryId: hook.categoryId ?? undefined }),
    },
    from: { brandId: hook.brandId, ...(follows === null ? {} : { follows: follows.id }) },
    content: {
      fieldValues,
      acknowledgeTo: hook.acknowledges ? { name: person.name, email: told.email } : null,
    },
  })
  return (await done(desk, outcome)).id
}

async function updateTicket(
  desk: Desk,
  tx: Transaction,
  hook: Hook,
  told: Told,
  by: By,
  ticket: Ticket,
): Promise<void> {
  const author = await identifyByName(tx, told.email, told.name ?? '')
  const role = hook.again === 'message' && told.body !== '' ? roleOn(ticket, author.id) : null
  // What goes on is not over. A message opens a resolved ticket by itself.
  const status = told.status ?? (role !== null || isActive(ticket.status) ? undefined : 'open')
  const { changes, fieldValues } = await toldChanges(desk, tx, told)
  const added = told.tags.length === 0 ? {} : { addTags: told.tags }
  const asked = { ...changes, ...added, ...defined({ status }) }
  const run = async (command: Command, who: By, content: Parameters<typeof act>[5]) =>
    done(desk, await act(desk, tx, ticket.id, command, who, content))
  const set: Changes =
    status === 'closed' && ticket.status !== 'resolved' ? { ...asked, closeReason: 'other' } : asked
  const written = await messageOf(desk, author.id, told)
  if (role !== null) {
    const word = wordOf({ ...written, authorId: author.id }, role)
    await run(word.command, { ...word.by, ...defined({ causeEventId: by.causeEventId }) }, word.content)
  } else if (told.body !== '') {
    const message = {
      ...written,
      kind: 'note',
      direction: 'internal',
      authorId: null,
      authorType: 'api',
    } as const
    const counts = { attachmentCount: 0, recipientCount: 0 }
    const note = { kind: 'note', messageId: message.id, channel: 'api', ...counts, set } as const
    await run(note, by, { messages: [message], fieldValues })
    return
  }
  await run({ kind: 'set', ...set }, by, { fieldValues })
}

/** What an event says of a ticket beside its status and its tags, with what its tags are made known by. */
async function toldChanges(desk: Desk, tx: Transaction, { priority, tags, fields }: Told) {
  const read = await readFields(desk, fields)
  // In the words of whoever asked over HTTP.
  if ('message' in read) throw new NotTaken(`${read.path}: ${read.message}`)
  const known = (await desk.setup.now()).tags
  await noteTags(
    tx,
    tags.filter((name) => !known.has(name)),
  )
  return { changes: { fields: read.fields, ...defined({ priority }) }, fieldValues: read.fieldValues }
}

async function messageOf(desk: Desk, authorId: PersonId, { body, email }: Told) {
  return {
    ...plainText,
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    direction: 'inbound',
    authorId,
    authorType: 'requester',
    fromEmail: email.toLowerCase(),
    channel: 'api',
    at: desk.clock.now(),
    bodyText: body,
  } as const
}

async function done(desk: Desk, outcome: Outcome): Promise<Ticket> {
  if (!outcome.ok) throw new NotTaken(await refusalSentence(desk, outcome.refusal))
  return outcome.ticket
}
