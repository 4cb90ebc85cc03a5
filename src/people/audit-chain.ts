// The chain of the audit log: each entry's hash is made of what it says and of the hash before it, so that whoever alters, removes,
// inserts or swaps one would have to make all that follow anew, and every anchor that was taken of them. Pure; the database makes
// the hashes at the commit (migrations/0110), in the same encoding.
import { createHash } from 'node:crypto'
import type { AuditFault } from '#people/audit-fault.ts'

/** An entry as it stands in the database: values as its text, bytes as hex. */
export type ChainedEntry = {
  readonly id: string
  readonly place: string | null
  readonly at: string
  readonly actorType: string
  readonly actorId: string | null
  readonly action: string
  readonly thing: string
  readonly thingId: string | null
  readonly thingName: string | null
  readonly changes: string
  readonly back: string | null
  /** Null once the words were erased. */
  readonly salt: string | null
  readonly wordsHash: string | null
  readonly hash: string | null
}

/** The end of a chain, as the head keeps it and as anchors name it. */
export type Link = { readonly place: number; readonly hash: string }

export const beginning: Link = { place: 0, hash: '00'.repeat(32) }

/** What is said of an entry whose words were erased. */
export const ERASED = 'audit_erased'

/**
 * Looks at entries one after the other, in order of their places, and says of each what is wrong. `end` is for what shows only when
 * all were seen: the head that is missing, anchors that know otherwise, words that nobody said were erased.
 */
export function checkChain(anchors: readonly Link[] = []) {
  const known = Map.groupBy(anchors, ({ place }) => place)
  const erased = new Map<number, AuditFault>()
  let last = beginning
  const look = (entry: ChainedEntry): AuditFault | null => {
    const entryId = Number(entry.id)
    const place = last.place + 1
    if (entry.place === null || entry.hash === null) return { kind: 'unchained', place, entryId }
    if (Number(entry.place) !== place) return { kind: 'missing', place, entryId: null }
    if (entry.hash !== linkOf(last.hash, entry) || !saysWhatItSaid(entry))
      return { kind: 'altered', place, entryId }
    last = { place, hash: entry.hash }
    if (known.get(place)?.some(({ hash }) => hash !== entry.hash) === true)
      return { kind: 'anchor', place, entryId }
    if (entry.salt === null) erased.set(entryId, { kind: 'erased', place, entryId })
    if (entry.action === ERASED) erased.delete(Number(entry.thingId))
    return null
  }
  const end = (head: Link): AuditFault | null => {
    const [unsaid] = erased.values()
    if (unsaid !== undefined) return unsaid
    const beyond = Math.max(head.place, ...known.keys())
    if (beyond > last.place) return { kind: 'cut', place: last.place + 1, entryId: null }
    return head.hash === last.hash ? null : { kind: 'cut', place: last.place, entryId: null }
  }
  return { look, end, last: () => last }
}

function linkOf(previous: string, entry: ChainedEntry): string {
  const { place, id, at, actorType, actorId, action, thing, thingId, wordsHash } = entry
  const facts = [place, id, at, actorType, actorId, action, thing, thingId, wordsHash]
  return hashed(previous, facts)
}

/** Whether the words are those that came into the chain, or all of them are gone. */
function saysWhatItSaid({ salt, thingName, changes, back, wordsHash }: ChainedEntry): boolean {
  if (salt === null) return thingName === null && changes === '[]' && back === null
  return hashed(salt, [thingName, changes, back]) === wordsHash
}

function hashed(before: string, parts: readonly (string | null)[]): string {
  const text = parts.map((part) => (part === null ? '-' : `${Buffer.byteLength(part)}:${part}`)).join('')
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(text).digest('hex')
}
