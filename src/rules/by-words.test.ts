// Rules found by the words that they ask for: none that holds is ever left out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { byWords } from '#rules/by-words.ts'
import { noCalendars } from '#rules/calendar.ts'
import type { Cond } from '#rules/condition.ts'
import { emptyDirectory } from '#rules/directory.ts'
import { holds } from '#rules/evaluate.ts'
import { rule } from '#rules/sentences.ts'
import { noContent, type Scene } from '#rules/scene.ts'
import { monday, opened, story } from '#tickets/sentences.ts'

const { now } = story(opened())

function saying(subject: string): Scene {
  const content = { ...noContent, subject }
  const [directory, calendars] = [emptyDirectory, noCalendars]
  return {
    before: null,
    now,
    at: monday,
    zone: 'UTC',
    update: null,
    content,
    directory,
    calendars,
    reader: null,
  }
}

const asking = (id: number, cond: Cond) => rule(id, { if: cond, do: [] })

test('of many rules that ask for words only those are left that may hold', () => {
  const has = (value: string): Cond => ({ field: 'subject', op: 'contains_word', value })
  const among = byWords(
    [
      asking(1, has('invoice')),
      asking(2, has('refund')),
      asking(3, { all: [{ field: 'status', op: 'is', value: 'new' }, has('refunds')] }),
      asking(4, { not: has('refund') }),
      asking(5, { any: [has('invoice'), has('order')] }),
      asking(6, { any: [has('invoice'), { field: 'status', op: 'is', value: 'new' }] }),
    ],
    emptyDirectory,
  )
  const ids = among(saying('My refund?')).map(({ rule: { id } }) => id)
  assert.deepEqual(ids.toSorted(), [2, 3, 4, 6])
})

test('no rule that holds is left out', () => {
  const word = fc.constantFrom('invoice', 'refunds', 'part-7', 'part', '7', 'Müller', '山田', 'a', '', '…')
  const leaf: fc.Arbitrary<Cond> = fc.record({
    field: fc.constantFrom('subject', 'text', 'requester.email', 'status', 'nothing'),
    op: fc.constantFrom('contains_word', 'contains_phrase', 'is', 'empty'),
    value: fc.oneof(
      word,
      fc.tuple(word, word).map((both) => both.join(' ')),
      fc.array(word),
    ),
  })
  const { cond } = fc.letrec<{ cond: Cond }>((tie) => ({
    cond: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.record({ not: tie('cond') }),
      fc.record({ all: fc.array(tie('cond'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('cond'), { maxLength: 3 }) }),
    ),
  }))
  const subject = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(fc.array(cond, { maxLength: 8 }), subject, (conds, said) => {
      const rules = conds.map((each, index) => asking(index, each))
      const scene = saying(said)
      const left = byWords(rules, emptyDirectory)(scene)
      for (const ready of rules) assert(left.includes(ready) || !holds(ready.rule.if, scene))
    }),
  )
})
