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
    certainOf({ addresses: [], names: ['Support Team', 'Cy Smith'], phones: [], shared: ['Cy Smith'] }),
    null,
  )
})

test('of nobody nothing is found', () => {
  deepEqual(patternsOf({ addresses: [], names: [''], phones: [] }), { whole: null, parts: null })
  equal(certainOf({ addresses: [], names: ['Cy'], phones: [] }), null)
  match(certainOf(cy) ?? '', /host/)
})
