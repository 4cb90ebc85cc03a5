import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesBehind } from '#imports/text-lines.ts'

/** A file that comes in pieces of some bytes. */
const opened = (text: string, bytes: number) =>
  async function* () {
    const all = Buffer.from(text)
    for (let start = 0; start < all.length; start += bytes) yield all.subarray(start, start + bytes)
  }

test('lines end at line feeds alone, wherever the file is cut into pieces', async () => {
  const text = '{"a":"x\u2028y\u2029z"}\r\n\n{"b":"ä€😀"}\n{"c":1'
  for (const bytes of [1, 3, 7, 1_000]) {
    const lines = await Array.fromAsync(linesBehind(opened(text, bytes), 0))
    assert.deepEqual(
      lines.map(({ at, text: each }) => [at, each.trim()]),
      [
        [1, '{"a":"x\u2028y\u2029z"}'],
        [3, '{"b":"ä€😀"}'],
        [4, '{"c":1'],
      ],
    )
    assert.deepEqual(await Array.fromAsync(linesBehind(opened(text, bytes), 3)), [{ at: 4, text: '{"c":1' }])
  }
})
