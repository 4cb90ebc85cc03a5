// What files would change of a desk that says the same in other words: nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { compare } from '#programs/configuration/compare.ts'
import type { Found, Live } from '#programs/configuration/gather.ts'
import { kinds, type Thing } from '#programs/configuration/kinds.ts'

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

test('what no file names keeps its place among policies, and what comes back takes the place that its file says', () => {
  const [a, b, c] = ['A', 'B', 'C'].map((title) => ({ kind: 'customer', title }))
  const at = (away: string, ...titles: string[]): Live =>
    new Map([
      [
        'Policies',
        titles.map((title, id) => ({
          ...found(id + 1, `customer: ${title}`, { kind: 'customer', title }),
          isPutAway: title === away,
        })),
      ],
    ])
  const ordered = (live: Live, ...things: Thing[]) =>
    compare(live, new Map([['Policies', things]]), false)
      .changes.filter(({ does }) => does === 'order')
      .map(({ key }) => key)
  assert.deepEqual(ordered(at('', 'A', 'B', 'C'), a as Thing, c as Thing), [])
  assert.deepEqual(ordered(at('', 'A', 'B', 'C'), c as Thing, a as Thing), [
    'customer: C, customer: B, customer: A',
  ])
  assert.deepEqual(ordered(at('C', 'C', 'A', 'B'), a as Thing, b as Thing, c as Thing), [
    'customer: A, customer: B, customer: C',
  ])
})

test('every number of the contract that files have is a name in them', () => {
  const lost = kinds.flatMap((kind) =>
    [kind.given, kind.patch]
      .flatMap((shape) => numbersIn(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })))
      .filter((place) => kind.fields.includes(place.split('.')[0] ?? '') && !(place in kind.names))
      .map((place) => `${kind.kind} ${place}`),
  )
  assert.deepEqual(lost, [])
})

/** The places of a shape that hold ids. */
function numbersIn(shape: unknown, place = ''): string[] {
  if (typeof shape !== 'object' || shape === null) return []
  const { type, properties = {}, items, anyOf = [], oneOf = [] } = shape as Record<string, object | undefined>
  const under = (step: string) => (place === '' ? step : `${place}.${step}`)
  return [
    ...(/Ids?(\.\*)?$/.test(place) && String(type) === 'integer' ? [place] : []),
    ...Object.entries(properties).flatMap(([step, each]) => numbersIn(each, under(step))),
    ...numbersIn(items, under('*')),
    ...[anyOf, oneOf].flatMap((all) => Object.values(all).flatMap((each) => numbersIn(each, place))),
  ]
}

test('an address with a Japanese long vowel is one, and so is whatever stands here', () => {
  const live = new Map([['Articles', [found(1, 'ja/A', { language: 'ja', slug: 'A' })]]])
  const said = (slug: string) =>
    compare(live, new Map([['Articles', [{ language: 'ja', slug, title: 'x' }]]]), false).problems
  assert.deepEqual([...said('ランナー'), ...said('A')], [])
  assert.equal(said('B').length, 1)
})

test('what cannot be made is said before anything is: no parent, too long an address, one person’s own, half a setting', () => {
  const messages = (kind: string, thing: Thing) =>
    compare(new Map(), new Map([[kind, [thing]]]), false).problems.map(({ place }) => place)
  assert.deepEqual(messages('Categories', { path: 'Goods/Broken' }), ['path'])
  const long = { brand: 'Ember', slug: 'lamps'.repeat(17), names: { en: 'Lamps' } }
  assert.deepEqual(messages('Sections', long), ['brand', 'slug'])
  assert.deepEqual(messages('Views', { name: 'Mine', scope: 'personal', query: '' }), ['scope'])
  assert.ok(messages('Assistant', { name: 'Ada' }).includes('rows'))
})

test('a category around living ones stays put away, the default mailbox stays, and a policy goes', () => {
  const away = { ...found(1, 'Old', { path: 'Old' }), isPutAway: true }
  const box = { address: 'a@b.example' }
  const live: Live = new Map([
    ['Categories', [away, found(2, 'Old/Kept', { path: 'Old/Kept' })]],
    ['Mailboxes', [{ ...found(3, 'a@b.example', box), stays: true }]],
    ['Policies', [found(4, 'customer: A', { kind: 'customer', title: 'A' })]],
  ])
  const wanted = new Map([
    ['Categories', [{ path: 'Old' }, { path: 'Old/Kept' }]],
    ['Mailboxes', []],
    ['Policies', []],
  ])
  const { changes, notes, unnamed } = compare(live, wanted, true)
  assert.deepEqual(
    changes.map(({ key, does }) => [key, does]),
    [['customer: A', 'put_away']],
  )
  assert.deepEqual([notes.map(({ key }) => key), [...unnamed.keys()]], [['Old'], ['Mailboxes']])
})
