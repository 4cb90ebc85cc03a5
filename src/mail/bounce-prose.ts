// Delivery reports of servers that write prose instead of RFC 3464: who did not get the mail, and the server's words.
import { canonicalAddress } from '#mail/address.ts'
import { anyOf, beginsWith } from '#mail/phrases.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Mail } from '#mail/mail.ts'

export type ProseReport = {
  readonly recipient: string | null
  readonly status: string | null
  /** The words before the copy of the returned mail. */
  readonly words: string
  /** The part of the words that reads like a server's answer. */
  readonly diagnostic: string | null
  /** The server is still trying. */
  readonly delayed: boolean
}

const longest = 20_000
const copyBegins = beginsWith(String.raw`
  [-=_*\s]{0,80}(?:below this line is a copy|this is a copy of|included is a copy|below is a copy)
  [-=_*\s]{0,80}(?:original m(?:essage|ail)|returned message|unsent message|undelivered message|the original message(?! was received))
  [-=_*\s]{0,80}(?:message header|the header of|headers? of (?:the )?original|message (?:text )?follows)
  [-=_*\s]{0,80}(?:text of (?:your |the )?(?:original )?message|returned mail follows|your original message)
  [-=_*\s]{0,80}start of returned message
  received: ?(?:from|by|\(qmail) | return-path: | message-id: ?< | dkim-signature:
`)
const answer = /(?:^|[\s:#(<'"[])((?:[45]\d\d)[\s-]+(?:#?\(?[245]\.\d{1,3}\.\d{1,3}\)?)?.{0,600})/i
const enhanced = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/
const reply = /(?:^|[^\d.])([45]\d\d)[\s,-]/
const stillTrying = anyOf(String.raw`
  (?:has been|is|was) delayed | will be (?:re-?)?tried | warning message only | temporary failure report
  not need to re-?send | still (?:being|in the) (?:re-?tried|queue) | could not send message for (?:the )?past
  not yet been delivered | delivery attempts will continue | message is delayed for | will (?:continue to|keep) try | (?:continuer|weiterhin|seguir).{0,30}(?:essayer|versuch|intent) | будут продолжены
`)
// What a report repeats of the mail it is about.
const otherHeaders =
  /^\s{0,8}(?:message-id|references|in-reply-to|from|sender|reply-to|return-path)\s?:.{0,500}$/gim
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
    delayed: stillTrying.test(words),
  }
}

/** What a report says beside one of its recipients, up to the next one; null when it does not name them at a line's start. */
export function wordsAbout(recipient: string, words: string): string | null {
  const lines = words.split('\n')
  const key = recipient.toLowerCase()
  const start = lines.findIndex((line) => addressAtStart(line) === key)
  if (start < 0) return null
  const rest = lines.slice(start + 1, start + 20)
  const end = rest.findIndex((line) => line.trim() === '' || addressAtStart(line) !== null)
  const first = (lines[start] ?? '').slice((lines[start] ?? '').toLowerCase().indexOf(key) + key.length)
  const said = [first.replace(/^[>:\s]+/, ''), ...rest.slice(0, end < 0 ? rest.length : end)]
  return (
    said
      .map((line) => line.trim())
      .join(' ')
      .trim() || null
  )
}

/** Whom a report in prose is about, by Exim's header or as qmail begins its paragraphs; the first one alone when it says so otherwise. */
export function recipientsOf(mail: Mail, words: string): readonly string[] {
  const header = mail.headers.get('x-failed-recipients')?.join(',').split(',') ?? []
  const paragraphs = [...words.matchAll(/^<([^\s<>]{1,64}@[^\s<>]{2,255})>:/gm)].map(
    (found) => found[1] ?? '',
  )
  const named = (header.length > 0 ? header : paragraphs).map((each) => canonicalAddress(each.trim()))
  return [...new Set(named.filter((each) => each !== null))].slice(0, 100)
}

function addressAtStart(line: string): string | null {
  return (
    /^\s{0,8}<?([^\s<>():;,]{1,64}@[^\s<>():;,]{2,255})>?(?:[:\s.]|$)/.exec(line)?.[1]?.toLowerCase() ?? null
  )
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
  const found = [failed ?? '', ...(words.replace(otherHeaders, '').match(anAddress) ?? [])].map((text) =>
    canonicalAddress(text.replace(/[.']+$/, '')),
  )
  return (
    found.find((address) => address !== null && !own.has(address.toLowerCase()) && !isDaemon(address)) ?? null
  )
}

function isDaemon(address: string): boolean {
  return /^(?:mailer-?daemon|postmaster|abuse|root|bounce)/i.test(address)
}
