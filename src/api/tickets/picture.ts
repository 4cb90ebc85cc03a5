// An upload that is to be shown as a picture: a brand's logo, an agent's face.
import { fileTypeFromBuffer } from 'file-type'
import { declineInput } from '#api/http/problem.ts'
import { SHOWN } from '#api/tickets/attachments.ts'
import type { Desk } from '#desk/desk.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { uploadsOf } from '#tickets/message-store.ts'

const MOST_BYTES = 1_000_000

/** The bytes of an upload, by the field that names it: a picture that is safe to show, and not large; null where it names none. */
export async function pictureOf(
  desk: Desk,
  db: Db,
  asked: Readonly<Record<string, number | null>>,
  principal: Principal,
): Promise<string | null> {
  const [[field, upload] = ['', null]] = Object.entries(asked)
  if (upload === null) return null
  const [found] = await uploadsOf(db, [upload], principal.agentId)
  if (found === undefined) return declineInput(field, 'is not an upload of yours')
  if (found.size > MOST_BYTES) declineInput(field, 'must be at most 1 MB')
  const type = (await fileTypeFromBuffer(await desk.blobs.get(found.sha256)))?.mime ?? ''
  if (!SHOWN.has(type)) declineInput(field, 'must be a PNG, JPEG, GIF, WebP or AVIF picture')
  return found.sha256
}
