// Tickets and customers' words as the desk writes them, without a mail or a request: for desks that are to have many of them.
import { act, open } from '#desk/act.ts'
import { asRequester } from '#desk/update.ts'
import type { BrandId, MessageId, PersonId, SubjectRevisionId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { identify } from '#people/person-store.ts'
import { noteTags } from '#setup/taxonomy-store.ts'
import { plainText } from '#tickets/write/message-store.ts'
import type { TestDesk } from './desk.ts'

/** Opens tickets as fast as the database takes them. */
export async function manyTickets({ running, clock }: TestDesk, count: number): Promise<void> {
  const { database, ids } = running.desk
  const requesterId = await identify(database, 'bulk@customer.example', 'Bulk Buyer')
  await noteTags(database, ['bulk'])
  const one = async (n: number) => {
    const messageId = (await ids.next()) as MessageId
    const subject = { id: (await ids.next()) as SubjectRevisionId, text: `Bulk order ${n}` }
    const message = written(clock.now(), messageId, requesterId, `Order ${n} did not arrive.`)
    const command = {
      kind: 'open',
      messageId,
      messageKind: 'reply',
      direction: 'inbound',
      requesterId,
      brandId: 1 as BrandId,
      channel: 'email',
      set: { subjectRevisionId: subject.id, tags: ['bulk'] },
    } as const
    await open(running.desk, database, command, asRequester(requesterId), {
      messages: [message],
      subject,
      silent: true,
      at: clock.now(),
    })
  }
  let next = 0
  const worker = async () => {
    while (next < count) await one(++next)
  }
  await Promise.all(Array.from({ length: 12 }, worker))
}

/** Opens a ticket of many messages; answers its number. */
export async function aLongTicket(desk: TestDesk, length: number): Promise<number> {
  const { body } = await desk.api('POST', '/tickets', {
    subject: 'The longest conversation',
    body: 'It begins.',
    requester: { email: 'long@customer.example', name: 'Lou Long' },
  })
  const { database, ids } = desk.running.desk
  await database.transaction(async (tx) => {
    const authorId = await identify(tx, 'long@customer.example', '')
    for (let n = 2; n <= length; n++) {
      const messageId = (await ids.next()) as MessageId
      const command = mailed(messageId, authorId)
      const message = written(desk.clock.now(), messageId, authorId, `Message number ${n}.`)
      const content = { messages: [message], silent: true }
      await act(desk.running.desk, tx, body.id as TicketId, command, asRequester(authorId), content)
    }
  })
  return body.id
}

/** A customer writes on a ticket of theirs. */
export async function customerWrites(
  desk: TestDesk,
  ticketId: number,
  email: string,
  text: string,
): Promise<void> {
  const { database, ids } = desk.running.desk
  const authorId = await identify(database, email, '')
  const messageId = (await ids.next()) as MessageId
  const command = mailed(messageId, authorId)
  const content = { messages: [written(desk.clock.now(), messageId, authorId, text)] }
  await database.transaction((tx) =>
    act(desk.running.desk, tx, ticketId as TicketId, command, asRequester(authorId), content),
  )
}

function mailed(messageId: MessageId, authorId: PersonId) {
  const bare = { thanks: false, attachmentCount: 0, recipientCount: 0 }
  return { kind: 'receive', authorId, messageId, channel: 'email', ...bare } as const
}

function written(at: Instant, id: MessageId, authorId: PersonId, bodyText: string) {
  return {
    ...plainText,
    id,
    kind: 'reply',
    direction: 'inbound',
    authorId,
    authorType: 'requester',
    channel: 'email',
    at,
    bodyText,
  } as const
}
