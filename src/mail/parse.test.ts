import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from '#mail/parse.ts'
import { createParser } from '#mail/parser.ts'
import type { Mail } from '#mail/mail.ts'

async function read(raw: string | Uint8Array): Promise<Mail> {
  const parsed = await parse(typeof raw === 'string' ? Buffer.from(raw) : raw)
  if (!parsed.ok) throw new Error(parsed.detail)
  return parsed.mail
}

const simple =
  'From: "Cy Lang" <Cy@Example.ORG>\r\nTo: support@example.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n'

test('an ordinary mail', async () => {
  const mail = await read(
    `${simple}Message-ID: <1@example.org>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n\r\nHello\r\nthere`,
  )
  deepEqual(mail.from, { email: 'Cy@Example.ORG', name: 'Cy Lang', address: 'Cy@example.org' })
  equal(mail.subject, 'Grüße')
  equal(mail.date, '2026-11-02T09:00:00.000Z')
  equal(mail.text, 'Hello\nthere\n')
  deepEqual(mail.problems, [])
})

test('what is missing or doubled is named, and the mail is read all the same', async () => {
  const mail = await read('To: support@example.com\r\nSubject: a\r\nSubject: b\r\nDate: soon\r\n\r\nHello')
  equal(mail.from, null)
  equal(mail.subject, 'a')
  deepEqual(mail.problems, [
    'no sender',
    'more than one subject header',
    'no message id',
    'an impossible date',
  ])
})

test('a mail without any header is all text', async () => {
  equal((await read('just words\n\nand more')).text, 'just words\n\nand more')
  const empty = await parse(new Uint8Array())
  equal(empty.ok ? '' : empty.reason, 'unparseable')
})

test('raw 8-bit headers are read in the declared or the western character set', async () => {
  const western = await read(
    Buffer.from('From: J\xf6rg <j@example.org>\r\nSubject: Gr\xfc\xdfe\r\n\r\nHi', 'latin1'),
  )
  deepEqual([western.from?.name, western.subject], ['Jörg', 'Grüße'])
  const utf8 = await read('From: Jörg <j@example.org>\r\nSubject: Grüße\r\n\r\nHi')
  deepEqual([utf8.from?.name, utf8.subject], ['Jörg', 'Grüße'])
})

test('UTF-8 labelled as something else is read as UTF-8', async () => {
  const type = 'Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 8bit\r\n'
  equal((await read(`${simple}${type}\r\nGrüße, „Jörg“ – 5 €`)).text, 'Grüße, „Jörg“ – 5 €\n')
})

test('old character sets and labels that the bytes disprove are read, in bodies and in headers', async () => {
  const western = Buffer.from('Grüße aus Köln', 'latin1')
  const mails: readonly (readonly [label: string, bytes: Buffer, text: string])[] = [
    ['utf-7', Buffer.from('Gr+APwA3w-e 1+-1'), 'Grüße 1+1'],
    ['UNICODE-1-1-UTF-7', Buffer.from('+IBM-'), '–'],
    ...(['cp850', 'IBM437', 'x-cp858'] as const).map(
      (label) => [label, Buffer.from([0x47, 0x72, 0x81, 0xe1, 0x65]), 'Grüße'] as const,
    ),
    ['ibm852', Buffer.from([0x50, 0xfd, 0xa1, 0x6c, 0x69, 0xe7]), 'Příliš'],
    ['x-mac-ce', Buffer.from([0x50, 0xde, 0x92, 0x6c, 0x69, 0xe4]), 'Příliš'],
    ['win-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
    ['latin-9', Buffer.from([0xa4]), '€'],
    ['iso-8859-1', Buffer.from([0x93, 0x78, 0x94]), '“x”'],
    ...['utf-8', 'us-ascii', 'unknown-8bit', 'x-unknown', 'x-user-defined', 'base64'].map(
      (label) => [label, western, 'Grüße aus Köln'] as const,
    ),
    ...['iso-8859-1', 'x-unknown', 'utf-16', 'gb2312', 'x-user-defined'].map(
      (label) => [label, Buffer.from('Grüße, „Jörg“ – 5 €'), 'Grüße, „Jörg“ – 5 €'] as const,
    ),
    ['iso-2022-jp', Buffer.from('\x1b$B$3$s\x1b(B'), 'こん'],
    ['iso-2022-jp', Buffer.from('\x1b$B$3$s\x1b(B\xb1\xb2', 'latin1'), 'こん\ufffd\ufffd'],
    ['utf-16le', Buffer.from('你好世', 'utf16le'), '你好世'],
    ['utf-8', Buffer.from('CAFÉ® in Grün für Jörg', 'latin1'), 'CAFÉ® in Grün für Jörg'],
    [
      'utf-8',
      Buffer.concat([Buffer.from('ü \ufffd\ufffd '), Buffer.from([0xfc]), Buffer.from('\nx')]),
      'ü \ufffd\ufffd \ufffd\nx',
    ],
    ['iso-2022-jp', Buffer.from([0xa4, 0xb3, 0xa4, 0xf3]), 'こん'],
    ['iso-2022-jp', Buffer.from([0x82, 0xb1, 0x82, 0xf1]), 'こん'],
    [
      'utf-8',
      Buffer.concat([Buffer.from('Žižka\n'), western, Buffer.from('\n– €')]),
      'Žižka\nGrüße aus Köln\n– €',
    ],
  ]
  for (const [label, bytes, text] of mails) {
    const coded = bytes.toString('base64')
    const type = `Content-Type: text/plain; charset=${label}\r\nContent-Transfer-Encoding: base64\r\n`
    const subject = text.includes('\n') ? '' : `Subject: =?${label}?B?${coded}?=\r\n`
    const mail = await read(`From: a@b.example\r\n${subject}${type}\r\n${coded}`)
    equal(mail.text?.trimEnd(), text, label)
    if (subject !== '') equal(mail.subject, text, `${label}, in a subject`)
  }
  const attached = Buffer.from(
    'From: a@b.example\r\nContent-Type: application/pdf; name="=?cp850?Q?Gr=81=E1e.pdf?="\r\n\r\nx',
  )
  equal((await read(attached)).attachments[0]?.name, 'Grüße.pdf')
  const raw8bit = Buffer.from(
    'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nHi\r\n' +
      '--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment;\r\n filename="Grüße.csv"\r\n\r\nx\r\n--b--\r\n',
    'latin1',
  )
  equal((await read(raw8bit)).attachments[0]?.name, 'Grüße.csv')
  for (const label of ['utf-7', 'utf-16', 'utf-32']) {
    const head = `From: a@b.example\r\nSubject: Grüße+AGE-\r\nContent-Type: text/plain; charset=${label}\r\n\r\nx`
    equal((await read(Buffer.from(head, 'latin1'))).subject, 'Grüße+AGE-', label)
  }
})

test('what only looks like the head of a part is read as the words around it', async () => {
  const words =
    'Grüße\r\n-----Ursprüngliche Nachricht-----\r\nVon: Jörg Müller\r\nAn: Käthe\r\n\r\nHallo\r\n-- \r\nSitz: München\r\n'
  const type = 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
  const within = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${type}${words}\r\n--b--\r\n`
  for (const raw of [`${type}${words}`, within]) {
    const { text } = await read(Buffer.from(`From: a@b.example\r\nSubject: x\r\n${raw}`, 'latin1'))
    equal(text?.trim(), words.replaceAll('\r\n', '\n').trim())
  }
})

test('HTML that names its character set in a meta element alone is read by it', async () => {
  const page = (label: string) =>
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${label}"></head><body>`
  const head = 'From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n'
  const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])
  const eight = Buffer.concat([
    Buffer.from(`${head}\r\n${page('windows-1251')}`),
    cyrillic,
    Buffer.from('</body></html>'),
  ])
  const printable = `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${page('windows-1251').replaceAll('=', '=3D')}=CF=F0=E8=E2=E5=F2</body>`
  const western = Buffer.from(`${head}\r\n${page('iso-8859-1')}Gr\xf6\xdfe</body>`, 'latin1')
  const labelledWrong = Buffer.from(`${head}\r\n${page('iso-8859-1')}Größe</body>`)
  for (const [raw, word] of [
    [eight, 'Привет'],
    [Buffer.from(printable), 'Привет'],
    [western, 'Größe'],
    [labelledWrong, 'Größe'],
  ] as const) {
    const parsed = await parse(raw)
    ok(parsed.ok && parsed.mail.html?.includes(word), word)
  }
})

test('NUL, other controls and lone surrogates never come out', async () => {
  const body = Buffer.from('a\u0000b\u0007c\ud800', 'utf16le')
  const type = 'Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n'
  const mail = await read(
    `From: x\u0000y@example.org\r\nSubject: a\u0000b\r\n${type}\r\n${body.toString('base64')}`,
  )
  equal(mail.text, 'abc\ufffd')
  equal(/\p{Cc}/u.test(mail.subject + mail.from?.email), false)
})

test('flowed text keeps an answer apart from the quotation above it (RFC 3676 §4.5)', async () => {
  const type = 'Content-Type: text/plain; format=flowed\r\n'
  const mail = await read(`${simple}${type}\r\n> Is it \r\n> broken? \r\nYes, it \r\nis.\r\n-- \r\nCy\r\n`)
  equal(mail.text, '> Is it broken? \nYes, it is.\n-- \nCy\n')
})

test('an attached message stays a file, but is the text when there is no other', async () => {
  const inner =
    'Content-Type: message/rfc822\r\n\r\nFrom: ada@example.com\r\nSubject: inner\r\n\r\nInner words'
  const own = 'Content-Type: text/plain\r\n\r\nOuter words'
  const type = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'
  const both = await read(`${simple}${type}--b\r\n${own}\r\n--b\r\n${inner}\r\n--b--\r\n`)
  equal(both.text?.trim(), 'Outer words')
  deepEqual(
    both.attachments.map(({ name, type: kind }) => [name, kind]),
    [['message-1.eml', 'message/rfc822']],
  )
  match((await read(`${simple}${type}--b\r\n${inner}\r\n--b--\r\n`)).text ?? '', /Inner words/)
})

test('a mail in a kind of text that nobody knows is read as plain text (RFC 2046 §4.1.4); a file stays one', async () => {
  const of = (type: string) => read(`${simple}Content-Type: ${type}; charset=utf-8\r\n\r\nGrüße`)
  const enriched = await of('text/enriched')
  deepEqual([enriched.text?.trim(), enriched.attachments.length], ['Grüße', 0])
  equal((await of('text/markdown')).text?.trim(), 'Grüße')
  const table = await of('text/csv')
  deepEqual([table.text, table.attachments.map(({ type }) => type)], [null, ['text/csv']])
})

test('a multipart whose boundary never comes keeps its words', async () => {
  const mail = await read(`${simple}Content-Type: multipart/mixed; boundary=b\r\n\r\nlost words`)
  equal(mail.text, 'lost words')
  match(mail.problems.join(), /could not be told apart/)
})

test('file names lose folders, controls and marks that reorder them', async () => {
  const part = (name: string) =>
    `--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\nx\r\n`
  const names = ['../../etc/passwd', 'C:\\\\tmp\\\\a.png', 'gpj\u202e.exe', '.htaccess', '']
  const type = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n'
  const mail = await read(`${simple}${type}${names.map(part).join('')}--b--`)
  deepEqual(
    mail.attachments.map(({ name }) => name),
    ['passwd', 'a.png', 'gpj.exe', 'htaccess', 'attachment-5.png'],
  )
})

/** Of the processor: what a busy machine takes besides says nothing. */
function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

test('C6: bombs are refused as too large, quickly', async () => {
  const parts = `${simple}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(100_000)}`
  const headers = `${simple}${'X-A: b\r\n'.repeat(200_000)}\r\nHi`
  const nest = (depth: number) =>
    Array.from(
      { length: depth },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    ).join('')
  const before = process.cpuUsage()
  const quoted = parts.replace('boundary=b', 'boundary="b;b"').replaceAll('--b', '--b;b')
  for (const bomb of [parts, quoted, headers, simple + nest(500), simple + nest(5000)]) {
    const parsed = await parse(Buffer.from(bomb))
    equal(parsed.ok ? 'read' : parsed.reason, 'too_large')
  }
  equal(secondsSince(before) < 2, true)
})

test('lines of dashes in a text are not parts', async () => {
  equal((await read(`${simple}\r\n${'--b\r\n'.repeat(5000)}`)).problems.includes('empty'), false)
})

test('more than 1,000 addresses are cut, and that is said', async () => {
  const mail = await read(
    `${simple}Cc: ${Array.from({ length: 3000 }, (_, i) => `a${i}@x.org`).join(',\r\n ')}\r\n\r\nHi`,
  )
  equal(mail.to.length + mail.cc.length < 1001, true)
  match(mail.problems.join(), /more than 1000 addresses/)
})

test('no bytes make it throw, and every text is fit for a database', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary' }),
      async (bytes, subject) => {
        const raw = Buffer.concat([Buffer.from(`Subject: ${subject}\nFrom: ${subject}\n`), bytes])
        const parsed = await parse(raw)
        if (!parsed.ok) return
        const { mail } = parsed
        const texts = [
          mail.subject,
          mail.text ?? '',
          mail.html ?? '',
          mail.from?.name ?? '',
          mail.from?.email ?? '',
        ]
        equal(
          texts.every((text) => text.isWellFormed() && !text.includes('\0')),
          true,
        )
      },
    ),
    { numRuns: 150 },
  )
})

test('threads read one mail after another, and a slow one costs only itself (L44)', async () => {
  const parser = createParser({ timeoutMs: 5000, threads: 1 })
  const subjects = await Promise.all(
    ['a', 'b', 'c'].map(async (subject) => {
      const parsed = await parser.parse(Buffer.from(`From: cy@example.org\r\nSubject: ${subject}\r\n\r\nHi`))
      return parsed.ok ? parsed.mail.subject : parsed.reason
    }),
  )
  await parser.close()
  deepEqual(subjects, ['a', 'b', 'c'])
  const closed = await parser.parse(Buffer.from('x'))
  equal(closed.ok, false)
})

test('a thread that takes too long is ended, and the next mail is read', async () => {
  const parser = createParser({ timeoutMs: 1, threads: 1 })
  const big = Buffer.from(`${simple}\r\n${'word '.repeat(2_000_000)}`)
  const parsed = await parser.parse(big)
  equal(parsed.ok ? 'read' : parsed.reason, 'processing_timeout')
  await parser.close()
})

test('words cut inside a character, opaque signatures apart, and files written into the text', async () => {
  const [left, right] = [Buffer.from('Größe 👍').subarray(0, 9), Buffer.from('Größe 👍').subarray(9)]
  const words = [left, right].map((bytes) => `=?utf-8?B?${bytes?.toString('base64')}?=`).join('\r\n ')
  const parsed = await parse(
    Buffer.from(`From: a@b.example\r\nSubject: ${words}\r\n\r\nHello\n\nbegin 644 a.txt\n#0V%T\n\`\nend\n`),
  )
  equal(parsed.ok && parsed.mail.subject, 'Größe 👍')
  equal(parsed.ok && parsed.mail.text?.trim(), 'Hello')
  equal(parsed.ok && Buffer.from(parsed.mail.attachments[0]?.bytes ?? []).toString(), 'Cat')
})
