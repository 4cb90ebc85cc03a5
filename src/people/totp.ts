// Codes of authenticator apps (RFC 6238 as all apps have it: SHA-1, six digits, 30 seconds).
import { generateURI, verifySync } from 'otplib'
import type { Instant } from '#kit/time.ts'

const STEP_SECONDS = 30
const CODE = /^\d{6}$/

/** Whether a text has the shape of an app's code; a recovery code has another. */
export const isCode = (text: string): boolean => CODE.test(text)

/** The step whose code this is, the one before or after now's included; null when it is none of them. */
export function stepOf(secret: string, code: string, at: Instant): number | null {
  if (!isCode(code)) return null
  const epoch = Math.floor(Date.parse(at) / 1000)
  const found = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS, strategy: 'totp' })
  return found.valid && 'timeStep' in found ? found.timeStep : null
}

/** What the app reads off the screen. A colon parts issuer and account, so that neither may hold one. */
export function enrolmentUri(secret: string, deskName: string, email: string): string {
  const issuer = deskName.replaceAll(':', ' ')
  return generateURI({ strategy: 'totp', issuer, label: email.replaceAll(':', ' '), secret })
}
