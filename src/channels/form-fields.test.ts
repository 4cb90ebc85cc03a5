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

/** A form by links' rules (application/x-www-form-urlencoded), with only those bytes escaped that must be, or with all. */
const pairs = (all: boolean, ...parts: readonly (readonly [string, Uint8Array])[]) =>
  Buffer.concat(
    parts.map(([name, bytes]) =>
      Buffer.concat([
        Buffer.from(`${name}=`),
        ...[...bytes].map((byte) => escaped(byte, all)),
        Buffer.from('&'),
      ]),
    ),
  )
const escaped = (byte: number, all: boolean) =>
  byte === 32
    ? Buffer.from('+')
    : all || '%&+'.includes(String.fromCharCode(byte))
      ? Buffer.from(`%${byte.toString(16).padStart(2, '0')}`)
      : Buffer.from([byte])
const links = 'application/x-www-form-urlencoded'

test('a field is what was sent, to the byte, in whatever charset and type of form', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }), (first, second) => {
      fc.pre(![first, second].some((each) => Buffer.from(each).includes('--b')))
      const sent = [
        [form(part('email', first), part('envelope', second)), type],
        [pairs(true, ['email', first], ['envelope', second]), links],
        [pairs(false, ['email', first], ['envelope', second]), links],
      ] as const
      for (const [body, of] of sent) {
        const fields = fieldsOf(body, of)
        assert.deepEqual(fields['email'], Buffer.from(first))
        assert.deepEqual(fields['envelope'], Buffer.from(second))
      }
    }),
  )
})

test('pairs are read as browsers read them, whatever they are, and the first thousand alone', () => {
  const odd = fc.stringMatching(/^[a&=%+0-9A-F]*$/)
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: 'grapheme' })), (text) => {
      fc.pre(text.isWellFormed())
      const read = Object.fromEntries(new URLSearchParams(text.replace(/^\?/, '%3f')))
      const fields = Object.entries(fieldsOf(Buffer.from(text), links))
      assert.deepEqual(Object.fromEntries(fields.map(([name, value]) => [name, value.toString()])), read)
    }),
  )
  const many = Array.from({ length: 3_000 }, (_, n) => `a${n}=b`).join('&')
  assert.equal(Object.keys(fieldsOf(Buffer.from(many), links)).length, 1_000)
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
