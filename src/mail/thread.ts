// Which ticket a mail says it belongs to. Only the signed token is evidence; ids and numbers merely suggest, and
// who may join is decided elsewhere (P2).
import { canonicalAddress, type Address } from '#mail/address.ts'
import { readAgentAddress, readReplyAddress } from '#mail/token.ts'
import type { Envelope, Mail, Party } from '#mail/mail.ts'

export type References = {
  /** The ticket of a signed reply address among the recipients. */
  readonly tokenTicketId: number | null
  /** The ticket and the agent of a notification's signed address. */
  readonly agentToken: { readonly ticketId: number; readonly agentId: number } | null
  /** In-Reply-To, then References from the newest; never an empty id. */
  readonly messageIds: readonly string[]
  /** `[#1042]` in the subject. Anybody can write that. */
  readonly subjectNumber: number | null
}

// Where a blind copy or a forwarding leaves the address it was for.
const recipientHeaders = [
  'delivered-to',
  'x-original-to',
  'x-envelope-to',
  'envelope-to',
  'x-forwarded-to',
  'bcc',
]

/** Gathers what a mail refers to, from its headers and, when known, its envelope. */
export function references(mail: Mail, secret: string, envelope: Envelope | null = null): References {
  const addresses = recipients(mail, envelope)
  const tokens = addresses.map((address) => readReplyAddress(address, secret))
  const agents = addresses.map((address) => readAgentAddress(address, secret))
  return {
    tokenTicketId: tokens.find((ticketId) => ticketId !== null) ?? null,
    agentToken: agents.find((token) => token !== null) ?? null,
    messageIds: messageIds(mail),
    subjectNumber: subjectNumber(mail.subject),
  }
}

/** The number in `[#1042]`, or null. */
export function subjectNumber(subject: string): number | null {
  const digits = /\[#(\d{1,15})\]/.exec(subject)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The subject of an answer: the ticket's tag once, in front, and the customer's words after it. */
export function taggedSubject(subject: string, ticketId: number): string {
  const bare = subject.replaceAll(`[#${ticketId}]`, ' ').replace(/\s+/g, ' ').trim()
  return `[#${ticketId}] ${bare}`.trim()
}

/** The addresses a mail was for: envelope first, then To, Cc and what delivery left in the headers. */
export function recipients(mail: Mail, envelope: Envelope | null): readonly Address[] {
  const delivered = recipientHeaders.flatMap((name) => mail.headers.get(name) ?? []).flatMap(addressesIn)
  const named = [...mail.to, ...mail.cc].flatMap(({ address }: Party) => (address === null ? [] : [address]))
  return [...new Set([...(envelope?.to ?? []).flatMap(addressesIn), ...named, ...delivered])]
}

function addressesIn(text: string): readonly Address[] {
  return text.split(',').flatMap((part) => canonicalAddress(/<([^<>]*)>/.exec(part)?.[1] ?? part) ?? [])
}

function messageIds(mail: Mail): readonly string[] {
  const newestFirst = [mail.inReplyTo, ...mail.references.toReversed()]
  return [
    ...new Set(newestFirst.filter((id): id is string => id !== null && id !== '' && id !== mail.messageId)),
  ]
}
