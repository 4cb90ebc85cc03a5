// What somebody wrote here or through the API: its body in text and safe HTML, and its uploads.
import { declineInput } from '#api/http/problem.ts'
import type { PersonId } from '#kit/ids.ts'
import { written } from '#mail/written.ts'
import type { Db } from '#store/database.ts'
import { markInline, uploadsOf } from '#tickets/message-store.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

export type Writing = {
  readonly body: string
  readonly bodyFormat?: 'text' | 'html' | 'markdown' | undefined
  readonly attachments?: readonly number[] | undefined
}

/** The words of a message; a 400 names uploads that are not the caller's or are used already. */
export async function wordsFrom(
  db: Db,
  { body, bodyFormat = 'text', attachments = [] }: Writing,
  uploader: PersonId,
): Promise<Pick<NewMessageRow, 'bodyText' | 'bodyHtml' | 'uploadIds'>> {
  const found = await uploadsOf(db, attachments, uploader)
  const missing = attachments.find((id) => !found.some((upload) => upload.id === id))
  if (missing !== undefined)
    declineInput('attachments', `${missing} is not an upload of yours that is still free`)
  const { text, html } = written(body, bodyFormat)
  await markInline(
    db,
    attachments.filter((id) => html?.includes(`"cid:up-${id}"`)),
  )
  if (text.trim() === '' && attachments.length === 0 && html === null) declineInput('body', 'is empty')
  return { bodyText: text, bodyHtml: html, uploadIds: [...attachments] }
}
