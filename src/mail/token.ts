// The signed reply address support+r.<ticket>.<mac>@domain, its like for reports and for answers of agents, and fresh message ids. A
// good signature says which ticket is meant, never who is writing (M1, M3).
import { createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalAddress, domainOf, localPartOf, type Address } from '#mail/address.ts'
import { assert } from '#kit/assert.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const macBytes = 16
const macLetters = 26
const tag = /^([rbas])\.((?:0|[1-9]\d{0,14})(?:\.(?:0|[1-9]\d{0,14}))?)\.([a-z2-7]{26})$/i
/**
 * What a signed address is for: answering a ticket, reporting on one mail, one agent's answer to a notification, answering a side
 * conversation.
 */
type Purpose = 'reply' | 'bounce' | 'agent' | 'side'

/**
 * The mailbox address with the ticket and a 128-bit HMAC-SHA-256 in its local part, which stays within the 64
 * characters of RFC 5321 §4.5.3.1.1; a longer mailbox name loses its own plus tag, and its end if need be.
 */
export function replyAddress(mailbox: Address, ticketId: number, secret: string): Address {
  return signedAddress('reply', mailbox, [ticketId], secret)
}

/** Where reports about one mail go (VERP): the mailbox's address with the mail's number in the outbox, signed. */
export function bounceAddress(mailbox: Address, outboxId: number, secret: string): Address {
  return signedAddress('bounce', mailbox, [outboxId], secret)
}

/** Where answers to a side conversation go: never to its ticket's conversation. */
export function sideAddress(mailbox: Address, sideConversationId: number, secret: string): Address {
  return signedAddress('side', mailbox, [sideConversationId], secret)
}

/** Where one agent's answer to a notification goes. It is that agent's alone: handed on, it opens nothing (M3). */
export function agentAddress(mailbox: Address, ticketId: number, agentId: number, secret: string): Address {
  return signedAddress('agent', mailbox, [ticketId, agentId], secret)
}

function signedAddress(
  purpose: Purpose,
  mailbox: Address,
  numbers: readonly number[],
  secret: string,
): Address {
  for (const number of numbers)
    assert(Number.isSafeInteger(number) && number >= 0 && number < 1e15, 'numbers for a signed address')
  const named = numbers.join('.')
  const token = `${purpose.charAt(0)}.${named}.${mac(purpose, named, domainOf(mailbox), secret)}`
  const base = localPartOf(mailbox).split('+', 1)[0] ?? ''
  const address = canonicalAddress(`${base}+${token}@${domainOf(mailbox)}`)
  assert(address !== null, 'a mailbox name short enough for a reply address (at most 20 characters)')
  return address
}

/** The ticket a signed reply address names, or null when the address has no tag or a wrong signature. */
export function readReplyAddress(address: Address, secret: string): number | null {
  return readSigned('reply', address, secret)?.[0] ?? null
}

/** The side conversation of a signed address, or null. */
export function readSideAddress(address: Address, secret: string): number | null {
  return readSigned('side', address, secret)?.[0] ?? null
}

/** The outbox number of a signed return address, or null. */
export function readBounceAddress(address: Address, secret: string): number | null {
  return readSigned('bounce', address, secret)?.[0] ?? null
}

/** The ticket and the agent of an address for answers to notifications, or null. */
export function readAgentAddress(
  address: Address,
  secret: string,
): { ticketId: number; agentId: number } | null {
  const [ticketId, agentId] = readSigned('agent', address, secret) ?? []
  return ticketId === undefined || agentId === undefined ? null : { ticketId, agentId }
}

/** The one reader of signatures: what each purpose names, or null. */
function readSigned(purpose: Purpose, address: Address, secret: string): number[] | null {
  const local = localPartOf(address)
  const plus = local.lastIndexOf('+')
  const match = plus < 1 ? null : tag.exec(local.slice(plus + 1))
  if (match === null || match[1]?.toLowerCase() !== purpose.charAt(0)) return null
  const named = match[2] ?? ''
  const given = Buffer.from((match[3] ?? '').toLowerCase())
  const right = Buffer.from(mac(purpose, named, domainOf(address), secret))
  if (!timingSafeEqual(given, right)) return null
  const numbers = named.split('.').map(Number)
  return numbers.length === (purpose === 'agent' ? 2 : 1) ? numbers : null
}

/** The mailbox address a signed (or otherwise plus-tagged) address delivers to. */
export function withoutTag(address: Address): Address {
  const local = localPartOf(address)
  const plus = local.indexOf('+')
  return plus < 1 ? address : (`${local.slice(0, plus)}@${domainOf(address)}` as Address)
}

/** A new message id without brackets; `random` gives 16 bytes or more and is the caller's, so that tests are stable. */
export function mintMessageId(domain: string, random: Uint8Array): string {
  assert(random.length >= 16, 'at least 16 random bytes for a message id')
  return `${base32(random)}@${domain}`
}

function mac(purpose: Purpose, numbers: string, domain: string, secret: string): string {
  assert(secret.length >= 16, 'a secret of at least 16 characters for reply addresses')
  const digest = createHmac('sha256', secret).update(`${purpose}\0${numbers}\0${domain}`).digest()
  return base32(digest.subarray(0, macBytes)).slice(0, macLetters)
}

function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    for (; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31]
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31]
}
