// The mark that the small sum of a form is worked out for, before it may have a mail sent (F2). It is bound to the form it came with, and
// counts once. Without scripts the message arrives all the same,
// and nobody is mailed.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A page with a form may stand open for a day before it is sent. */
const GOOD_FOR_MS = 86_400_000

/** The mark that a form is shown with: when, and that it was this form of this desk. */
export function mintOnce(secret: string, form: string, at: number): string {
  const body = `${at.toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${body}.${sealOf(secret, form, body)}`
}

/** Whether the form was shown by this desk with this mark, within a day. */
export function wasShown(secret: string, form: string, once: string, now: number): boolean {
  const [at = '', nonce = '', seal = ''] = once.split('.')
  const right = Buffer.from(sealOf(secret, form, `${at}.${nonce}`))
  const given = Buffer.from(seal)
  const ageMs = now - Number.parseInt(at, 36)
  return right.length === given.length && timingSafeEqual(right, given) && ageMs >= 0 && ageMs <= GOOD_FOR_MS
}

function sealOf(secret: string, form: string, body: string): string {
  return createHmac('sha256', secret).update(`form:${form}:${body}`).digest('base64url').slice(0, 22)
}
