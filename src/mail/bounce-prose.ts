// Delivery reports of servers that write prose instead of RFC 3464: who did not get the mail, and the server's words.
import { canonicalAddress } from '#mail/address.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Mail } from '#mail/mail.ts'

export type ProseReport = {
  readonly recipient: string | null
  readonly status: string | null
  /** The words before the copy of the returned mail. */
  readonly words: string
  /** The part of the words that reads like a server's answer. */
  readonly diagnostic: string | null
}

const longest = 20_000
const copyBegins =
  /^\s*(?:[-=_*\s]*(?:below this line is a copy|this is a copy of|original message|included is a copy|returned message|message header|the header of|headers? of (?:the )?original|original mail|unsent message|message text follows|text of (?:your |the )?(?:original )?message|the original message|message follows|returned mail follows|undelivered message|your original message|start of returned message)|received: (?:from|by|\(qmail)|return-path:|message-id: ?<)/i
const answer = /(?:^|[\s:#(<'"[])((?:[45]\d\d)[\s-]+(?:#?\(?[245]\.\d{1,3}\.\d{1,3}\)?)?.{0,600})/i
const enhanced = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/
const reply = /(?:^|[^\d.])([45]\d\d)[\s-]/
const anAddress = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{3,200}/g

/** Reads the report's prose; every field may be missing. */
export function readProse(mail: Mail): ProseReport {
  const words = reportWords(mail)
  const diagnostic = answer.exec(words)?.[1]?.trim() ?? null
  const code = enhanced.exec(words)?.[1] ?? null
  const digit = reply.exec(words)?.[1]?.[0]
  return {
    recipient: recipientOf(mail, words),
    status: code ?? (digit === undefined ? null : `${digit}.0.0`),
    words,
    diagnostic,
  }
}

/** What the server says, without the returned mail. */
export function reportWords(mail: Mail): string {
  const text = mail.text ?? (mail.html === null ? '' : textOfHtml(mail.html))
  const lines = text.slice(0, longest).split('\n')
  const end = lines.findIndex((line, index) => index > 0 && copyBegins.test(line))
  return (end < 0 ? lines : lines.slice(0, end)).join('\n')
}

function recipientOf(mail: Mail, words: string): string | null {
  const failed = mail.headers.get('x-failed-recipients')?.[0]?.split(',', 1)[0]
  const own = new Set([mail.from, ...mail.to, ...mail.cc].map((party) => party?.email.toLowerCase()))
  const found = [failed ?? '', ...(words.match(anAddress) ?? [])].map((text) => canonicalAddress(text.replace(/[.']+$/, '')))
  return found.find((address) => address !== null && !own.has(address.toLowerCase()) && !isDaemon(address)) ?? null
}

function isDaemon(address: string): boolean {
  return /^(?:mailer-?daemon|postmaster|abuse|root|bounce)/i.test(address)
}
