// A long conversation in its own sentences.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { linesOf } from '#assistant/summary.ts'

const spoken = (...texts: string[]) => texts.map((text, at) => ({ messageId: at + 1, text }))
const signature = 'Lumen & Lark, Harbour Street 5, Bristol, open nine to five'

test('how it began, what came up again and the last question stand in the order in which they were said', () => {
  const lines = linesOf(
    spoken(
      `Hello,\nThe brass floor lamp from order 4711 flickers since Monday.\nThanks`,
      `Please send a photo of the plug and of the dimmer.\n${signature}`,
      'Here they are. The dimmer is a Glow 2 from last year.',
      `A new dimmer for the brass floor lamp leaves on Friday.\n${signature}`,
      'Ok.',
      'The new dimmer came, but the brass lamp still flickers. Can you exchange the whole lamp?',
      `Let me ask the warehouse.\n${signature}`,
    ),
  )
  assert.equal(lines[0]?.sentence, 'The brass floor lamp from order 4711 flickers since Monday.')
  assert.ok(lines.length <= 6 && lines.some(({ isQuestion }) => isQuestion))
  const asked = lines.find(({ isQuestion }) => isQuestion)
  assert.deepEqual([asked?.messageId, asked?.sentence], [6, 'Can you exchange the whole lamp?'])
  assert.deepEqual(
    lines.map(({ messageId }) => messageId),
    lines.map(({ messageId }) => messageId).toSorted((a, b) => a - b),
  )
  assert.ok(lines.every(({ sentence }) => sentence !== signature && sentence !== 'Thanks'))
})

test('every line stands in its message, whatever was said, and no message fills it alone', () => {
  fc.assert(
    fc.property(fc.array(fc.lorem({ mode: 'sentences', maxCount: 12 }), { maxLength: 12 }), (texts) => {
      const lines = linesOf(spoken(...texts))
      for (const { messageId, sentence } of lines)
        assert.ok(texts[messageId - 1]?.includes(sentence.replace(/ …$/, '')))
      for (const [, own] of Map.groupBy(lines, ({ messageId }) => messageId)) assert.ok(own.length <= 2)
    }),
  )
  assert.deepEqual(linesOf([]), [])
})
