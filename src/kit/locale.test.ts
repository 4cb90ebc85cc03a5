import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localeOf, writable } from '#kit/locale.ts'

test('a language tag is read as it is usually written, and what is none stops nobody', () => {
  assert.equal(localeOf('pt_br'), 'pt-BR')
  assert.equal(localeOf('de'), 'de')
  for (const none of ['', 'x', 'english please', '-', '12']) {
    assert.equal(localeOf(none), null, none)
    assert.equal(new Intl.NumberFormat(writable(none)).format(1), '1')
  }
})
