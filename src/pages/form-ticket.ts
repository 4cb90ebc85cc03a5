// A filled form becomes a ticket: for whoever typed an address, and for whoever is signed in at the portal.
import { resolveInput } from '#api/tickets/input.ts'
import { begin } from '#desk/begin.ts'
import type { Desk } from '#desk/desk.ts'
import { asRequester, type Content } from '#desk/update.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import type { Answers, Form } from '#setup/form.ts'
import type { Transaction } from '#store/database.ts'
import { plainText, type NewAttachmentRow, type NewMessageRow } from '#tickets/write/message-store.ts'

export type Submitted = {
  readonly requesterId: PersonId
  /** The key of the address that answers go to. */
  readonly email: string
  readonly answers: Answers
  readonly attachments: readonly NewAttachmentRow[]
  readonly channel: 'form' | 'portal'
  readonly acknowledgeTo: NonNullable<Content['acknowledgeTo']> | null
}

/** Opens the ticket of a form and returns its number. */
export async function ticketOfForm(
  desk: Desk,
  tx: Transaction,
  form: Form,
  { requesterId, email, answers, attachments, channel, acknowledgeTo }: Submitted,
): Promise<TicketId> {
  const { changes, fieldValues } = await resolveInput(desk, tx, { fields: answers.fields }, null)
  const message: NewMessageRow = {
    ...plainText,
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    direction: 'inbound',
    authorId: requesterId,
    authorType: 'requester',
    fromEmail: email,
    channel,
    at: desk.clock.now(),
    bodyText: answers.message.replace(/\r\n?/g, '\n'),
    attachments,
  }
  const outcome = await begin(desk, tx, {
    requesterId,
    message,
    subject: answers.subject || form.title,
    by: asRequester(requesterId),
    set: {
      ...changes,
      formId: form.id,
      ...(form.teamId === null ? {} : { teamId: form.teamId }),
      ...(form.categoryId === null ? {} : { categoryId: form.categoryId }),
    },
    from: { brandId: form.brandId },
    content: { fieldValues, acknowledgeTo },
  })
  if (!outcome.ok) throw new Error(`Bug: a form could not open a ticket: ${outcome.refusal.name}`)
  return outcome.ticket.id
}
