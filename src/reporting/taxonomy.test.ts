// The words of a desk's taxonomy, as people make them: what looks alike, what says nothing, what only the pen has made.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  categoryHygiene,
  isOther,
  likenessOfPaths,
  pairKey,
  type CategoryUse,
} from '#reporting/categories.ts'
import { centroidsOf, editDistance, likenessOf, nearness } from '#reporting/likeness.ts'
import { tagHygiene, type TagUse } from '#reporting/tags.ts'
import { scoreOf } from '#reporting/taxonomy-score.ts'

const category = (id: number, path: string, count: number, more: Partial<CategoryUse> = {}): CategoryUse => ({
  id,
  path,
  count,
  archived: false,
  teams: new Map([[1, count]]),
  isUsed: true,
  ...more,
})
const tag = (name: string, count: number, more: Partial<TagUse> = {}): TagUse => ({
  name,
  count,
  isByRules: false,
  isRead: true,
  ...more,
})
const near = (actual: number, wanted: number) =>
  assert.ok(Math.abs(actual - wanted) < 1e-9, `${actual} ${wanted}`)

test('a letter more, less, another, or in the wrong place is one change', () => {
  for (const [one, other, changes] of [
    ['', '', 0],
    ['', 'abc', 3],
    ['refund', 'refunds', 1],
    ['refund', 'rfund', 1],
    ['refund', 'refand', 1],
    ['refund', 'reufnd', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['👍🏽', '👍', 1],
  ] as const) {
    assert.equal(editDistance(one, other), changes, `${one} ${other}`)
    assert.equal(editDistance(other, one), changes, `${other} ${one}`)
  }
})

test('names are alike whatever their case, accents and marks; two numbers are two things', () => {
  near(likenessOf('Refund', 'refunds'), 6 / 7)
  assert.equal(likenessOf('Rücksendung', 'rucksendung'), 1)
  assert.equal(likenessOf('payment-failed', 'Payment failed'), 1)
  assert.equal(likenessOf('firmware-3.2', 'firmware-3.3'), 0)
  assert.ok(likenessOf('late', 'lost') < 0.85)
})

test('a long common branch does not make two leaves alike, nor does one leaf below two branches', () => {
  assert.ok(likenessOfPaths('customer service desk/late', 'customer service desk/lost') < 0.85)
  assert.ok(likenessOfPaths('order/cancel', 'subscription/cancel') < 0.85)
  assert.ok(likenessOfPaths('billing/refund', 'billing/refunds') >= 0.85)
  assert.ok(likenessOfPaths('billing/refund', 'billings/refund') >= 0.85)
  assert.equal(likenessOfPaths('refund', 'billing/refund'), 1)
})

test('four equally common categories are four in effect, and one that has nearly all is one', () => {
  const even = categoryHygiene(
    [1, 2, 3, 4].map((id) => category(id, `c${'abcd'[id]}`, 25)),
    new Map(),
  )
  near(even.entropy, Math.log(4))
  near(even.effective, 4)
  assert.ok(categoryHygiene([category(1, 'a', 999), category(2, 'b', 1)], new Map()).effective < 1.01)
  assert.deepEqual(categoryHygiene([], new Map()).effective, 0)
})

test('a branch is in use while a leaf of it is; archived ones and those of an empty desk are not called unused', () => {
  const all = [
    category(1, 'billing', 0),
    category(2, 'billing/refund', 300),
    category(3, 'billing/gift', 0),
    category(4, 'old', 0, { archived: true }),
    category(5, 'press', 1),
  ]
  const { unused, tail } = categoryHygiene(all, new Map())
  assert.deepEqual([unused, tail], [[3], [5]])
  assert.deepEqual(categoryHygiene([category(1, 'a', 0)], new Map()).unused, [])
})

test('“other” is known in the languages of desks, at the end of a path', () => {
  for (const path of ['Other', 'billing/Sonstiges', 'misc.', 'Autres']) assert.ok(isOther({ path }), path)
  for (const path of ['another', 'other/refund', 'motherboard']) assert.ok(!isOther({ path }), path)
})

test('a category is decoration when nothing asks for it and its tickets go where all go', () => {
  const spread = (n: number) =>
    new Map([
      [1, n / 2],
      [2, n / 2],
    ])
  const all = [
    category(1, 'a', 40, { teams: spread(40), isUsed: false }),
    category(2, 'b', 40, { teams: new Map([[1, 40]]), isUsed: false }),
    category(3, 'c', 400, { teams: spread(400) }),
    category(4, 'd', 8, { teams: spread(8), isUsed: false }),
  ]
  assert.deepEqual(categoryHygiene(all, new Map()).decoration, [1])
})

test('two categories of which people say the same are a pair, whatever they are called', () => {
  const talk = ['where is my parcel', 'the parcel has not come', 'parcel tracking does not move']
  const centroids = centroidsOf(
    new Map([
      [1, talk],
      [2, talk.toReversed()],
      [3, ['the app crashes', 'sign in fails', 'scenes are gone']],
    ]),
  )
  const all = [category(1, 'late', 9), category(2, 'shipment', 9), category(3, 'app', 9)]
  const { pairs } = categoryHygiene(all, centroids)
  assert.deepEqual(
    pairs.map(({ ids, by }) => [ids, by]),
    [[[1, 2], 'words']],
  )
  assert.equal(nearness(new Map(), new Map([['a', 1]])), 0)
})

test('two categories that the classifier takes for one another are a pair, in either order', () => {
  const categories = [
    category(7, 'billing/invoice', 50),
    category(3, 'shop/voucher', 50),
    category(9, 'other', 9),
  ]
  const found = categoryHygiene(categories, new Map(), new Map([[pairKey(3, 7), 0.25]]))
  assert.deepEqual(found.pairs, [{ ids: [7, 3], by: 'confusion', likeness: 0.25 }])
})

test('a tag is implied from 30 tickets of which 95 % have the other too', () => {
  const { implied } = tagHygiene(
    [tag('hub-one', 40), tag('matter', 100), tag('rare', 29), tag('x', 100)],
    [
      { one: 'hub-one', other: 'matter', count: 38 },
      { one: 'rare', other: 'matter', count: 29 },
      { one: 'matter', other: 'x', count: 94 },
    ],
  )
  assert.deepEqual(implied, [{ tag: 'hub-one', with: 'matter', share: 0.95 }])
})

test('a rare tag a letter from a common one is a typo; another version is not, and neither is one of three letters less', () => {
  const { typos } = tagHygiene(
    [
      tag('refund', 200),
      tag('refnud', 10),
      tag('refunt', 11),
      tag('firmware-3.2', 400),
      tag('firmware-3.3', 1),
      tag('Angry', 30),
      tag('angry', 31),
      tag('gone', 0),
    ],
    [],
  )
  assert.deepEqual(typos, [
    { tag: 'refnud', meant: 'refund' },
    { tag: 'Angry', meant: 'angry' },
  ])
})

test('what only rules write and nothing reads is idle', () => {
  const all = [
    tag('a', 3, { isByRules: true, isRead: false }),
    tag('b', 3, { isByRules: true }),
    tag('c', 3, { isRead: false }),
  ]
  assert.deepEqual(tagHygiene(all, []).idle, ['a'])
})

test('a tidy desk has 100 points, the worst none, and the dearest fault stands first', () => {
  const none = { other: 0, unset: 0, churn: 0, near: 0, unused: 0, tail: 0, decoration: 0, split: 0, tags: 0 }
  assert.equal(scoreOf(none).score, 100)
  const all = Object.fromEntries(Object.keys(none).map((key) => [key, 1])) as typeof none
  assert.equal(scoreOf(all).score, 0)
  const { score, penalties } = scoreOf({ ...none, churn: 0.15, other: 0.06 })
  assert.equal(score, 89)
  assert.deepEqual(
    penalties.slice(0, 2).map(({ fault, points }) => [fault, Math.round(points * 10)]),
    [
      ['churn', 75],
      ['other', 40],
    ],
  )
})
