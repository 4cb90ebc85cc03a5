// What asks for nothing, and what only looks like it: when in doubt it asks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksNothing } from '#mail/asks-nothing.ts'
import { parse } from '#mail/parse.ts'

async function asks(text: string, head = ''): Promise<boolean> {
  const parsed = await parse(
    Buffer.from(`From: cy@customer.example\r\nSubject: Re: Lamp\r\n${head}\r\n${text}\r\n`),
  )
  assert.ok(parsed.ok)
  return !asksNothing(parsed.mail, text)
}

test('reactions as programs tell of them, in the order of words of each language, ask for nothing', async () => {
  const told = [
    '❤ Cy reacted via Gmail',
    '👍 Cy Ross reacted to your message:',
    'Cy reacted with 👍',
    '👍 Cy Ross hat über Gmail reagiert',
    'Cy Ross hat mit 👍 auf Ihre Nachricht reagiert',
    '🎉 Cy a réagi via Gmail',
    'Cy heeft met 👍 op je bericht gereageerd',
    'CyさんがGmailで👍とリアクションしました',
    '👍🏽 👍🏽',
    '+1',
  ]
  for (const text of told) assert.equal(await asks(text), false, text)
})

test('people who tell of a reaction, or of none, ask', async () => {
  const told = [
    'The lamp reacted with smoke 😡',
    'Nobody reacted to my message 🙏',
    'Nobody reacted via phone 🙏',
    'Niemand hat auf meine Mail reagiert 😡',
    'Die Lampe reagiert auf nichts 😡',
    'Keine Reaktion auf meine Mail 🙏',
    'Meine Haut hat auf die Salbe reagiert 😢',
    '👎',
    '👍?',
    'Thanks 👍',
  ]
  for (const text of told) assert.equal(await asks(text), true, text)
})
