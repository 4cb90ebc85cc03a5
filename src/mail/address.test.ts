import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareReaders } from '../../test/support/address-readers.ts'
import {
  addressFault,
  addressKey,
  canonicalAddress,
  domainOf,
  mendedAddress,
  typedDomain,
  typedKey,
} from '#mail/address.ts'

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
    'ｃy@example.com',
    '\u212acy@example.com',
    'c\u0443@example.com',
    'c\u200by@example.com',
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

test('odd addresses that are read in one way only are taken', () => {
  const taken = {
    'taro..yamada.@phones.example': 'taro..yamada.@phones.example',
    'jürgen@müller-bau.example': 'jürgen@xn--mller-bau-q9a.example',
    'ju\u0308rgen@bau.example': 'jürgen@bau.example',
    'иван@почта.example': 'иван@xn--80a1acny.example',
    'max@my_host.customer.example': 'max@my_host.customer.example',
    'max@customer.example.': 'max@customer.example',
    'scanner@PRINTER01': 'scanner@printer01',
  }
  deepEqual(Object.fromEntries(Object.keys(taken).map((text) => [text, canonicalAddress(text)])), taken)
})

test('a damaged spelling is mended where one reading is left', () => {
  const mended = [
    'mailto:max@customer.example',
    "'max@customer.example'",
    '“max@customer.example”',
    '"max"@customer.example',
    '"max@customer.example"',
    '<max@customer.example>;',
    'max @customer.example',
    '<max @ customer.example>',
  ]
  for (const text of mended) equal(mendedAddress(text), 'max@customer.example', text)
  for (const text of [
    '"max@bank.example"@evil.example',
    '"max m"@customer.example',
    'max m @customer.example',
    'a@b @customer.example',
    "max@a.example'b",
  ])
    equal(mendedAddress(text), null, text)
})

test('M7: what we take for an address, other parsers read as that and nothing else', () => {
  const { taken, disagreed } = compareReaders(20_000, 20_260_302)
  deepEqual(disagreed.slice(0, 5), [])
  equal(taken > 500, true, `only ${taken} were taken`)
})

test('what is canonical stays so: one at sign, no blank, no control character', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
      const address = canonicalAddress(text)
      if (address === null) return
      equal(canonicalAddress(address), address)
      equal(/^[^\p{C}\p{Z}]+$/u.test(address), true)
      equal(address.split('@').length, 2)
      equal(domainOf(address), domainOf(address).toLowerCase())
      equal(addressKey(address), address.toLowerCase())
    }),
  )
})

test('what is no address is told in words', () => {
  const faults = {
    '': 'is missing',
    cy: 'has no @',
    'cy@a.example, bo@a.example': 'holds several addresses; only one fits here',
    'cy@a.example\nBcc: bo@a.example': 'holds a line break or a character that cannot be seen',
    'cy\u202e@a.example': 'holds a line break or a character that cannot be seen',
    'cy@cust\u200bomer.example': 'holds a line break or a character that cannot be seen',
    [`${'a'.repeat(65)}@a.example`]: 'is too long for an address',
    'cy@127.0.0.1': 'is not an address that mail can be sent to',
    [`${'ü'.repeat(33)}@a.example`]: 'is not an address that mail can be sent to',
    'cy@müller.example': null,
  }
  deepEqual(Object.fromEntries(Object.keys(faults).map((text) => [text, addressFault(text)])), faults)
})

test('however an address is typed, it is looked up by one key', () => {
  for (const typed of [
    'jürgen@MÜLLER-bau.example',
    ' Jürgen@xn--mller-bau-q9a.example ',
    '<jürgen@müller-bau.example>',
  ])
    equal(typedKey(typed), 'jürgen@xn--mller-bau-q9a.example')
  equal(typedKey(' No Address '), 'no address')
  equal(typedDomain('Müller-Bau.example'), 'xn--mller-bau-q9a.example')
})
