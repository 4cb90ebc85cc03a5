// Who a mail is from, also where its From is damaged: the one address in it that can be used. Where two could be meant,
// none is taken (M7), and a person chooses among the candidates.
import { addressParser, decodeWords, type Address as MimeAddress } from 'postal-mime'
import { addressKey, canonicalAddress, mendedAddress, type Address } from '#mail/address.ts'
import { cleanLine, cleanName } from '#mail/clean.ts'
import { withoutMojibake } from '#mail/charset.ts'
import type { Headers, Mail, Party } from '#mail/mail.ts'

/** The parties of an address header, groups opened, at most as many as `quota` has left. */
export function partiesOf(
  found: MimeAddress | readonly MimeAddress[] | undefined,
  quota: { left: number },
): Party[] {
  const list = found === undefined ? [] : Array.isArray(found) ? found : [found as MimeAddress]
  const parties: Party[] = []
  for (const entry of list as readonly MimeAddress[]) {
    for (const mailbox of entry.group ?? [entry]) {
      if (!mailbox.address && !mailbox.name) continue
      if (quota.left-- <= 0) return parties
      parties.push(partyOf(mailbox.address ?? '', mailbox.name))
    }
  }
  return parties
}

function partyOf(address: string, name: string): Party {
  const written = cleanLine(address).slice(0, 500)
  const usable = mendedAddress(written)
  const isDamaged = usable !== null && (canonicalAddress(written) === null || written.endsWith('.'))
  const shown = cleanName(withoutMojibake(decodeWords(name)))
  return { email: isDamaged ? usable : written, name: withoutMarks(shown), address: usable }
}

// Outlook puts names that it made of addresses between apostrophes.
function withoutMarks(name: string): string {
  return (/^(['‘])(.{1,250})['’]$/u.exec(name)?.[2] ?? name).replace(/[>\s]*(?:\[\s?\])?$/, '').trim()
}

export type From = {
  readonly party: Party | null
  /** More than one sender is named; the first is taken, and believed only when a domain vouches for it. */
  readonly several: boolean
  readonly problem: string | null
}

/** The author: who From names, or Sender when there is no From at all. */
export function readFrom(headers: Headers): From {
  const header = headers.get('from')?.find((value) => value.trim() !== '')
  const plain = { several: false, problem: null }
  if (header === undefined) {
    const sender = partiesOf(parsed(headers.get('sender')?.[0]), { left: 5 })[0]
    if (sender?.address == null) return { ...plain, party: null }
    return { ...plain, party: sender, problem: 'no From; its Sender stands for it' }
  }
  const parties = partiesOf(parsed(header), { left: 50 })
  if (hasBlankInside(header))
    return { ...plain, party: { email: '', name: parties[0]?.name ?? '', address: null } }
  const usable = parties.filter(({ address }) => address !== null)
  const [only] = usable
  if (only === undefined) {
    const found = loneAddress(header)
    if (found === null) return { ...plain, party: parties[0] ?? null }
    return { ...plain, party: found, problem: 'a damaged sender, read as far as it can be told' }
  }
  if (parties.length === 1) return { ...plain, party: only }
  if (usable.length > 1) return { party: only, several: true, problem: null }
  // A name with a comma that nobody put in quotes.
  const names = parties.every((each) => each === only || !each.email.includes('@'))
    ? parties.map(({ name, email }) => name || (email === only.email ? '' : email))
    : [only.name]
  const name = cleanName(names.filter((each) => each !== '').join(', '))
  return { ...plain, party: { ...only, name }, problem: 'a damaged sender, read as far as it can be told' }
}

function parsed(header: string | undefined): MimeAddress[] {
  return header === undefined ? [] : addressParser(header.slice(0, 10_000))
}

const addressLike = /[^\s<>()[\]",;:'“”‘’]{1,64}@[^\s<>()[\]",;:'“”‘’@]{1,255}/gu

/** `Fax <fax room@…>`: what follows the blank is somebody else's address, or nobody's. */
function hasBlankInside(header: string): boolean {
  return /[^\s<>,][^<>,]{0,200}<\s*(?!mailto:)[^\s<>@"']{1,64}[ \t][^<>@"']{0,200}[^\s<>@"']@[^<>]{1,255}>/i.test(
    header.slice(0, 2_000),
  )
}

/** The only address in a header that no reader of addresses makes sense of; comments hold it where nothing else does. */
function loneAddress(header: string): Party | null {
  const text = header
    .slice(0, 2_000)
    .replace(/=\?[^?\s]{1,60}\?[bq]\?[^?\s]{0,500}\?=/gi, ' ')
    .replace(/&(?:lt|gt|quot);/gi, ' ')
  const outside = text.replace(/\([^()]{0,500}\)/g, ' ')
  const [only, ...others] = addressesIn(outside.includes('@') ? outside : text)
  if (only === undefined || others.length > 0) return null
  const at = header.search(/[<[]?(?:mailto:)?[^\s<>[\]"']{1,64}@/)
  const name = decodeWords(header.slice(0, Math.max(at, 0))).replace(/["\\<>]/g, ' ')
  return { email: only, name: cleanName(withoutMojibake(name).replace(/\s+/g, ' ')), address: only }
}

function addressesIn(text: string): readonly Address[] {
  const found = [...text.matchAll(addressLike)].flatMap(({ 0: each, index }) =>
    goesOn(each + text.slice(index + each.length, index + each.length + 20))
      ? []
      : (mendedAddress(each) ?? []),
  )
  return [...new Map(found.map((each) => [addressKey(each), each])).values()]
}

/** `cy@machine . example` is an address, if an old one (RFC 5322 §4.4), and another one than what stands before the blank. */
function goesOn(address: string): boolean {
  return /^\S+(?:\.\s+|\s+\.\s*)[\p{L}\p{N}]/u.test(address)
}

/** Whom a mail may be from when From names nobody: everybody else it names as a sender, each once, the likeliest first. */
export function candidates(mail: Mail, envelopeFrom: string | null): readonly Party[] {
  const path = mail.headers.get('return-path')?.[0] ?? ''
  const named = [mail.from, mail.sender, ...mail.replyTo].filter((each) => each !== null)
  const inFrom = mail.from?.address == null ? (mail.headers.get('from')?.join(' ') ?? '') : ''
  const loose = [...inFrom.slice(0, 2_000).matchAll(addressLike)].map(([each]) => each)
  const others = [...loose, path, envelopeFrom ?? ''].map((each) => partyOf(each.replace(/[<>]/g, ''), ''))
  const found = new Map<string, Party & { readonly address: Address }>()
  for (const each of [...named, ...others]) {
    const { address } = each
    if (address === null || found.has(addressKey(address))) continue
    found.set(addressKey(address), { ...each, email: address, address })
  }
  return [...found.values()].slice(0, 10)
}
