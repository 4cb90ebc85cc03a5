import { equal, notEqual, throws } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalAddress, localPartOf, type Address } from '#mail/address.ts'
import { mintMessageId, readReplyAddress, replyAddress, withoutTag } from '#mail/token.ts'

const secret = 'a secret of a desk in North'
const support = 'support@example.com' as Address
const tickets = fc.integer({ min: 0, max: 999_999_999 })

test('a reply address names its ticket, and is short enough for any server', () => {
  fc.assert(
    fc.property(tickets, (ticketId) => {
      const address = replyAddress(support, ticketId, secret)
      equal(readReplyAddress(address, secret), ticketId)
      equal(canonicalAddress(address), address)
      equal(localPartOf(address).length < 64, true)
      equal(withoutTag(address), support)
    }),
  )
})

test('servers that change the case of an address do no harm', () => {
  const address = replyAddress(support, 1042, secret)
  equal(
    readReplyAddress(address.toUpperCase().replace('@EXAMPLE.COM', '@example.com') as Address, secret),
    1042,
  )
})

test('M1: no single changed letter, other ticket, other domain or other secret passes', () => {
  const address = replyAddress(support, 1042, secret)
  const start = address.indexOf('.1042.') + 6
  for (let at = start; at < address.indexOf('@'); at++) {
    const letter = address[at] === 'a' ? 'b' : 'a'
    equal(readReplyAddress((address.slice(0, at) + letter + address.slice(at + 1)) as Address, secret), null)
  }
  equal(readReplyAddress(address.replace('.1042.', '.1043.') as Address, secret), null)
  equal(readReplyAddress(address.replace('.1042.', '.01042.') as Address, secret), null)
  equal(readReplyAddress(address.replace('@example.com', '@example.org') as Address, secret), null)
  equal(readReplyAddress(address, 'another secret of a desk'), null)
  equal(readReplyAddress('support+r.1042.@example.com' as Address, secret), null)
  equal(readReplyAddress(support, secret), null)
})

test('a short secret is a bug, not a weak signature', () => {
  throws(() => replyAddress(support, 1, 'short'), /Bug/)
})

test('message ids differ and are safe to write between angle brackets', () => {
  const [one, two] = [
    mintMessageId('example.com', randomBytes(20)),
    mintMessageId('example.com', randomBytes(20)),
  ]
  notEqual(one, two)
  equal(/^[a-z2-7]{32}@example\.com$/.test(one), true)
})
