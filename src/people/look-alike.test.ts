// Names that are read as the same, and names that are not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { looksAlike } from '#people/look-alike.ts'

test('a name in another alphabet, case, width or spacing looks the same', () => {
  for (const other of [
    'ada berg',
    'ADA BERG',
    'Аdа Веrg',
    'Ada\u200b Berg',
    'Ada  Berg',
    'A.d.a-Berg',
    'Ａｄａ Ｂｅｒｇ',
    'Adä Berg',
    'Ada\u202eBerg',
  ])
    assert.ok(looksAlike('Ada Berg', other), other)
  assert.ok(looksAlike('Bill', 'BiII'))
  assert.ok(looksAlike('Marn', 'Mam'))
})

test('other names do not', () => {
  for (const other of ['Ada Burg', 'Eda Berg', 'Ada', 'Berg Ada', '', '•', '李'])
    assert.ok(!looksAlike('Ada Berg', other), other)
  assert.ok(!looksAlike('', ''))
  assert.ok(!looksAlike('•', '–'))
  assert.ok(!looksAlike('李', '王'))
})
