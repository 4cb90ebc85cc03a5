// Large files are read as the MIME reader reads them, only without its cost.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import { lighten } from '#mail/large-parts.ts'
import { declaredBoundaries } from '#mail/limits.ts'
import { parse } from '#mail/parse.ts'

const line = (text: string, size: number) => text.repeat(Math.ceil(size / text.length)).slice(0, size)
const SIZE = 400_000
const bodies: Readonly<Record<string, string>> = {
  base64: line(`${'QUJDRGVm'.repeat(9)}\r\n`, SIZE),
  'base64 with padding': `${line(`${'QUJDRGVm'.repeat(9)}\r\n`, 74 * 5_000)}QUI=`,
  '8bit': line('short lines\r\n\r\nand \xff\xfe bytes\r\n', SIZE),
  '7bit': line('.begins with a dot\r\n--no boundary\r\n', SIZE),
  binary: line('\0\x01\x02\n\r\r\n', SIZE),
}

const part = (encoding: string, body: string, type = 'application/zip; name=a.zip') =>
  `--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n` +
  `Content-Disposition: attachment;\r\n filename="a.zip"\r\n\r\n${body}\r\n`
const mailOf = (...parts: readonly string[]) =>
  Buffer.from(
    `From: cy@customer.example\r\nSubject: Files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n` +
      `--b\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n${parts.join('')}--b--\r\n`,
    'latin1',
  )

async function filesOf(raw: Buffer): Promise<{ ours: readonly Buffer[]; readers: readonly Buffer[] }> {
  const parsed = await parse(raw)
  assert.ok(parsed.ok)
  assert.match(parsed.mail.text ?? '', /^Here they are\./)
  const { attachments } = await PostalMime.parse(raw, { forceRfc822Attachments: true })
  return {
    ours: parsed.mail.attachments.map(({ bytes }) => Buffer.from(bytes)),
    readers: attachments.map(({ content }) => Buffer.from(content as ArrayBuffer)),
  }
}

for (const [name, body] of Object.entries(bodies))
  test(`L1: a large file in ${name} is taken out, and comes back to the byte`, async () => {
    const raw = mailOf(part(name.split(' ')[0] ?? '', body))
    assert.ok(lighten(raw).raw.length < 2_000, 'what is read line by line is small')
    const { ours, readers } = await filesOf(raw)
    assert.equal(ours.length, 1)
    assert.ok(ours[0]?.equals(readers[0] ?? Buffer.alloc(0)))
  })

test('L1: several files, small ones between them, each keep their own bytes', async () => {
  const { base64 = '', '8bit': plain = '' } = bodies
  const { ours, readers } = await filesOf(
    mailOf(part('base64', base64), part('base64', 'c21hbGw='), part('8bit', plain)),
  )
  assert.deepEqual(
    ours.map((each, index) => each.equals(readers[index] ?? Buffer.alloc(0))),
    [true, true, true],
  )
})

test('L1: a message that is attached as it came keeps its large files as they came', async () => {
  const inner =
    'From: ada@other.example\r\nSubject: Inner\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n' +
    `${part('base64', bodies['base64'] ?? '').replace('--b', '--inner')}--inner--`
  const raw = mailOf(`--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n`)
  assert.ok(lighten(raw).taken.length === 1)
  const { ours, readers } = await filesOf(raw)
  assert.ok(ours[0]?.equals(readers[0] ?? Buffer.alloc(0)))
})

test('L1: a mark that its sender puts into many files does not multiply the large one', async () => {
  const { base64 = '' } = bodies
  const stand = lighten(mailOf(part('base64', base64))).taken[0]?.standIn ?? assert.fail()
  const blank = 'A'.repeat(stand.length)
  const planted = mailOf(part('base64', base64), part('base64', blank).repeat(50))
  // The mark is made of the mail's first bytes and its length, which planting it leaves as they are.
  const mark = lighten(planted).taken[0]?.standIn ?? assert.fail()
  const parsed = await parse(Buffer.from(planted.toString('latin1').replaceAll(blank, mark), 'latin1'))
  assert.ok(parsed.ok)
  const sizes = parsed.mail.attachments.map(({ bytes }) => bytes.length)
  assert.deepEqual([sizes.length, sizes.filter((size) => size > 100_000).length], [51, 1])
})

test('L1: many empty lines in a large file cost no more than others', () => {
  const file = (end: string) => {
    const head = 'Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    const body = `--b\r\n${head}QUJD${'\n'.repeat(400_000)}${end}\r\n--b--\r\n`
    return Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`)
  }
  const beganAt = performance.now()
  assert.equal(lighten(file('QUJD')).taken.length, 1)
  assert.equal(lighten(file('QUJD=')).taken.length, 1)
  assert.equal(lighten(file('!')).taken.length, 0)
  assert.ok(performance.now() - beganAt < 5_000)
})

test('L1: what no decoder reads like another is left to the reader, and text is never taken out', () => {
  const odd = [
    part('base64', `QUI=${bodies['base64']}`),
    part('base64', `QUI-${bodies['base64']}`),
    part('quoted-printable', bodies['7bit'] ?? ''),
    part('8bit', bodies['8bit'] ?? '', 'text/plain; name=a.txt'),
    part('base64', bodies['base64'] ?? '', 'application/ms-tnef; name=winmail.dat'),
  ]
  for (const each of odd) assert.equal(lighten(mailOf(each)).taken.length, 0)
})

test('L1: more text than a thread has time for is held as too large, at once', async () => {
  const raw = Buffer.concat([
    Buffer.from('From: cy@customer.example\r\nSubject: Long\r\n\r\n'),
    Buffer.alloc(12_000_000, 'a line\r\n'),
  ])
  const startedAt = performance.now()
  const parsed = await parse(raw)
  assert.deepEqual([parsed.ok, parsed.ok ? null : parsed.reason], [false, 'too_large'])
  assert.ok(performance.now() - startedAt < 2_000)
})

test('a boundary is found wherever it is declared in a large mail', () => {
  const border = 1024 * 1024
  for (const before of [0, border - 30, border - 9, border - 1, border, 2 * border - 12]) {
    const mail = Buffer.from(`${'x'.repeat(before)}\r\nContent-Type: multipart/mixed; boundary="a-b c"\r\n`)
    assert.deepEqual(declaredBoundaries(mail, 10), new Set(['a-b c']), String(before))
  }
  assert.equal(declaredBoundaries(Buffer.from('boundary=a boundary=b;boundary=c'.repeat(9)), 0), null)
})
