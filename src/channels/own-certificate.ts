// A key of the desk's own with a certificate that vouches for itself (X.509, DER): all that a SAML provider asks of it is that it is the one in
// the metadata.
import { createSign, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

export type OwnKey = {
  readonly privateKey: KeyObject
  /** PEM. */
  readonly certificate: string
}

const DAY_MS = 86_400_000
const RSA_SHA256 = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')

/** Makes one that is good for so many days from `nowMs` on. */
export async function newOwnKey({
  days,
  commonName,
  nowMs,
}: {
  days: number
  commonName: string
  nowMs: number
}): Promise<OwnKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(commonName)))))
  const validity = der(0x30, time(nowMs - DAY_MS), time(nowMs + days * DAY_MS))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  // Positive, and of its full length.
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)]))
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const told = der(0x30, version, serial, RSA_SHA256, name, validity, name, key)
  const signature = createSign('sha256').update(told).sign(privateKey)
  const whole = der(0x30, told, RSA_SHA256, der(0x03, Buffer.from([0]), signature))
  return { privateKey, certificate: certificateOf(whole.toString('base64')) }
}

/** A certificate as PEM, of what stands between its two lines. */
export function certificateOf(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** A value with its tag and length; none here is longer than 65,535 bytes. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body])
}

/** Years before 2050 are written with two digits (RFC 5280 §4.1.2.5). */
function time(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z`
  return digits < '2050' ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits))
}
