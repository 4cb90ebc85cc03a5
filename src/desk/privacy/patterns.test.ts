// By what an erased person is found in the words of others.
import { deepEqual, equal, match } from 'node:assert/strict'
import { test } from 'node:test'
import { certainOf, patternsOf } from './patterns.ts'

const cy = { addresses: ['cy.smith+x@host.example'], names: ['Cy Smith-Jones'], phones: ['+49 30 12', '1'] }

test('addresses, whole names and numbers are found in any case, parts of names as they are written', () => {
  const { whole, parts } = patternsOf(cy, ['Re', 'My broken lamp'])
  for (const part of [
    'cy\\.smith\\+x\\@host\\.example',
    'Cy\\s+Smith\\-Jones',
    '\\+49\\s+30\\s+12',
    'My\\s+broken\\s+lamp',
  ])
    equal(whole?.includes(part), true, part)
  equal(parts?.includes('Smith\\-Jones'), true)
  // Two letters are a word like others.
  equal(/[(|]Cy[|)]/.test(parts ?? ''), false)
  equal(whole?.includes('|Re|') ?? false, false)
})

test('words of everybody are no parts of a name, and a subject of one word is no quotation', () => {
  const names = ['an der Heide', 'Acme Support Team GmbH', 'cy@host.example']
  deepEqual(patternsOf({ addresses: [], names, phones: [] }).parts?.match(/[A-Z]\w+/g), ['Heide', 'Acme'])
  equal(patternsOf({ addresses: [], names: [], phones: ['-', '12 34'] }, ['Rechnung']).whole, null)
  equal(
    certainOf({ addresses: [], names: ['Support Team', 'Cy Smith'], phones: [], shared: ['Cy Smith'] }).whole,
    null,
  )
})

test('of nobody nothing is found', () => {
  deepEqual(patternsOf({ addresses: [], names: [''], phones: [] }), { whole: null, parts: null, loose: null })
  equal(certainOf({ addresses: [], names: ['Cy'], phones: [] }).whole, null)
  match(certainOf(cy).whole ?? '', /host/)
})

/** As PostgreSQL reads it, of plain letters. */
const read = (pattern: string | null) => new RegExp((pattern ?? '').replaceAll('[:alnum:]', 'a-z0-9'), 'i')

test('an address is not found in a longer one', () => {
  const { whole } = patternsOf({ addresses: ['bo@host.com'], names: ['Bo Ode'], phones: [] })
  for (const text of [
    'bo@host.com',
    'ask bo@host.com.',
    '<BO@host.com>, bo',
    'bo%40host.com&x',
    'I am Bo Ode.',
  ])
    equal(read(whole).test(text), true, text)
  for (const text of ['bo@host.com.au', 'bo@host.com-mail.de', 'bo@host.community', 'jo-bo@host.com'])
    equal(read(whole).test(text), false, text)
})

test('whatever is found in a text is found loosely in it as JSON is written', () => {
  const { whole, loose } = patternsOf({ addresses: [], names: ['Cy "the\\lamp" Smith'], phones: [] })
  for (const text of ['Cy "the\\lamp" Smith', 'cy\n\t"THE\\lamp"\v smith']) {
    equal(read(whole).test(text), true, text)
    equal(read(loose).test(JSON.stringify(text)), true, text)
  }
})
