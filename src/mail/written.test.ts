// What people write becomes safe HTML; pictures that are part of the message stay, those of other servers wait.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sanitise } from '#mail/sanitise.ts'
import { written } from '#mail/written.ts'

test('a picture of the message stays where it stands', () => {
  assert.equal(sanitise('<img src="cid:a@b">', (id) => `cid:${id}`).html, '<img src="cid:a@b" />')
  assert.equal(sanitise('<img src="cid:a@b">', () => null).html, '')
  assert.match(written('<p>x</p><img src="cid:up-1">', 'html').html ?? '', /src="cid:up-1"/)
})

test('a picture of another server is kept back, and nothing runs', () => {
  const { html, text } = written(
    '<img src="https://x.example/a.gif"><p onclick="x()">a<script>x()</script></p>',
    'html',
  )
  assert.match(html ?? '', /data-remote-src="https:\/\/x\.example\/a\.gif"/)
  assert.doesNotMatch(html ?? '', / src=|onclick|script/)
  assert.equal(text.trim(), 'a')
})
