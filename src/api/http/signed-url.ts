// Addresses that open one attachment, or one image elsewhere, for a while: a sandboxed frame has no cookies, and a copied link must not last.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Desk } from '#desk/desk.ts'

/** Addresses stay the same for this long, so that browsers can cache what they open; they open it for up to twice as long. */
const WINDOW_MS = 3_600_000

/** The address of an attachment, good for one to two hours. */
export function signedUrl(desk: Desk, attachmentId: number): string {
  const { until, signature: signed } = signature(desk, `attachment\0${attachmentId}`)
  return `/api/v1/attachments/${attachmentId}?until=${until}&signature=${signed}`
}

/** The signature of a thing, and until when it holds. */
export function signature(desk: Desk, thing: string): { readonly until: number; readonly signature: string } {
  const until = Math.floor(Date.parse(desk.clock.now()) / WINDOW_MS) + 2
  return { until, signature: sign(desk, thing, until) }
}

/** Whether a signature opens the attachment now. */
export function opens(desk: Desk, attachmentId: number, until: number, signed: string): boolean {
  return isSigned(desk, `attachment\0${attachmentId}`, until, signed)
}

/** Whether a thing's signature is ours and holds now. */
export function isSigned(desk: Desk, thing: string, until: number, signed: string): boolean {
  if (Date.parse(desk.clock.now()) > until * WINDOW_MS) return false
  const given = Buffer.from(signed)
  const right = Buffer.from(sign(desk, thing, until))
  return given.length === right.length && timingSafeEqual(given, right)
}

function sign(desk: Desk, thing: string, until: number): string {
  return createHmac('sha256', desk.secret).update(`${thing}\0${until}`).digest('base64url').slice(0, 32)
}
