// The first message of a ticket that somebody opens here: what a customer said, or what is written to them.
import type { z } from 'zod'
import type { newTicket } from '#api/contract/tickets.ts'
import { decline } from '#api/http/problem.ts'
import { wordsFrom } from '#api/tickets/written-message.ts'
import type { Beginning } from '#desk/begin.ts'
import type { Desk } from '#desk/desk.ts'
import { newMessageId } from '#desk/outbound/mails.ts'
import type { MessageId, PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import { identifyByName } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'

type Asked = Pick<
  z.output<typeof newTicket>,
  'body' | 'bodyFormat' | 'attachments' | 'channel' | 'requester' | 'direction' | 'cc'
>
type First = Pick<Beginning, 'from' | 'content'> & { readonly message: NewMessageRow }
type From = NonNullable<Beginning['from']>

/** The message with the mails that go with it, and who takes part from then on. */
export async function firstMessage(
  desk: Desk,
  db: Db,
  asked: Asked,
  requester: { readonly id: PersonId; readonly name: string },
  principal: Principal,
): Promise<First> {
  const { requester: given, direction, channel = 'api', cc = [] } = asked
  const named = await Promise.all(cc.map((email) => identifyByName(db, email, '')))
  const copied = named.filter(
    ({ id }, at) => id !== requester.id && named.findIndex((each) => each.id === id) === at,
  )
  const participants = copied.map(({ id }) => ({ personId: id, role: 'cc' as const }))
  const base = {
    ...plainText,
    ...(await wordsFrom(db, asked, principal.agentId)),
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    at: desk.clock.now(),
  } as const
  const from: From = {
    ...(principal.token === null ? { openedFor: 'agent' as const } : {}),
    ...(participants.length === 0 ? {} : { participants }),
  }
  if (direction === 'outbound') {
    if (!can(principal, 'ticket.reply')) decline('forbidden', undefined, { refusal: 'forbidden' })
    const recipients = {
      to: [{ name: requester.name, email: given.email }],
      cc: copied.map(({ name, email }) => ({ name, email })),
    }
    return written(desk, { base, recipients, from }, principal)
  }
  const message: NewMessageRow = {
    ...base,
    direction: 'inbound',
    authorId: requester.id,
    authorType: 'requester',
    fromEmail: given.email.toLowerCase(),
    channel,
  }
  return { message, from, content: { acknowledgeTo: { name: given.name ?? '', email: given.email } } }
}

type Writing = {
  readonly base: Omit<NewMessageRow, 'direction' | 'authorId' | 'authorType' | 'channel'>
  readonly recipients: NewMessageRow['recipients']
  readonly from: From
}

/** Leaves from the desk's usual mailbox after the time in which a reply can be taken back. */
async function written(
  desk: Desk,
  { base, recipients, from }: Writing,
  { agentId, sendDelaySeconds }: Principal,
): Promise<First> {
  const { mailboxes } = await desk.setup.now()
  const rfcMessageId = newMessageId(mailboxes.find(({ isDefault }) => isDefault) ?? null)
  return {
    message: {
      ...base,
      direction: 'outbound',
      authorId: agentId,
      authorType: 'agent',
      channel: 'email',
      recipients,
      rfcMessageId,
    },
    from,
    content: { reply: { recipients, sendAt: plus(base.at, sendDelaySeconds), rfcMessageId } },
  }
}
