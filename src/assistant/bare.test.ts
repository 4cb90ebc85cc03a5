// People's answers and the assistant's read alike.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareAnswer } from './bare.ts'

const said = 'Send it back within 30 days. We pay for the parcel.'

test('greeting, closing, name, signature and lines are gone, in English and German', () => {
  for (const mail of [
    said,
    `Hello,\n\n${said}\n\nBest wishes, Ada`,
    `Dear Ms Miller,\n\nSend it back within 30 days.\nWe pay for the parcel.\n\nKind regards\nAda Lovelace\nLamps Ltd`,
    `Hi Cy, ${said}\n\nThanks!`,
    `Guten Tag Frau Müller,\n${said}\nMit freundlichen Grüßen\n\nAda`,
    `${said}\n-- \nAda Lovelace\nLamps Ltd`,
  ])
    assert.equal(bareAnswer(mail), said, mail)
})

test('what only looks like a greeting or a closing stays, and nothing is left with nothing', () => {
  for (const text of [
    'Hello is what the label on the box of your lamp says.',
    'Thanks for the picture of your lamp, we send a new one.',
    'Hello, Ada',
    'Thanks!',
  ])
    assert.ok(text.endsWith(bareAnswer(text)) && bareAnswer(text) !== '', text)
  assert.equal(
    bareAnswer('Thanks for the picture. It arrives today.'),
    'Thanks for the picture. It arrives today.',
  )
})
