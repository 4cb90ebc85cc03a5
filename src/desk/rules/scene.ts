// Gathers the scene in which rules are asked: the ticket before and after an update, and of what surrounds it only what the
// rules in question look at.
import type { Decided } from '#desk/update.ts'
import { writeInHand } from '#desk/in-hand.ts'
import { historyOf } from '#rules/past.ts'
import type { Needs } from '#rules/rulebook.ts'
import { addressesOf } from '#people/address-store.ts'
import { organizationFacts, personFacts, textsById, textsOfTicket } from '#rules/scene-store.ts'
import {
  noHistory,
  type Content as SceneContent,
  type MessageText,
  type Scene,
  type Update,
} from '#rules/scene.ts'
import { kindsOf, messagesIn, messagesStanding, ratingIn, viaOf } from '#rules/update-kinds.ts'
import { judge } from '#sla/judge.ts'
import { calendarsOfBook, clockFactsOf } from '#sla/scene-facts.ts'
import type { Db } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { messagesByReference } from '#tickets/merge.ts'
import { eventsAfter, findTicket, subjectTexts } from '#tickets/ticket-store.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

export type UpdateScene = Scene & { readonly update: Update }

/**
 * The scene of an update with what `needs` names. An update of the past is seen as it was: `earlier` is the log before it.
 */
export async function sceneOf(
  db: Db,
  decided: Decided,
  needs: Needs,
  earlier: readonly TicketEvent[] | null = null,
): Promise<UpdateScene> {
  const { before, now, at, setup } = decided
  return {
    before,
    now,
    at,
    zone: setup.desk.timeZone,
    update: updateOf(decided),
    content: await contentOf(db, decided, needs, earlier),
    directory: setup.directory,
    calendars: calendarsOfBook(setup.sla),
    reader: null,
  }
}

/** What the update says of itself. */
export function updateOf({ events, by, content }: Decided): Update {
  return {
    kinds: kindsOf(events),
    actor: by.actor,
    actorRole: by.role,
    via: content.via ?? viaOf(events, by.actor),
    messageIds: events.flatMap(messagesIn),
    rating: ratingIn(events),
  }
}

async function contentOf(
  db: Db,
  decided: Decided,
  needs: Needs,
  earlier: readonly TicketEvent[] | null,
): Promise<SceneContent> {
  const { before, now, events, content } = decided
  const isFresh = before === null
  const [requester, organization, messages, emails, history, subject] = await Promise.all([
    needs.requester ? requesterOf(db, decided) : null,
    needs.organization && now.organizationId !== null ? organizationFacts(db, now.organizationId) : null,
    earlier === null ? textsOf(db, decided, needs) : textsOfLog(db, [...earlier, ...events]),
    needs.participants
      ? addressesOf(
          db,
          now.participants.map(({ personId }) => personId),
        )
      : new Map<number, readonly string[]>(),
    needs.history ? (earlier === null ? logOf(db, decided) : [...earlier, ...events]) : null,
    content.subject?.text ??
      (needs.subject && (!isFresh || earlier !== null) ? subjectOf(db, decided, earlier !== null) : ''),
  ])
  return {
    subject,
    messages,
    requester,
    organization,
    participantEmails: emails,
    history: history === null ? noHistory : historyOf(history),
    ...(needs.clocks ? await clocksFor(db, decided, earlier) : noClocks),
    assistant: {},
  }
}

const noClocks = { clocks: [], slaPolicy: null }

async function requesterOf(db: Db, { now: { requesterId }, content: { inHand } }: Decided) {
  if (inHand === undefined) return personFacts(db, requesterId)
  const known = inHand.people.get(requesterId) ?? (await personFacts(db, requesterId))
  if (known !== null) inHand.people.set(requesterId, known)
  return known
}

/** The clocks as this update finds them, its own warnings and breaches told. */
async function clocksFor(db: Db, decided: Decided, earlier: readonly TicketEvent[] | null) {
  const { now, events, at, setup } = decided
  if (setup.sla.versions.size === 0) return noClocks
  const log = earlier === null ? await logOf(db, decided) : [...earlier, ...events]
  return clockFactsOf(judge(log, now, setup.sla, at), at)
}

async function subjectOf(db: Db, { now, content }: Decided, asItWas: boolean): Promise<string> {
  const { id, subjectRevisionId } = now
  await writeInHand(db, content.inHand)
  if (!asItWas || subjectRevisionId === null) return (await findTicket(db, id))?.subject ?? ''
  return (await subjectTexts(db, [subjectRevisionId])).get(subjectRevisionId) ?? ''
}

function textsOfLog(db: Db, log: readonly TicketEvent[]): Promise<MessageText[]> {
  return textsById(db, messagesStanding(log))
}

async function logOf(db: Db, { before, events, content }: Decided): Promise<readonly TicketEvent[]> {
  if (before === null) return events
  return [...(content.inHand?.log ?? (await eventsAfter(db, before.id, 0, null))), ...events]
}

/** The texts of this update are at hand; older ones are read only where a rule looks at all of them. */
async function textsOf(
  db: Db,
  { before, now, events, content }: Decided,
  needs: Needs,
): Promise<MessageText[]> {
  const own = new Set(events.flatMap(messagesIn))
  const fresh = (content.messages ?? []).flatMap((row) =>
    row.id !== undefined && own.has(row.id) ? [textOfRow(row, events)] : [],
  )
  if (before !== null && needs.messages) {
    await writeInHand(db, content.inHand)
    return [...(await textsOfTicket(db, now.id, messagesByReference(now))), ...fresh]
  }
  const known = new Set<number>(fresh.map(({ id }) => id))
  const others = [...own].filter((id) => !known.has(id))
  return [...(await textsById(db, others)), ...fresh]
}

function textOfRow(row: NewMessageRow, events: readonly TicketEvent[]): MessageText {
  const thanks = events.some(
    (event) =>
      event.kind === 'message_added' && event.payload.messageId === row.id && event.payload.thanks === true,
  )
  return {
    id: row.id,
    kind: row.kind,
    direction: row.direction,
    authorId: row.authorId,
    authorRole: row.authorType as MessageText['authorRole'],
    text: row.bodyText,
    thanks,
    attachmentCount: row.attachments.length + row.uploadIds.length,
    recipients: [...row.recipients.to, ...row.recipients.cc].map(({ email }) => email),
    isAutoReply: false,
  }
}
