// A box gone through once: each mail is looked at, kept as a few numbers or set aside with its reason, and people are met.
import { createHash } from 'node:crypto'
import { GONE, type Box, type Found, type Where } from '#imports/mails/box.ts'
import { readLetter, type Letter, type Ours } from '#imports/mails/read-letter.ts'
import { nameOf, noted, numberOf, type Noted } from '#imports/mails/threads.ts'
import type { Instant } from '#kit/time.ts'
import { addressKey } from '#mail/address.ts'
import type { Mail, Party } from '#mail/mail.ts'
import { createParser } from '#mail/parser.ts'
import { withoutTag } from '#mail/token.ts'

export type Aside = { readonly where: Where; readonly reason: string }
export type Met = Letter['author'] & { readonly side: Letter['side'] }
export type Index = {
  readonly mails: readonly Noted[]
  /** Whether any of them is from or to the desk. */
  readonly isOurs: boolean
  readonly aside: readonly Aside[]
  /** By the number of their name. */
  readonly people: ReadonlyMap<number, Met>
}

/** Enough of a mail to see whose it is and what it is: its files may be as large as they like. */
const HEAD_BYTES = 65_536
const AT_ONCE = 32

type Head = Pick<Found, 'where' | 'cameAt' | 'folder' | 'flags' | 'isGone'> & {
  readonly head: Uint8Array | null
  readonly digest: string
}

/** The thread that reads the mails of all imports; it ends by itself when it has nothing to do. A second would cost 60 MB. */
export const reader = createParser({ threads: 1 })

/** Goes through a box. The same mail in two folders is one. */
export async function indexBox(box: Box, ours: Ours, now: Instant): Promise<Index> {
  const [mails, aside, people]: [Noted[], Aside[], Map<number, Met>] = [[], [], new Map()]
  const seen = new Set<string>()
  let isOurs = false
  const isDesks = ({ address }: Party) =>
    address !== null &&
    [ours.mailboxes, ours.agents].some((some) => some.has(addressKey(withoutTag(address))))
  const meet = (somebody: Letter['author'], side: Letter['side']) => {
    const number = numberOf(nameOf({ author: somebody, side }))
    const known = people.get(number)
    if (known === undefined || (known.name === '' && somebody.name !== ''))
      people.set(number, { ...somebody, side })
  }
  const look = async (heads: readonly Head[]) => {
    const read = await Promise.all(heads.map(({ head }) => (head === null ? null : reader.parse(head))))
    for (const [index, each] of heads.entries()) {
      const parsed = read[index] ?? null
      const { where } = each
      const note = (reason: string) => void aside.push({ where, reason })
      if (each.isGone === true) note(GONE)
      else if (parsed === null) note('it is larger than a mail may be')
      else if (!parsed.ok) note(`it could not be read: ${parsed.detail}`)
      else {
        const letter = readLetter(parsed.mail, each, ours, now)
        const { messageId } = parsed.mail
        const key = keyOf(parsed.mail, each.digest)
        if ('aside' in letter) note(letter.aside)
        else if (seen.has(key)) note('the same mail lies elsewhere in the box too')
        else {
          seen.add(key)
          isOurs ||= letter.side !== 'customer' || [...parsed.mail.to, ...parsed.mail.cc].some(isDesks)
          mails.push(noted(letter, { key, messageId, where }))
          meet(letter.author, letter.side)
          for (const person of letter.outside.slice(0, 50)) meet(person, 'customer')
        }
      }
    }
  }
  let heads: Head[] = []
  for await (const found of box.mails()) {
    heads.push(headOf(found))
    if (heads.length === AT_ONCE) await look(heads.splice(0))
  }
  await look(heads)
  heads = []
  return { mails, isOurs, aside, people }
}

function headOf({ raw, ...rest }: Found): Head {
  const digest = raw === null ? '' : createHash('sha256').update(bodyOf(raw)).digest('base64url')
  return { ...rest, digest, head: raw === null ? null : new Uint8Array(raw.subarray(0, HEAD_BYTES)) }
}

/** What is behind the headers, without the blank lines that a box puts around it. */
function bodyOf(raw: Buffer): string {
  const text = raw.toString('latin1')
  return text.slice(Math.max(0, text.search(/\r?\n\r?\n/))).trim()
}

/**
 * Anybody can write an id: only one of the same author and moment is the same mail. Without an id it is all that it says; what programs
 * note in its headers later is not of it.
 */
function keyOf({ messageId, headers }: Mail, digest: string): string {
  const said = ['from', 'date', ...(messageId === null ? ['subject'] : [])].map(
    (name) => headers.get(name) ?? [],
  )
  const text = JSON.stringify([messageId ?? digest, said])
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
