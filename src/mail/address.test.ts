import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareReaders } from '../../test/support/address-readers.ts'
import { addressKey, canonicalAddress, domainOf } from '#mail/address.ts'

test('an ordinary address keeps its local part and gets its domain in lower case', () => {
  equal(canonicalAddress(' <Cy.Lang+shop@Example.COM> '), 'Cy.Lang+shop@example.com')
  equal(canonicalAddress('cy@bücher.example'), 'cy@xn--bcher-kva.example')
})

test('M7: spellings that two parsers read differently are no address', () => {
  const refused = [
    '"cy@evil.example"@example.com',
    '"cy lang"@example.com',
    '@relay.example:cy@example.com',
    '=?utf-8?q?cy=40evil.example?=@example.com',
    'cy@evil.example@example.com',
    'cy(comment)@example.com',
    'cy@[127.0.0.1]',
    'cy@127.0.0.1',
    'cy\u0000@example.com',
    'cy@example.com\r\nBcc: x@example.com',
    'cy..lang@example.com',
    '.cy@example.com',
    'cý@example.com',
    'cy@localhost',
    'cy@-example.com',
    'Cy <cy@example.com>',
    'cy@example.com, bo@example.com',
    'undisclosed-recipients:;',
    `${'a'.repeat(65)}@example.com`,
    '',
  ]
  deepEqual(
    refused.filter((text) => canonicalAddress(text) !== null),
    [],
  )
})

test('M7: what we take for an address, other parsers read as that and nothing else', () => {
  const { taken, disagreed } = compareReaders(20_000, 20_260_302)
  deepEqual(disagreed.slice(0, 5), [])
  equal(taken > 500, true, `only ${taken} were taken`)
})

test('what is canonical stays so, and is ASCII with one at sign', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
      const address = canonicalAddress(text)
      if (address === null) return
      equal(canonicalAddress(address), address)
      equal(/^[\u0021-\u007e]+$/.test(address), true)
      equal(address.split('@').length, 2)
      equal(domainOf(address), domainOf(address).toLowerCase())
      equal(addressKey(address), address.toLowerCase())
    }),
  )
})
