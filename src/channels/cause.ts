// The header by which a webhook names the event that it tells of. A program that calls back with it has its change tied to that
// event, so that no rule answers itself by way of another program.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EventId } from '#kit/ids.ts'

/** The signed form: only what we once sent out is taken back. */
export function writeCause(eventId: number, secret: string): string {
  return `${eventId}.${signatureOf(eventId, secret)}`
}

/** The event that a header names; null when the signature is not ours. */
export function readCause(text: string, secret: string): EventId | null {
  const [, id = '', signature = ''] = /^(\d{1,15})\.([\w-]{22})$/.exec(text) ?? []
  if (id === '') return null
  const wanted = Buffer.from(signatureOf(Number(id), secret))
  return timingSafeEqual(wanted, Buffer.from(signature)) ? (Number(id) as EventId) : null
}

function signatureOf(eventId: number, secret: string): string {
  return createHmac('sha256', secret).update(`cause of ${eventId}`).digest('base64url').slice(0, 22)
}
