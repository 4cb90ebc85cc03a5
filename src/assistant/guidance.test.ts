// Which guidance holds for a ticket, and which was followed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterMerges, saysOf, standardConfig } from '#assistant/config.ts'
import { contradictionIn, followedOf, guidanceFor, type Guidance } from '#assistant/guidance.ts'

const row = (key: string, more: Partial<Guidance> = {}): Guidance => ({
  key,
  text: `Say ${key}.`,
  brandId: null,
  channel: null,
  categoryId: null,
  ownerId: null,
  reviewBy: null,
  ...more,
})

test('what holds for a brand, a channel or a category holds there alone, and twelve are told at most', () => {
  const all = [
    row('all'),
    row('brand', { brandId: 2 }),
    row('mail', { channel: 'email' }),
    row('back', { categoryId: 5 }),
  ]
  const keys = (place: Parameters<typeof guidanceFor>[1]) => guidanceFor(all, place).map(({ key }) => key)
  assert.deepEqual(keys({ brandId: 1, channel: 'chat', categoryId: null }), ['all'])
  assert.deepEqual(keys({ brandId: 2, channel: 'email', categoryId: 5 }), ['all', 'brand', 'mail', 'back'])
  const many = Array.from({ length: 30 }, (_, at) => row(`k${at}`))
  assert.equal(guidanceFor(many, { brandId: 1, channel: 'email', categoryId: null }).length, 12)
})

test('followed is what was told, once, whatever numbers come back', () => {
  const told = [row('a'), row('b')]
  assert.deepEqual(followedOf(told, [2, 2, 1, 0, -1, 3, 1.5]), ['b', 'a'])
})

test('after merges what was said of a category holds for the one that has its tickets, and high stakes stay high', () => {
  const config = {
    ...standardConfig,
    highStakes: [5, 9],
    guidance: [row('back', { categoryId: 5 }), row('all')],
  }
  const today = afterMerges(config, { 5: 6, 6: 7 })
  assert.deepEqual(today.highStakes, [5, 9, 7])
  assert.deepEqual(
    today.guidance?.map(({ categoryId }) => categoryId),
    [7, null],
  )
  // A circle, which nothing writes, ends.
  assert.ok(afterMerges(config, { 5: 6, 6: 5 }).highStakes.includes(5))
  assert.ok(saysOf(config, 'category', 9) && !saysOf(config, 'category', 7))
})

test('two sentences that would be told for one ticket and say opposite things are found; for two matters or two categories they are not', () => {
  const said = (...texts: string[]) => texts.map((text, at) => row(String(at), { text }))
  for (const [one, other] of [
    ['Always offer a refund for broken lamps.', 'Never offer a refund for broken lamps.'],
    ['Bieten Sie bei defekten Lampen immer Ersatz an.', 'Bieten Sie bei defekten Lampen keinen Ersatz an.'],
    ['Say that parcels take three days.', 'Say that parcels take 5 days.'],
  ] as const)
    assert.deepEqual(contradictionIn(said('Be short.', one, other)), [2, 1], one)
  for (const [one, other] of [
    ['Always offer a refund for broken lamps.', 'Never name a colleague.'],
    ['Say that parcels take three days.', 'Say that a refund takes 5 days at the bank.'],
    ['Be short.', 'Be friendly.'],
  ] as const)
    assert.equal(contradictionIn(said(one, other)), null, one)
  const [first, second] = said('Always offer a refund.', 'Never offer a refund.') as [Guidance, Guidance]
  assert.equal(
    contradictionIn([
      { ...first, categoryId: 1 },
      { ...second, categoryId: 2 },
    ]),
    null,
  )
  assert.notEqual(contradictionIn([{ ...first, categoryId: 1 }, second]), null)
})
