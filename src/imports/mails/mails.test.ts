// Boxes of strangers: where a mail ends, whose it is, and which of them are one conversation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mailsIn, momentInLine, unpacked } from '#imports/mails/mbox.ts'
import { mailMap } from '#imports/mails/map.ts'
import { readLetter, type Ours } from '#imports/mails/read-letter.ts'
import { conversationsOf, noted, type Noted } from '#imports/mails/threads.ts'
import { Fault } from '#kit/fault.ts'
import { instant } from '#kit/time.ts'
import { parse } from '#mail/parse.ts'

const FIRST = 'From cy@customer.example Mon May  6 10:00:00 2024'

async function cut(content: string, size = 1_000_000, most = 50_000_000) {
  const all = Buffer.from(content, 'latin1')
  const chunks = async function* () {
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
  }
  const found = []
  for await (const each of mailsIn(chunks(), most)) {
    if (each.bytes !== null) assert.deepEqual(each.bytes, all.subarray(each.start, each.end))
    found.push(each.bytes === null ? null : unpacked(each.bytes).raw.toString('latin1'))
  }
  return found
}

test('mails end where the next begins, whatever their words, line ends and lengths say', async () => {
  const first =
    'Subject: a\nContent-Length: 3\n\nFrom me to you.\n\nFrom here on: 2024\n>From the top\n>>From x\n'
  const second = 'Subject: b\n\nFrom our side 10:00 2024\nit is no header\n'
  for (const size of [1, 7, 1_000_000]) {
    const [one, two, ...more] = await cut(`\n${FIRST}\n${first}\n${FIRST}\n${second}`, size)
    assert.equal(one, `${first.replace('>From the', 'From the').replace('>>From', '>From')}\n`)
    assert.equal(two, second)
    assert.deepEqual(more, [])
  }
  const lines = `${FIRST}\r\nSubject: a\r\n\r\nA\r\n\r\nFrom - Tue May 07 11:00:00 2024\r\nSubject: b\r\n\r\nB\r\n`
  assert.equal((await cut(lines, 5)).length, 2)
  // Programs that write no date are taken at their first line.
  assert.equal((await cut('From a\nSubject: a\n\nA\n\nFrom b\nSubject: b\n\nB\n')).length, 2)
  await assert.rejects(
    cut('Subject: none\n\nText'),
    (error) => error instanceof Fault && error.code === 'MBOX',
  )
  assert.deepEqual(await cut(''), [])
})

test('a mail that is too large costs itself, not the ones beside it', async () => {
  const mails = [`Subject: a\n\nA\n`, `Subject: b\n\n${'b\n'.repeat(20_000)}`, 'Subject: c\n\nC\n']
  const box = mails.map((each) => `${FIRST}\n${each}\n`).join('')
  const found = await cut(box, 4_096, 30_000)
  assert.deepEqual(
    [found[0]?.slice(0, 10), found[1], found[2]?.slice(0, 10)],
    ['Subject: a', null, 'Subject: c'],
  )
})

test('what is packed comes out as it was', async () => {
  const line = fc.constantFrom('', 'From x', '>From y', '>>From z', 'text', 'From a 10:00 2024', 'Key: value')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(line)), fc.integer({ min: 1, max: 90 }), async (bodies, size) => {
      const mails = bodies.map((lines) => `Subject: s\n\n${lines.map((each) => `${each}\n`).join('')}`)
      const packed = mails.map((each) => `${FIRST}\n${each.replace(/^(>*From )/gm, '>$1')}\n`)
      assert.deepEqual(
        await cut(packed.join(''), size),
        mails.map((each) => `${each}\n`),
      )
    }),
    { numRuns: 60 },
  )
})

test('the moment of a first line is found where programs write it', () => {
  for (const [line, at] of [
    [FIRST, '2024-05-06T10:00:00.000Z'],
    ['From 1798@xxx Mon May 06 10:00:00 +0200 2024', '2024-05-06T08:00:00.000Z'],
    ['From - Mon May  6 10:00:00 2024', '2024-05-06T10:00:00.000Z'],
    ['From MAILER-DAEMON', null],
  ] as const)
    assert.equal(momentInLine(line), at, line)
})

const ours: Ours = { mailboxes: new Set(['help@desk.example']), agents: new Set(['ada@desk.example']) }
const now = instant(Date.parse('2026-03-02T09:00:00Z'))

async function letter(headers: string, { folder = 'INBOX', flags = '', text = 'Words' } = {}) {
  const parsed = await parse(Buffer.from(`${headers}\n\n${text}\n`))
  assert.ok(parsed.ok)
  return readLetter(parsed.mail, { cameAt: null, folder, flags }, ours, now)
}

test('whose a mail is, and when it was written', async () => {
  const day = 'Date: Mon, 6 May 2024 10:00:00 +0000'
  const side = async (from: string) => {
    const read = await letter(`From: ${from}\nTo: cy@customer.example\n${day}`)
    return 'side' in read ? read.side : read.aside
  }
  assert.deepEqual(
    [
      await side('Help+x7@desk.example'),
      await side('Ada <ADA@desk.example>'),
      await side('cy@customer.example'),
    ],
    ['mailbox', 'agent', 'customer'],
  )
  const mended = await letter(
    'From: cy@customer.example\nDate: Thu, 1 Jan 1970 00:00:00 +0000\nReceived: by x; Mon, 6 May 2024 10:00:00 +0200 (CEST)',
  )
  assert.ok('at' in mended)
  assert.deepEqual([mended.at, mended.isDateMended], ['2024-05-06T08:00:00.000Z', true])
  const form = await letter(
    `From: help@desk.example\nTo: help@desk.example\nReply-To: Cy <cy@customer.example>\n${day}`,
  )
  assert.ok('author' in form && form.author.email === 'cy@customer.example')
})

test('what is no conversation is set aside with its reason', async () => {
  const from = 'From: cy@customer.example\nDate: Mon, 6 May 2024 10:00:00 +0000'
  for (const [headers, box, reason] of [
    [from, { folder: 'Archive.Trash' }, 'it was deleted there'],
    [from, { flags: 'ST' }, 'it was deleted there'],
    [`${from}\nX-Mozilla-Status: 0009`, {}, 'it was deleted there'],
    [`${from}\nX-Gmail-Labels: Opened,Spam`, {}, 'spam there'],
    [
      `${from}\nX-Gmail-Labels: Kein Spam,Trash collection\nAuto-Submitted: auto-replied`,
      {},
      'an automatic reply',
    ],
    [from, { folder: 'Entwürfe' }, 'a draft'],
    [`${from}\nAuto-Submitted: auto-replied`, {}, 'an automatic reply'],
    ['From: cy@customer.example\nDate: Fri, 1 Jan 2099 00:00:00 +0000', {}, 'it has no moment at all'],
    ['Subject: from nobody\nDate: Mon, 6 May 2024 10:00:00 +0000', {}, 'it does not say who sent it'],
  ] as const)
    assert.deepEqual(await letter(headers, box), { aside: reason }, headers)
})

test('answers join when their author takes part, in whatever order they lie', async () => {
  let count = 0
  const mail = async (
    id: string,
    from: string,
    to: string,
    hour: number,
    answers: string[] = [],
  ): Promise<Noted> => {
    const references =
      answers.length === 0 ? '' : `\nReferences: ${answers.map((each) => `<${each}@x>`).join(' ')}`
    const at = `Mon, 6 May 2024 ${String(hour).padStart(2, '0')}:00:00 +0000`
    const read = await letter(`From: ${from}\nTo: ${to}\nDate: ${at}${references}`)
    assert.ok('side' in read)
    return noted(read, { key: id, messageId: `${id}@x`, where: { file: 0, start: count++, end: count } })
  }
  const [cy, help] = ['cy@customer.example', 'help@desk.example']
  const mails = [
    await mail('answer', help, `${cy}, dee@customer.example`, 11, ['question']),
    await mail('copied', 'dee@customer.example', help, 12, ['question', 'answer']),
    await mail('stranger', 'eve@evil.example', help, 13, ['question']),
    await mail('question', cy, help, 10),
    await mail('lost1', cy, help, 14, ['gone']),
    await mail('lost2', help, cy, 15, ['gone']),
    // Whoever dates a mail back takes nobody's answer with it.
    await mail('thief', 'eve@evil.example', help, 9, ['answer', 'gone']),
  ]
  for (const order of [mails, mails.toReversed()])
    assert.deepEqual(
      conversationsOf(order).map((each) => each.mails.map(({ key }) => key)),
      [['thief'], ['question', 'answer', 'copied'], ['stranger'], ['lost1', 'lost2']],
    )
})

test('a map is held to addresses', () => {
  assert.deepEqual(mailMap.parse({ mailboxes: ['<Help@Desk.example>'] }).mailboxes, ['help@desk.example'])
  assert.equal(mailMap.safeParse({ agents: ['nobody'] }).success, false)
})
