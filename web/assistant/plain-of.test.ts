// What a model is given of an agent's words: nothing of them gets lost on the way there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainOf } from './plain-of.ts'

test('paragraphs stay apart, items are lines, and a link says where it leads', () => {
  const html =
    '<p>Hello Cy,<br>see <a href="https://lamp.example/pay">here</a>.</p><ul><li><p>one</p></li><li><p>two &amp; three</p></li></ul><p>Bo</p>'
  assert.deepEqual(plainOf(html), {
    text: 'Hello Cy,\nsee here (https://lamp.example/pay).\n\n- one\n- two & three\n\nBo',
    hasPicture: false,
    hasFormat: true,
  })
  assert.deepEqual(plainOf('<p>Plain</p>'), { text: 'Plain', hasPicture: false, hasFormat: false })
  assert.equal(plainOf('<p><img src="cid:up-1" alt="x"></p>').hasPicture, true)
})
