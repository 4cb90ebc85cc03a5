// winmail.dat is unpacked, and whatever its bytes say, reading it ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from '#mail/parse.ts'
import { readTnef } from '#mail/tnef.ts'

const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
const attribute = (level: number, id: number, data: Buffer) =>
  Buffer.concat([Buffer.of(level), u32(id), u32(data.length), data, u16(0)])
const padded = (data: Buffer) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
const variable = (type: number, id: number, data: Buffer) =>
  Buffer.concat([u16(type), u16(id), u32(1), u32(data.length), padded(data)])
const properties = (...each: Buffer[]) => Buffer.concat([u32(each.length), ...each])

const packed = Buffer.concat([
  u32(0x223e9f78),
  u16(1),
  attribute(
    1,
    0x00069003,
    properties(
      Buffer.concat([u16(3), u16(0x8001), Buffer.alloc(16), u32(0), u32(7), u32(42)]),
      variable(0x1f, 0x1000, Buffer.from('Grüße aus Outlook\0', 'utf16le')),
    ),
  ),
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(2, 0x00018010, Buffer.from('RECHNU~1.PDF\0')),
  attribute(2, 0x0006800f, Buffer.from('%PDF-1.4 the file')),
  attribute(
    2,
    0x00069005,
    properties(
      variable(0x1f, 0x3707, Buffer.from('Rechnung März.pdf\0', 'utf16le')),
      variable(0x1e, 0x370e, Buffer.from('application/pdf\0')),
    ),
  ),
])

test('files have their long names and types, the text its letters', () => {
  const found = readTnef(packed)
  assert.equal(found?.text, 'Grüße aus Outlook')
  assert.deepEqual(
    found?.files.map(({ name, type, bytes }) => [name, type, Buffer.from(bytes).toString()]),
    [['Rechnung März.pdf', 'application/pdf', '%PDF-1.4 the file']],
  )
})

test('a mail with winmail.dat shows what was in it', async () => {
  const raw = `From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=winmail.dat\r\n\r\n${packed.toString('base64')}\r\n--b--\r\n`
  const parsed = await parse(Buffer.from(raw))
  assert.ok(parsed.ok)
  assert.equal(parsed.mail.text, 'Grüße aus Outlook')
  assert.deepEqual(
    parsed.mail.attachments.map(({ name, type }) => [name, type]),
    [['Rechnung März.pdf', 'application/pdf']],
  )
})

test('cut, changed and random bytes are read to an end', () => {
  for (let length = 0; length < packed.length; length++) readTnef(packed.subarray(0, length))
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, value) => {
      const changed = Buffer.from(packed)
      changed[at] = value
      readTnef(changed)
    }),
    { numRuns: 2_000 },
  )
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      (bytes) => void readTnef(Buffer.concat([u32(0x223e9f78), bytes])),
    ),
  )
})
