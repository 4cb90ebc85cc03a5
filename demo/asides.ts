// What is asked beside a ticket, where its customer reads nothing of it: the carrier is asked where a parcel is, and answers.
import { act } from '#desk/act.ts'
import { asParticipant, type By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { InHand } from '#desk/in-hand.ts'
import type { MessageId, PersonId, SideConversationId } from '#kit/ids.ts'
import { secondsBetween, type Instant } from '#kit/time.ts'
import { identify } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { addSideThread } from '#tickets/side-store.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'
import type { Step, Story } from './story.ts'

export type Aside = { readonly id: SideConversationId; readonly at: Instant }

const carrier = { name: 'Swift Parcels', email: 'desk@swiftparcels.example' }

/** A few of those that ask for a parcel; no die is thrown for it, so that the stories stay as they are. */
export const asksCarrier = ({ at, chat }: Story, step: Step): boolean =>
  step.does === 'triage' && step.category.startsWith('delivery/') && chat === null && at % 3 === 0

/** The agent who sorts the ticket asks the carrier. */
export async function askCarrier(
  desk: Desk,
  tx: Transaction,
  {
    inHand,
    order,
    by,
    at,
  }: { inHand: InHand; order: string; by: By & { readonly personId: PersonId | null }; at: Instant },
): Promise<Aside | null> {
  if (by.personId === null) return null
  const subject = `Where is the parcel of ${order || 'our customer'}?`
  const thread = {
    ticketId: inHand.id,
    subject,
    participants: [carrier],
    createdBy: by.personId,
    createdAt: at,
  }
  const id = await addSideThread(tx, thread)
  const message = await said(desk, at, id, {
    direction: 'outbound',
    authorId: by.personId,
    authorType: 'agent',
    bodyText: `Hello,\n\nour customer waits for ${order || 'a parcel'}. Your tracking has not moved for days. Where is it, and when will it be there?\n\nThank you`,
    recipients: { to: [carrier], cc: [] },
  })
  const about = { messageId: message.id, channel: 'email', attachmentCount: 0, recipientCount: 1 } as const
  const command = { kind: 'reply', ...about, sideConversationId: id } as const
  await act(desk, tx, inHand.id, command, by, { messages: [message], at, inHand, silent: true })
  return { id, at }
}

/** The carrier answers once half an hour has gone by; false before. */
export async function carrierAnswers(
  desk: Desk,
  tx: Transaction,
  { inHand, aside, at }: { inHand: InHand; aside: Aside; at: Instant },
): Promise<boolean> {
  if (secondsBetween(aside.at, at) < 1_800) return false
  const authorId = await identify(tx, carrier.email, carrier.name)
  const message = await said(desk, at, aside.id, {
    direction: 'inbound',
    authorId,
    authorType: 'participant',
    bodyText:
      'Good morning,\n\nit lay in the wrong depot since the day before yesterday. It is in the van now and will be there tomorrow before noon.\n\nSwift Parcels, desk for partners',
  })
  const about = { messageId: message.id, channel: 'email', attachmentCount: 0, recipientCount: 0 } as const
  const command = {
    kind: 'receive',
    authorId,
    thanks: false,
    ...about,
    sideConversationId: aside.id,
  } as const
  await act(desk, tx, inHand.id, command, asParticipant(authorId), {
    messages: [message],
    at,
    inHand,
    silent: true,
  })
  return true
}

async function said(
  desk: Desk,
  at: Instant,
  sideConversationId: SideConversationId,
  words: Pick<NewMessageRow, 'direction' | 'authorId' | 'authorType' | 'bodyText'> & Partial<NewMessageRow>,
): Promise<NewMessageRow> {
  const id = (await desk.ids.next()) as MessageId
  return {
    ...plainText,
    kind: 'reply',
    channel: 'email',
    recipients: { to: [], cc: [] },
    ...words,
    id,
    at,
    sideConversationId,
  }
}
