// A message that somebody wrote here or through the API: its body in text and safe HTML, its uploads, its recipients.
import { declineInput } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import type { MessageId, PersonId } from '#kit/ids.ts'
import { written } from '#mail/written.ts'
import type { Db } from '#store/database.ts'
import { markInline, uploadsOf } from '#tickets/message-store.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'

type Written = Pick<
  NewMessageRow,
  'kind' | 'direction' | 'authorId' | 'authorType' | 'channel' | 'recipients' | 'rfcMessageId'
> & {
  readonly body: string
  readonly format: 'text' | 'html' | 'markdown'
  readonly uploads: readonly number[]
  readonly uploader: PersonId
}

/** The row of a written message; a 400 names uploads that are not the caller's or are used already. */
export async function writtenMessage(desk: Desk, db: Db, message: Written): Promise<NewMessageRow> {
  const { body, format, uploads, uploader, ...rest } = message
  const found = await uploadsOf(db, uploads, uploader)
  const missing = uploads.find((id) => !found.some((upload) => upload.id === id))
  if (missing !== undefined)
    declineInput('attachments', `${missing} is not an upload of yours that is still free`)
  const { text, html } = written(body, format)
  await markInline(
    db,
    uploads.filter((id) => html?.includes(`"cid:up-${id}"`)),
  )
  if (text.trim() === '' && uploads.length === 0 && html === null) declineInput('body', 'is empty')
  return {
    ...plainText,
    ...rest,
    id: (await desk.ids.next()) as MessageId,
    at: desk.clock.now(),
    bodyText: text,
    bodyHtml: html,
    uploadIds: [...uploads],
  }
}
