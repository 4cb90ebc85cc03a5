// A ticket begins: by mail, form, API, split from another, or in a past that is told. One place draws its subject's id, finds its brand and opens it.
import { open } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { By, Content, Outcome } from '#desk/update.ts'
import type { BrandId, PersonId, SubjectRevisionId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import type { Changes, Open } from '#tickets/command.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

type Shown = Pick<NewMessageRow, 'id' | 'kind' | 'direction' | 'channel'>

export type Beginning = {
  readonly requesterId: PersonId
  /** The first message, which says by which channel it came; one that another ticket has already is shown, not written. */
  readonly message: NewMessageRow | (Shown & { readonly isShown: true })
  readonly subject: string
  readonly by: By
  readonly set?: Omit<Changes, 'subjectRevisionId'>
  /** Where it came in and what it comes from; its brand is that of its mailbox unless said. */
  readonly from?: Partial<
    Pick<
      Open,
      'brandId' | 'mailboxId' | 'openedFor' | 'importedStatus' | 'participants' | 'follows' | 'splitFrom'
    >
  >
  readonly content?: Omit<Content, 'messages' | 'subject'>
}

/** Opens a ticket with its first message. Needs no lock; one statement, which commits by itself when `db` is no transaction. */
export async function begin(desk: Desk, db: Db, beginning: Beginning): Promise<Outcome> {
  const { requesterId, message, subject, by, set, from = {}, content } = beginning
  const subjectId = (await desk.ids.next()) as SubjectRevisionId
  const { mailboxes, directory } = await desk.setup.now()
  const mailbox = mailboxes.find(({ id, isDefault }) =>
    from.mailboxId === undefined ? isDefault : id === from.mailboxId,
  )
  // Nobody looks into a team that was put away: without one the ticket is in everybody's sight, and queues take it. What was split off
  // stays behind the wall that its messages stand behind.
  const isLost =
    from.splitFrom === undefined && directory.teams.some(({ id, archived }) => archived && id === set?.teamId)
  if (isLost)
    desk.log.warn({ teamId: set?.teamId, mailboxId: mailbox?.id }, 'a ticket for an archived team got none')
  const command: Open = {
    kind: 'open',
    messageId: message.id,
    messageKind: message.kind,
    direction: message.direction,
    requesterId,
    channel: message.channel,
    brandId: (mailbox?.brandId ?? 1) as BrandId,
    ...from,
    set: { ...set, ...(isLost ? { teamId: null } : {}), subjectRevisionId: subjectId },
  }
  return open(desk, db, command, by, {
    ...content,
    messages: 'isShown' in message ? [] : [message],
    subject: { id: subjectId, text: subject },
  })
}
