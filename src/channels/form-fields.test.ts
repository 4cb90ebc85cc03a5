import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldsOf, textOf } from '#channels/form-fields.ts'

const part = (name: string, bytes: Uint8Array | string) =>
  Buffer.concat([
    Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ])
const form = (...parts: readonly Buffer[]) => Buffer.concat([...parts, Buffer.from('--b--\r\n')])
const type = 'multipart/form-data; boundary=b'

test('a field is what was sent, to the byte, in whatever charset', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }), (first, second) => {
      fc.pre(![first, second].some((each) => Buffer.from(each).includes('--b')))
      const fields = fieldsOf(form(part('email', first), part('envelope', second)), type)
      assert.deepEqual(fields['email'], Buffer.from(first))
      assert.deepEqual(fields['envelope'], Buffer.from(second))
    }),
  )
})

test('what fetch makes of a form is read as it reads it itself', async () => {
  const filled = new FormData()
  filled.append('subject', 'Grüße\n--b and\r\n--c')
  filled.append('empty', '')
  filled.append('email', new File(['Subject: x\r\n\r\n'], 'mail.eml'))
  const sent = new Response(filled)
  const fields = fieldsOf(Buffer.from(await sent.arrayBuffer()), sent.headers.get('content-type') ?? '')
  assert.equal(textOf(fields, 'subject'), 'Grüße\r\n--b and\r\n--c')
  assert.equal(textOf(fields, 'empty'), '')
  assert.equal(textOf(fields, 'email'), 'Subject: x\r\n\r\n')
})

test('a boundary counts at the start of a line alone; a preamble, padding and quotes are borne', () => {
  const body = form(
    Buffer.from('preamble --b\r\n'),
    part('a', '--b\r\nx--b--y\r\n--bc'),
    part('__proto__', 'x'),
  )
  assert.equal(textOf(fieldsOf(body, 'multipart/form-data; charset=utf-8; boundary="b"'), 'a'), '')
  const plain = form(Buffer.from('preamble --b\r\n'), part('a', 'x--b--y\r\n--bc'), part('__proto__', 'z'))
  const fields = fieldsOf(plain, 'multipart/form-data; charset=utf-8; boundary="b"')
  assert.equal(textOf(fields, 'a'), 'x--b--y\r\n--bc')
  assert.equal(textOf(fields, '__proto__'), 'z')
  const padded = Buffer.from(plain.toString().replaceAll('--b\r\n', '--b \t\r\n'))
  assert.equal(textOf(fieldsOf(padded, type), 'a'), 'x--b--y\r\n--bc')
})

test('what is cut off, or is no form, has no field', () => {
  const whole = form(part('a', 'x'))
  for (let end = 0; end < whole.length - 6; end++)
    assert.deepEqual(Object.keys(fieldsOf(whole.subarray(0, end), type)), [])
  for (const other of ['multipart/form-data', 'multipart/form-data; boundary=""'])
    assert.deepEqual(Object.keys(fieldsOf(whole, other)), [])
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void fieldsOf(Buffer.from(bytes), type)))
})
