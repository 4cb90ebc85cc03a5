// Addresses that open one attachment for a while: a sandboxed frame has no cookies, and a copied link must not last.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Desk } from '#desk/desk.ts'

/** Addresses stay the same for this long, so that browsers can cache what they open; they open it for up to twice as long. */
const WINDOW_MS = 3_600_000

/** The address of an attachment, good for one to two hours. */
export function signedUrl(desk: Desk, attachmentId: number): string {
  const window = Math.floor(Date.parse(desk.clock.now()) / WINDOW_MS)
  return `/api/v1/attachments/${attachmentId}?until=${window + 2}&signature=${sign(desk, attachmentId, window + 2)}`
}

/** Whether a signature opens the attachment now. */
export function opens(desk: Desk, attachmentId: number, until: number, signature: string): boolean {
  if (Date.parse(desk.clock.now()) > until * WINDOW_MS) return false
  const given = Buffer.from(signature)
  const right = Buffer.from(sign(desk, attachmentId, until))
  return given.length === right.length && timingSafeEqual(given, right)
}

function sign(desk: Desk, attachmentId: number, until: number): string {
  return createHmac('sha256', desk.secret)
    .update(`attachment\0${attachmentId}\0${until}`)
    .digest('base64url')
    .slice(0, 32)
}
