// The one canonical e-mail address: ASCII, dot-atom local part, real domain. Whatever two parsers could read
// differently is refused here (M7), so that rules about domains and people rest on a single reading.
import { domainToASCII } from 'node:url'

declare const addressBrand: unique symbol
/** local@domain in ASCII; the domain in lower case and punycode, the local part as written (RFC 5321 §2.4). */
export type Address = string & { readonly [addressBrand]: true }

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads one bare address, with or without angle brackets and outer blanks. Refuses (null) quoted local parts, source
 * routes, encoded words, comments, groups, address literals, control characters and non-ASCII local parts.
 */
export function canonicalAddress(text: string): Address | null {
  const bare = withoutBrackets(text.slice(0, 1000).trim())
  const at = bare.indexOf('@')
  if (at < 1 || at !== bare.lastIndexOf('@') || text.length > 1000) return null
  const local = bare.slice(0, at)
  if (local.length > 64 || !localPart.test(local) || looksEncoded(local)) return null
  const domain = canonicalDomain(bare.slice(at + 1))
  if (domain === null || local.length + domain.length > 253) return null
  return `${local}@${domain}` as Address
}

/** What two spellings of one mailbox share: the address in lower case. For comparing and for unique keys. */
export function addressKey(address: Address): string {
  return address.toLowerCase()
}

/** The part after the at sign. */
export function domainOf(address: Address): string {
  return address.slice(address.indexOf('@') + 1)
}

/** The part before the at sign. */
export function localPartOf(address: Address): string {
  return address.slice(0, address.indexOf('@'))
}

function withoutBrackets(text: string): string {
  return text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text
}

// RFC 2047 §5: an encoded word must not stand inside an address; a reader that decodes it sees another mailbox.
function looksEncoded(local: string): boolean {
  return local.includes('=?') || local.includes('?=')
}

function canonicalDomain(text: string): string | null {
  if (!/^[^\s[\]()<>"\\,;:@/?#%&=*|^`{}]+$/.test(text)) return null
  // RFC 5891 maps a full-width dot or letter to its ASCII twin; a domain that only IDNA makes valid is still one.
  const ascii = domainToASCII(text).toLowerCase()
  const labels = ascii.split('.')
  if (labels.length < 2 || ascii.length > 253) return null
  if (!labels.every((part) => label.test(part))) return null
  return /^\d+$/.test(labels[labels.length - 1] ?? '') ? null : ascii
}
