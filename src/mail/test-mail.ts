// The mail that a mailbox sends to itself to see whether it works, known again by a signed header.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Mail } from '#mail/mail.ts'

export const testHeader = 'X-Docket-Test'

/** The header's value for one mailbox and moment. */
export function signTest(mailboxId: number, at: string, secret: string): string {
  const body = `${mailboxId}.${Date.parse(at)}`
  return `${body}.${macOf(body, secret)}`
}

/** The mailbox whose test mail this is; null for every other mail, however it is marked. */
export function readTest(mail: Mail, secret: string): number | null {
  const value = mail.headers.get(testHeader.toLowerCase())?.[0]?.trim() ?? ''
  const cut = value.lastIndexOf('.')
  const body = value.slice(0, Math.max(cut, 0))
  const given = Buffer.from(value.slice(cut + 1))
  const right = Buffer.from(macOf(body, secret))
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  return Number(body.split('.')[0])
}

function macOf(body: string, secret: string): string {
  return createHmac('sha256', secret).update(`test mail|${body}`).digest('hex').slice(0, 32)
}
