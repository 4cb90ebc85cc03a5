// A mail that a program sent for somebody else: contact forms, shops and list servers write from an address of their own and name the
// person in Reply-To. Only a ticket that it opens becomes theirs; on an answer Reply-To gives nobody anything.
import { verdictOn } from '#channels/sender-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { Incoming } from '#desk/inbound/receive-message.ts'
import { ourAddresses, type Understood } from '#desk/inbound/understand.ts'
import { addressKey, domainOf, type Address } from '#mail/address.ts'
import type { Mail, Party } from '#mail/mail.ts'
import { withoutTag } from '#mail/token.ts'
import { findAgent } from '#people/agent-store.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'

export type OnBehalf = {
  readonly person: Party & { readonly address: Address }
  readonly isBelieved: boolean
}

/** The person a mail was sent for, and whether its sender may say so; null when it speaks for itself. */
export async function onBehalfOf(
  desk: Desk,
  tx: Transaction,
  { mail, author, check }: Pick<Incoming, 'mail' | 'author' | 'check'>,
  { judgement }: Pick<Understood, 'judgement'>,
): Promise<OnBehalf | null> {
  const ours = ourAddresses(await desk.setup.now())
  const person = otherReplyTo(mail, ours)
  if (person === null || (await verdictOn(tx, person.address)) === 'block') return null
  const [known] = await peopleByEmail(tx, [person.address])
  if (known !== undefined && (await findAgent(tx, known.id)) !== null) return null
  const isOwnDomain = ours.some((each) => domainOf(each) === domainOf(author))
  const isBelieved = check === 'verified' || (isOwnDomain && check !== 'failed' && !judgement.fromOwnAddress)
  return { person, isBelieved }
}

/** The one person in Reply-To who is neither the author, nor we, nor among those whom the mail was sent to. */
export function otherReplyTo(mail: Mail, ours: readonly Address[]): OnBehalf['person'] | null {
  const key = (party: Party) => (party.address === null ? null : addressKey(party.address))
  const [first, ...others] = mail.replyTo
  if (first?.address == null || others.some((each) => key(each) !== key(first))) return null
  const address = addressKey(first.address) as Address
  const own = new Set(ours.map(addressKey))
  if (own.has(address) || own.has(addressKey(withoutTag(address)))) return null
  const named = [mail.from, ...mail.to, ...mail.cc].flatMap((each) => (each === null ? [] : [key(each)]))
  return named.includes(address) ? null : { ...first, email: address, address }
}
