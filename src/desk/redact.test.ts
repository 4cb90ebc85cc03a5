// What is left of a message without some of its words.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { withoutWords } from '#desk/redact.ts'

const card = '4111 1111 1111 1111'

test('a word is gone from text, HTML and quotation, everything else stays', () => {
  const said = {
    bodyText: `My card is ${card}.`,
    bodyHtml: `<p>My card is <b>${card}</b>.</p>`,
    quotedText: card,
  }
  deepEqual(withoutWords(said, [card]), {
    bodyText: 'My card is █████.',
    bodyHtml: '<p>My card is <b>█████</b>.</p>',
    quotedText: '█████',
  })
})

test('HTML in which a word hides between tags is dropped, and so is one that spells it in entities', () => {
  const hidden = { bodyText: card, bodyHtml: '<p>4111 <i>1111</i> 1111 1111</p>', quotedText: null }
  equal(withoutWords(hidden, [card]).bodyHtml, null)
  const spelled = { bodyText: 'a<b', bodyHtml: '<p>a&lt;b</p>', quotedText: null }
  equal(withoutWords(spelled, ['a<b']).bodyHtml, '<p>█████</p>')
})
