// What mail providers post when mail came in, each with its own proof that it is really them: the raw mail, or a refusal. Pure.
import {
  createHmac,
  createPublicKey,
  createVerify,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto'
import { textOf, type Fields } from '#channels/form-fields.ts'

export type WebhookMail = {
  readonly raw: Buffer
  readonly from: string | null
  readonly to: readonly string[]
}

/** Mailgun: HMAC-SHA256 of timestamp and token under the signing key; a proof of five minutes ago is spent. */
export function isMailgun(fields: Fields, signingKey: string, nowSeconds: number): boolean {
  const [timestamp, token] = [textOf(fields, 'timestamp'), textOf(fields, 'token')]
  if (Math.abs(nowSeconds - Number(timestamp)) > 300) return false
  return same(
    createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest('hex'),
    textOf(fields, 'signature'),
  )
}

/** Mailgun's fields of a raw delivery (`body-mime`). */
export function readMailgun(fields: Fields): WebhookMail | null {
  const raw = fields['body-mime']
  if (raw === undefined || raw.length === 0) return null
  const from = fields['sender'] === undefined ? null : textOf(fields, 'sender')
  return { raw, from, to: addresses(textOf(fields, 'recipient')) }
}

/** Postmark posts JSON with the raw mail when that is turned on (`RawEmail`); it is authenticated by Basic credentials. */
export function readPostmark(body: unknown): WebhookMail | null {
  const { RawEmail: raw, From: from, OriginalRecipient: to } = (body ?? {}) as Record<string, unknown>
  if (typeof raw !== 'string' || raw === '') return null
  return {
    raw: Buffer.from(raw),
    from: typeof from === 'string' ? from : null,
    to: typeof to === 'string' ? addresses(to) : [],
  }
}

/** SendGrid's Inbound Parse with "post the raw mail": fields `email` and `envelope`. */
export function readSendgrid(fields: Fields): WebhookMail | null {
  const raw = fields['email']
  if (raw === undefined || raw.length === 0) return null
  const envelope = jsonOf(textOf(fields, 'envelope')) as { from?: unknown; to?: unknown } | null
  const to = Array.isArray(envelope?.to) ? envelope.to.filter((each) => typeof each === 'string') : []
  return { raw, from: typeof envelope?.from === 'string' ? envelope.from : null, to }
}

/** SendGrid signs timestamp and body with ECDSA; its public key is base64 of the DER form. */
export function isSendgrid(
  body: Buffer,
  signature: string,
  timestamp: string,
  publicKey: string,
  nowSeconds: number,
): boolean {
  if (Math.abs(nowSeconds - Number(timestamp)) > 300) return false
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return createVerify('sha256').update(timestamp).update(body).verify(key, signature, 'base64')
  } catch {
    return false
  }
}

export type SnsMessage = Readonly<Record<string, string>> & { readonly Type: string }

/** A message of Amazon SNS, or null. */
export function readSns(text: string): SnsMessage | null {
  const body = jsonOf(text) as Record<string, unknown> | null
  if (body === null || typeof body['Type'] !== 'string') return null
  const strings = Object.entries(body).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(strings) as SnsMessage
}

/** Whether an address is Amazon's own for SNS: the certificate and the confirmation may be fetched from nowhere else. */
export function isSnsUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, port, username } = new URL(text)
  const isAmazon = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?$/.test(hostname)
  return protocol === 'https:' && port === '' && username === '' && isAmazon
}

/** The signature of a message of SNS under the certificate it names (version 1 is SHA-1, version 2 SHA-256). */
export function isSns(message: SnsMessage, certificate: string): boolean {
  const names =
    message.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const signed = names.filter((name) => name in message).map((name) => `${name}\n${message[name]}\n`)
  const algorithm = message['SignatureVersion'] === '2' ? 'sha256' : 'sha1'
  try {
    const key = new X509Certificate(certificate).publicKey
    return verify(
      algorithm,
      Buffer.from(signed.join('')),
      key,
      Buffer.from(message['Signature'] ?? '', 'base64'),
    )
  } catch {
    return false
  }
}

/** The mail in a notification of SES ("include the content", base64 or plain). */
export function readSes(message: string): WebhookMail | null {
  const body = jsonOf(message) as {
    content?: unknown
    mail?: { source?: unknown; destination?: unknown }
    receipt?: { recipients?: unknown; action?: { encoding?: unknown } }
  } | null
  if (body === null || typeof body.content !== 'string' || body.content === '') return null
  const encoding = body.receipt?.action?.encoding === 'BASE64' ? 'base64' : 'utf8'
  const to = body.receipt?.recipients ?? body.mail?.destination
  return {
    raw: Buffer.from(body.content, encoding),
    from: typeof body.mail?.source === 'string' ? body.mail.source : null,
    to: Array.isArray(to) ? to.filter((each) => typeof each === 'string') : [],
  }
}

/** Whether a secret that was given is the kept one, told in constant time. */
export function same(kept: string, given: string): boolean {
  const [right, other] = [Buffer.from(kept), Buffer.from(given)]
  return right.length === other.length && timingSafeEqual(right, other)
}

function addresses(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
