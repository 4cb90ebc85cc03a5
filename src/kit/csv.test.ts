import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from '#kit/csv.ts'

test('a line is what RFC 4180 says', () => {
  assert.equal(csvLine(['a', 'b,c', 'd "e"', 'f\ng', null, true, 3]), 'a,"b,c","d ""e""","f\ng",,true,3\r\n')
})

test('text that a spreadsheet would run is text; numbers stay numbers', () => {
  for (const text of ['=1', '+1', '-1', '@a', '  =1', '\t=1', '＝1', ' @a'])
    assert.match(csvLine([text]), /^"?'/, text)
  assert.equal(csvLine([-1]), '-1\r\n')
  assert.equal(csvLine(['a=1']), 'a=1\r\n')
})
