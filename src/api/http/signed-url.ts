// Addresses that open one attachment, or one image elsewhere, for a while: a sandboxed frame has no cookies, and a copied link must not last.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'

/** Addresses stay the same for this long, so that browsers can cache what they open; they open it for up to twice as long. */
const WINDOW_MS = 3_600_000

/** The address of an attachment for one agent, good for one to two hours while that agent sees it. */
export function signedUrl(desk: Desk, attachmentId: number, agentId: PersonId): string {
  const { until, signature: signed } = signature(desk, attachmentFor(attachmentId, agentId))
  return `/api/v1/attachments/${attachmentId}?for=${agentId}&until=${until}&signature=${signed}`
}

const attachmentFor = (attachmentId: number, agentId: number) => `attachment\0${attachmentId}\0${agentId}`

/** The signature of a thing, and until when it holds. */
export function signature(desk: Desk, thing: string): { readonly until: number; readonly signature: string } {
  const until = Math.floor(Date.parse(desk.clock.now()) / WINDOW_MS) + 2
  return { until, signature: sign(desk, thing, until) }
}

export type Link = { readonly for: number; readonly until: number; readonly signature: string }

/** Whether a link to the attachment is ours and holds now; whether its agent still sees it is another question. */
export function opens(desk: Desk, attachmentId: number, link: Link): boolean {
  return isSigned(desk, attachmentFor(attachmentId, link.for), link.until, link.signature)
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
