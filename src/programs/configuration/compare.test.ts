// What files would change of a desk that says the same in other words: nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare } from '#programs/configuration/compare.ts'
import type { Found, Live } from '#programs/configuration/gather.ts'
import type { Thing } from '#programs/configuration/kinds.ts'

const found = (id: number, key: string, thing: Thing, body: Thing = thing): Found => ({
  id,
  key,
  isPutAway: thing['status'] === 'archived',
  thing,
  body,
})
const here: Live = new Map([
  [
    'Articles',
    [
      found(1, 'de/lampe', { language: 'de', slug: 'lampe', translationOf: null }),
      found(
        2,
        'en/lamp',
        { language: 'en', slug: 'lamp', translationOf: 'de/lampe' },
        { language: 'en', slug: 'lamp', translationOf: 1 },
      ),
      found(3, 'en/old', { language: 'en', slug: 'old', status: 'archived' }),
    ],
  ],
  [
    'MailTemplates',
    [
      found(4, 'resolved pt-br', {
        kind: 'resolved',
        brandId: null,
        language: 'pt-br',
        subject: '',
        body: 'Olá',
      }),
    ],
  ],
  [
    'Policies',
    ['customer: A', 'customer: B', 'internal: C'].map((key, at) => {
      const [kind, title] = key.split(': ')
      return found(10 + at, key, { kind, title })
    }),
  ],
  ['Tags', [found(20, 'spare', { name: 'spare' }), found(21, 'spare', { name: 'spare' })]],
])

const of = (kind: string, ...things: Thing[]) => compare(here, new Map([[kind, things]]), false)
const changesOf = (kind: string, ...things: Thing[]) =>
  of(kind, ...things).changes.map(({ key, does, fields }) => [key, does, ...fields])

test('articles that say the same do so whichever of them names the other', () => {
  const [german, english] = [
    { language: 'de', slug: 'lampe' },
    { language: 'en', slug: 'lamp' },
  ]
  const turned = { ...german, translationOf: 'en/lamp' }
  assert.deepEqual(changesOf('Articles', { ...english, translationOf: null }, turned), [])
  assert.deepEqual(changesOf('Articles', english, turned), [])
  assert.deepEqual(changesOf('Articles', { ...english, translationOf: null }), [
    ['en/lamp', 'change', 'translationOf'],
  ])
})

test('what is put away in a file is, and what a file names otherwise comes back', () => {
  const old = { language: 'en', slug: 'old' }
  assert.deepEqual(changesOf('Articles', { ...old, status: 'archived' }), [])
  assert.deepEqual(changesOf('Articles', old), [['en/old', 'restore']])
})

test('languages are the same in any case, and policies have their order within their kind', () => {
  const template = { kind: 'resolved', brandId: null, language: 'pt-BR', subject: '', body: 'Olá' }
  assert.deepEqual(changesOf('MailTemplates', template), [])
  const [a, b, c] = [
    { kind: 'customer', title: 'A' },
    { kind: 'customer', title: 'B' },
    { kind: 'internal', title: 'C' },
  ]
  assert.deepEqual(changesOf('Policies', c, a, b), [])
  assert.deepEqual(changesOf('Policies', c, b, a), [['customer: B, customer: A', 'order']])
})

test('a name of two is refused, and so is a thing without one; one that reads undefined is a name', () => {
  const messages = (kind: string, thing: Thing) => of(kind, thing).problems.map(({ message }) => message)
  assert.deepEqual(messages('Tags', { name: 'spare' }), ['is the name of 2 on this desk: rename one'])
  assert.deepEqual(messages('Sections', { brand: 'Ember', names: { en: 'X' } }), ['has no slug'])
  assert.deepEqual(messages('Tags', { name: 'undefined variable' }), [])
  assert.equal(of('Tags', { label: 'x' }).problems[0]?.key, '{"label":"x"}')
})
