// Which pictures cleaned HTML shows: every other one is listed as a file.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { picturesIn } from '#mail/attachments.ts'

test('a picture that is hidden, or stands in what is, is not shown; what comes after it is', () => {
  const [a, b] = ['<img src="cid:a">', '<img src="cid:b&amp;c" alt="x">']
  assert.deepEqual(picturesIn(`<p>${a}<br>${b}</p>`), ['a', 'b&c'])
  assert.deepEqual(picturesIn(`<img style="display:none" src="cid:a">${b}`), ['b&c'])
  assert.deepEqual(picturesIn(`<div style="color:red;display: none"><div><br>${a}</div>${a}</div>${b}`), [
    'b&c',
  ])
  assert.deepEqual(picturesIn(`<p><span style="display:none">x</span>${a}</p>`), ['a'])
  assert.deepEqual(picturesIn(`<div style="display:none">${a}`), [])
  assert.deepEqual(picturesIn(`<div style="display:none">${a}</p></div>${b}`), ['b&c'])
})
