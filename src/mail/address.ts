// The one canonical e-mail address: a local part without quotes, a domain in ASCII. Whatever two parsers could read
// differently is refused here (M7), so that rules about domains and people rest on a single reading.
import { domainToASCII } from 'node:url'

declare const addressBrand: unique symbol
/** local@domain; the domain in ASCII and lower case, the local part as written (RFC 5321 §2.4), in NFC (RFC 6532). */
export type Address = string & { readonly [addressBrand]: true }

// Dots stand anywhere: phone companies gave out "taro..yamada." before they read the RFC.
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\p{L}\p{M}\p{N}-]+$/u
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * Reads one bare address, with or without angle brackets and outer blanks. Refuses (null) quoted local parts, source
 * routes, encoded words, comments, groups, address literals, control characters, and local parts whose letters are
 * of several alphabets or stand for others. A host of the sender's own network has no dot.
 */
export function canonicalAddress(text: string): Address | null {
  const bare = withoutBrackets(text.slice(0, 1000).trim())
  const at = bare.indexOf('@')
  if (at < 1 || at !== bare.lastIndexOf('@') || text.length > 1000) return null
  const written = bare.slice(0, at)
  const local = written.normalize('NFC')
  if (octetsOf(local) > 64 || !localPart.test(local) || looksEncoded(local) || isDisguised(written))
    return null
  const domain = canonicalDomain(bare.slice(at + 1))
  if (domain === null || octetsOf(local) + domain.length > 253) return null
  return `${local}@${domain}` as Address
}

/**
 * The address that a program wrote damaged: after `mailto:`, within apostrophes or quotation marks, before a stray mark.
 * A quoted local part that needs no quotes is read without them; every other one is refused as above.
 */
export function mendedAddress(text: string): Address | null {
  const bare = withoutBrackets(
    text
      .slice(0, 1000)
      .trim()
      .replace(/[;,]+$/, ''),
  )
    .replace(/^mailto:/i, '')
    .replace(/>+$/, '')
    // RFC 5322 §4.4 still reads blanks around the at sign.
    .replace(/^([^\s@]{1,64})[ \t]{0,3}@[ \t]{0,3}(?=[^\s@]+$)/, '$1@')
  const inner = /^(?:'([^']+)'|"([^"]+)"|‘([^’]+)’|“([^”]+)”|`([^`']+)')$/.exec(bare)
  const unwrapped = inner?.slice(1).find((each) => each !== undefined) ?? bare
  const quoted = /^"([^"\\@\s]{1,64})"@(.{1,255})$/.exec(unwrapped)
  return canonicalAddress(quoted === null ? unwrapped : `${quoted[1]}@${quoted[2]}`)
}

/** Why a text that somebody typed is no address, as the end of a sentence; null when it is one. */
export function addressFault(text: string): string | null {
  if (mendedAddress(text) !== null) return null
  const typed = text.trim()
  if (typed === '') return 'is missing'
  if (/[^\P{C}\u200c\u200d]/u.test(typed)) return 'holds a line break or a character that cannot be seen'
  if (/@[^@]*[,;\s][^@]*@/.test(typed)) return 'holds several addresses; only one fits here'
  if (!typed.includes('@')) return 'has no @'
  if (typed.length > 254 || typed.indexOf('@') > 64) return 'is too long for an address'
  return 'is not an address that mail can be sent to'
}

/** What two spellings of one mailbox share: the address in lower case. For comparing and for unique keys. */
export function addressKey(address: Address): string {
  return address.toLowerCase()
}

/** The key of an address that somebody typed, to look it up by; of what is none, the text in lower case. */
export function typedKey(text: string): string {
  return (mendedAddress(text) ?? text.trim()).toLowerCase()
}

/** A domain that somebody typed, as addresses have it; of what is none, the text in lower case. */
export function typedDomain(text: string): string {
  return canonicalDomain(text.trim()) ?? text.trim().toLowerCase()
}

/** The part after the at sign. */
export function domainOf(address: Address): string {
  return address.slice(address.indexOf('@') + 1)
}

/** The part before the at sign. */
export function localPartOf(address: Address): string {
  return address.slice(0, address.indexOf('@'))
}

// RFC 5321 §4.5.3.1 counts octets; RFC 6531 keeps that for what is not ASCII.
const octetsOf = (text: string): number => new TextEncoder().encode(text).length

function withoutBrackets(text: string): string {
  return text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text
}

// RFC 2047 §5: an encoded word must not stand inside an address; a reader that decodes it sees another mailbox.
function looksEncoded(local: string): boolean {
  return local.includes('=?') || local.includes('?=')
}

const alphabets = ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Cherokee'].map(
  (name) => new RegExp(`\\p{Script=${name}}`, 'u'),
)

// A letter that another one is folded to (the Kelvin sign), or a Cyrillic one among Latin ones, shows another mailbox.
function isDisguised(local: string): boolean {
  if (/^[\u0021-\u007e]+$/.test(local)) return false
  if ([...local].some((letter) => letter.normalize('NFKC') !== letter)) return true
  return alphabets.filter((alphabet) => alphabet.test(local)).length > 1
}

function canonicalDomain(text: string): string | null {
  if (!/^[^\s[\]()<>"\\,;:@/?#%&=*|^`{}]+$/.test(text)) return null
  // IDNA drops what cannot be seen: two names that look alike would be one, or the other way round.
  if (/[^\P{C}\u200c\u200d]|[\ufe00-\ufe0f]/u.test(text)) return null
  // RFC 5891 maps a full-width dot or letter to its ASCII twin; a domain that only IDNA makes valid is still one.
  const ascii = domainToASCII(text).toLowerCase().replace(/\.$/, '')
  const labels = ascii.split('.')
  if (ascii.length > 253) return null
  if (!labels.every((part) => label.test(part))) return null
  return /^\d+$/.test(labels[labels.length - 1] ?? '') ? null : ascii
}
