// Sentences of what is shared by the desks that are read from their databases.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressWith, fitsMake } from '#imports/kinds.ts'
import { filledAs } from '#imports/placeholders.ts'
import { withoutFile } from '#imports/placed-files.ts'
import { prefixIn, zoneIn } from '#imports/old-store.ts'
import { begunAt, entryIn, withPictures } from '#imports/read-values.ts'
import { bytesIn } from '#imports/rt/content.ts'
import { Fault } from '#kit/fault.ts'
import { instant } from '#kit/time.ts'

test('an address says what nothing in a database tells', () => {
  const where = (database: string) => ({ database, files: null, isLocal: false })
  const address = addressWith('mysql://a:b%40@h/d?sslmode=require', { zone: 'Europe/Berlin', prefix: '' })
  assert.equal(address, 'mysql://a:b%40@h/d?sslmode=require&zone=Europe%2FBerlin&prefix=')
  assert.equal(zoneIn(where(address)), 'Europe/Berlin')
  assert.equal(prefixIn(where(address), 'ost_'), '')
  assert.equal(prefixIn(where('mysql://h/d'), 'ost_'), 'ost_')
  assert.throws(() => prefixIn(where(`mysql://h/d?prefix=${encodeURIComponent('"; drop')}`), ''), Fault)
  assert.throws(() => zoneIn(where('mysql://h/d')), /in which time zone/)
  assert.equal(fitsMake('osticket', 'mysql://h/d'), true)
  assert.equal(fitsMake('osticket', 'postgres://h/d'), false)
  assert.equal(fitsMake('rt', 'mariadb://h/d'), true)
  assert.equal(fitsMake('rt', 'file:///etc/passwd'), false)
})

test('nothing that is left of a placeholder reaches anybody as it stands', () => {
  const braces = (text: string) => filledAs(text, 'braces', { name: 'requester.name' }).text
  assert.equal(braces('{{ Name }} {{constructor}}'), '{{requester.name}} {{old.constructor}}')
  for (const text of ['{{ {{name}} }}', '{{ <b>name</b', '{% if {x} %}', '{{a{b}}'])
    assert.doesNotMatch(braces(text).replaceAll(/\{\{[\w.]+\}\}/g, ''), /\{[{%]/, text)
  assert.equal(filledAs('#{<', 'hash', {}).text, '{{old.value}}<')
  assert.deepEqual(filledAs('50 %{', 'percent', {}).unknown, ['%{'])
})

test('a picture that could not be had is a link to where it was, or left out', () => {
  const html = '<p><img alt="a" src="cid:1"><a href="cid:1">x</a></p>'
  assert.equal(
    withoutFile(html, '1', 'https://h.example/?a=1&b="'),
    '<p><a href="https://h.example/?a=1&amp;b=&quot;">a</a><a href="https://h.example/?a=1&amp;b=&quot;">x</a></p>',
  )
  assert.equal(withoutFile(html, '1', null), '<p><a href="">x</a></p>')
})

test('a picture is called by its file where its address is known, and left alone elsewhere', () => {
  const html = `<p>"src='x'"</p><img alt=a src="/f?id=1&amp;t=2"><IMG SRC='/f?id=3'><img src="https://else.example/y">`
  const shown = withPictures(html, (address) => /id=(\d)/.exec(address)?.[1] ?? null)
  assert.equal(
    shown,
    `<p>"src='x'"</p><img alt=a src="cid:1"><IMG SRC="cid:3"><img src="https://else.example/y">`,
  )
})

test('what is kept in letters is read as bytes; what lies elsewhere is said', () => {
  assert.equal(bytesIn(Buffer.from('w6Q='), 'base64').toString(), 'ä')
  assert.equal(bytesIn('a=C3=A4=\r\nb=3D', 'quoted-printable').toString(), 'aäb=')
  assert.equal(bytesIn('plain =41', 'none').toString(), 'plain =41')
  assert.equal(bytesIn('plain', null).toString(), 'plain')
  assert.throws(() => bytesIn('ab', 'external'), /outside of the database/)
  assert.throws(() => bytesIn('ab', 'rot13'), /nobody knows/)
})

test('a ticket begins with the first moment that can be read, and not at all without one', () => {
  assert.equal(begunAt([null, instant(5e12)]), instant(5e12))
  assert.throws(() => begunAt([null]), Fault)
  assert.deepEqual(entryIn('{"a":1}'), { a: 1 })
  assert.deepEqual(entryIn('"{\\"a\\":1}"'), { a: 1 })
  assert.deepEqual(entryIn('a:1:{i:0;s:1:"x";}'), {})
})
