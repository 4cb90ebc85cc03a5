import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { beginning, checkChain, type ChainedEntry, type Link } from '#people/audit-chain.ts'

const part = (value: string | null) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value}`)
const sha = (before: string, parts: readonly (string | null)[]) =>
  createHash('sha256').update(Buffer.from(before, 'hex')).update(parts.map(part).join('')).digest('hex')

/** A chain as the database makes it, written down a second time here. */
function chainOf(count: number): { entries: ChainedEntry[]; head: Link } {
  const entries: ChainedEntry[] = []
  let head = beginning
  for (let n = 1; n <= count; n++) {
    const [id, place, at] = [
      String(n + 100),
      String(n),
      `2026-03-02T09:00:${String(n % 60).padStart(2, '0')}.000000Z`,
    ]
    const salt = createHash('md5').update(id).digest('hex')
    const said = {
      thingName: n % 3 === 0 ? null : `Ümit ${n}`,
      changes: `[{"field": "name", "to": ${n}}]`,
      back: n % 2 ? null : '{}',
    }
    const wordsHash = sha(salt, [said.thingName, said.changes, said.back])
    const facts = {
      actorType: 'agent',
      actorId: n % 4 ? '7' : null,
      action: 'agent_changed',
      thing: 'agent',
      thingId: n % 5 ? '9' : null,
    }
    const hash = sha(head.hash, [
      place,
      id,
      at,
      facts.actorType,
      facts.actorId,
      facts.action,
      facts.thing,
      facts.thingId,
      wordsHash,
    ])
    entries.push({ id, place, at, ...facts, ...said, salt, wordsHash, hash })
    head = { place: n, hash }
  }
  return { entries, head }
}

function faultOf(entries: readonly ChainedEntry[], head: Link, anchors: readonly Link[] = []) {
  const chain = checkChain(anchors)
  for (const entry of entries) {
    const fault = chain.look(entry)
    if (fault !== null) return fault
  }
  return chain.end(head)
}

const { entries, head } = chainOf(40)
const anchor = { place: 40, hash: head.hash }

test('an untouched chain is whole, with its head and its anchors', () => {
  assert.equal(faultOf(entries, head, [{ place: 17, hash: entries[16]?.hash ?? '' }, anchor]), null)
  assert.equal(faultOf([], beginning), null)
})

const fields = Object.keys(entries[0] ?? {}) as (keyof ChainedEntry)[]
const alteration = fc.oneof(
  fc.record({
    what: fc.constant('alter' as const),
    at: fc.nat(39),
    field: fc.constantFrom(...fields),
    value: fc.oneof(fc.string(), fc.constant(null), fc.stringMatching(/^[0-9a-f]{64}$/)),
  }),
  fc.record({ what: fc.constant('remove' as const), at: fc.nat(39) }),
  fc.record({ what: fc.constant('insert' as const), at: fc.nat(39), like: fc.nat(39) }),
  fc.record({ what: fc.constant('swap' as const), at: fc.nat(39), other: fc.nat(39) }),
  fc.record({ what: fc.constant('places' as const), at: fc.nat(39), other: fc.nat(39) }),
)

test('of ten thousand single alterations each is found, at the first entry that is not as it was', () => {
  fc.assert(
    fc.property(alteration, (change) => {
      const altered = [...entries]
      const one = entries[change.at] as ChainedEntry
      if (change.what === 'alter') {
        fc.pre(one[change.field] !== change.value)
        altered[change.at] = { ...one, [change.field]: change.value } as ChainedEntry
      } else if (change.what === 'remove') altered.splice(change.at, 1)
      else if (change.what === 'insert') altered.splice(change.at, 0, entries[change.like] as ChainedEntry)
      else {
        fc.pre(change.at !== change.other)
        const other = entries[change.other] as ChainedEntry
        // The words of two, or only where they stand.
        altered[change.at] =
          change.what === 'swap' ? { ...other, place: one.place, id: one.id } : { ...other, place: one.place }
        altered[change.other] =
          change.what === 'swap'
            ? { ...one, place: other.place, id: other.id }
            : { ...one, place: other.place }
      }
      const fault = faultOf(altered, head)
      const first = 'other' in change ? Math.min(change.at, change.other) : change.at
      assert.ok(fault !== null, JSON.stringify(change))
      // One that stands twice is one too many where it comes the second time.
      const second = change.what === 'insert' && change.like === change.at ? first + 1 : first
      assert.ok(fault.place === first + 1 || fault.place === second + 1, JSON.stringify({ change, fault }))
    }),
    { numRuns: 10_000 },
  )
})

test('whoever cuts off the end, or makes all hashes anew, is found by the head and by anchors', () => {
  assert.deepEqual(faultOf(entries.slice(0, 38), head), { kind: 'cut', place: 39, entryId: null })
  const short = chainOf(38)
  assert.equal(faultOf(short.entries, short.head), null)
  assert.deepEqual(faultOf(short.entries, short.head, [anchor]), { kind: 'cut', place: 39, entryId: null })
  const forged = chainOf(40)
  forged.entries[9] = {
    ...(forged.entries[9] as ChainedEntry),
    salt: null,
    thingName: null,
    changes: '[]',
    back: null,
  }
  assert.equal(faultOf(forged.entries, forged.head)?.kind, 'erased')
  assert.equal(faultOf(entries, head, [{ place: 20, hash: 'ab'.repeat(32) }])?.kind, 'anchor')
})
