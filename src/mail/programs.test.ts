// What mail servers and mail programs write, each in a way of its own: reports that say per recipient what happened, answers of those
// who are away, mails passed on as files, and signatures around the text.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { readBounces } from '#mail/bounce.ts'
import { explain } from '#mail/explain.ts'
import { parse } from '#mail/parse.ts'
import { visible } from '#mail/quote.ts'

const wire = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'))
const head = (from: string, subject: string, more = '') =>
  `From: ${from}\nTo: support@desk.example\nSubject: ${subject}\nMessage-ID: <m@x.example>\n${more}Date: Sat, 28 Nov 2026 10:00:00 +0100\nMIME-Version: 1.0\n`
const read = async (text: string) => explain(await parse(wire(text)), 'test')

type Told = readonly [recipient: string, words: string]

/** A report whose fields say nothing but that it failed: the truth stands in its prose. */
function report(subject: string, prose: string, told: readonly Told[], withFields = true): string {
  const action = /delayed/.test(subject) ? 'delayed\nStatus: 4.0.0' : 'failed\nStatus: 5.0.0'
  const fields = told.map(([recipient]) => `Final-Recipient: rfc822; ${recipient}\nAction: ${action}\n`)
  const status = `--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.relay.example\n\n${fields.join('\n')}\n`
  const failed = `X-Failed-Recipients: ${told.map(([recipient]) => recipient).join(', ')}\n`
  const top = head(
    'Mailer Daemon <MAILER-DAEMON@mx.relay.example>',
    subject,
    `Return-Path: <>\n${withFields ? '' : failed}`,
  )
  return `${top}Content-Type: multipart/report; report-type=delivery-status; boundary=q\n\n--q\nContent-Type: text/plain\n\n${prose}\n${withFields ? status : ''}--q\nContent-Type: text/rfc822-headers\n\nMessage-ID: <sent@desk.example>\n\n--q--\n`
}

const openSmtpd = (told: readonly Told[], kind = 'failed') =>
  report(
    `Delivery status notification: ${kind}`,
    `    Hi!\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\n${told.map((each) => each.join(': ')).join('\n')}\n\n    Below is a copy of the original message:\n`,
    told,
  )

const exim = (told: readonly Told[], withFields = true) =>
  report(
    'Mail delivery failed: returning message to sender',
    `A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n${told.map(([recipient, words]) => `  ${recipient}\n${words.replace(/^/gm, '    ')}`).join('\n')}\n`,
    told,
    withFields,
  )

async function outcomes(text: string): Promise<readonly string[]> {
  const parsed = await parse(wire(text))
  if (!parsed.ok) return ['not read']
  return readBounces(parsed.mail).map(
    ({ recipient, status, reason, hard }) => `${recipient} ${status} ${reason}${hard ? ' hard' : ''}`,
  )
}

const remote = (command: string, answer: string) =>
  `host mx.gone.example [192.0.2.4]\nSMTP error from remote mail server after ${command}:\n${answer}`

test('OpenSMTPD and Exim say 5.0.0 and mean what stands in their prose, for each recipient apart', async () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [
      openSmtpd([['bo@gone.example', '552 5.3.4 Error: message file too big']]),
      ['bo@gone.example 5.3.4 message_too_big'],
    ],
    [
      openSmtpd([['bo@gone.example', '550 Invalid recipient: <bo@gone.example>']]),
      ['bo@gone.example 5.0.0 address_unknown hard'],
    ],
    [openSmtpd([['bo@gone.example', 'No MX could be reached']]), ['bo@gone.example 5.0.0 network']],
    [openSmtpd([['bo@gone.example', 'Network error on destination MXs']]), ['bo@gone.example 5.0.0 network']],
    [
      openSmtpd([['bo@gone.example', 'Domain does not exist']]),
      ['bo@gone.example 5.0.0 domain_unknown hard'],
    ],
    [openSmtpd([['bo@gone.example', '451 4.7.1 Greylisted']], 'delayed'), ['bo@gone.example 4.7.1 delayed']],
    [
      openSmtpd([
        ['bo@gone.example', '550 5.1.1 User unknown'],
        ['cy@full.example', '552 5.2.2 Over quota'],
      ]),
      ['bo@gone.example 5.1.1 address_unknown hard', 'cy@full.example 5.2.2 mailbox_full'],
    ],
    [exim([['bo@gone.example', 'Unrouteable address']]), ['bo@gone.example 5.0.0 domain_unknown hard']],
    [exim([['bo@relay.example', 'Unrouteable address']]), ['bo@relay.example 5.0.0 address_unknown hard']],
    [exim([['bo@gone.example', 'retry timeout exceeded']]), ['bo@gone.example 5.0.0 expired']],
    [
      exim([['bo@gone.example', remote('end of data', '550 5.7.1 Message rejected as spam')]]),
      ['bo@gone.example 5.7.1 content_refused'],
    ],
    [
      exim([['bo@gone.example', remote('RCPT TO:<bo@gone.example>', '550 relay not permitted')]]),
      ['bo@gone.example 5.0.0 relay_denied'],
    ],
    ...[true, false].map(
      (withFields) =>
        [
          exim(
            [
              ['bo@gone.example', 'Unrouteable address'],
              ['cy@full.example', remote('RCPT TO:<cy@full.example>', '552 5.2.2 Mailbox full')],
            ],
            withFields,
          ),
          ['bo@gone.example 5.0.0 domain_unknown hard', 'cy@full.example 5.2.2 mailbox_full'],
        ] as const,
    ),
  ]
  for (const [text, expected] of rows) deepEqual(await outcomes(text), expected)
})

test('qmail names several recipients in paragraphs', async () => {
  const prose =
    'Hi. This is the qmail-send program at q.example.\n\n<bo@gone.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n<cy@full.example>:\nRemote host said: 552 5.2.2 mailbox full\n\n--- Below this line is a copy of the message.\n'
  deepEqual(
    await outcomes(`${head('MAILER-DAEMON@q.example', 'failure notice', 'Return-Path: <>\n')}\n${prose}`),
    ['bo@gone.example 5.1.1 address_unknown hard', 'cy@full.example 5.2.2 mailbox_full'],
  )
})

test('away replies that have nothing but a Precedence are told from what lists and shops send', async () => {
  const answers = 'In-Reply-To: <sent@desk.example>\n'
  const kind = async (subject: string, text: string, more: string) =>
    (
      await read(
        `${head('Vic <vic@customer.example>', subject, more)}Content-Type: text/plain; charset=utf-8\n\n${text}\n`,
      )
    ).kind
  const away = [
    ['away from my mail', 'I will not be reading my mail for a while.', 'Precedence: bulk\n'],
    ['This is a recording', 'I will be gone from my mail till next week.', 'Precedence: bulk\n'],
    ['Re: Invoice', 'We got it.', `Precedence: junk\n${answers}`],
    ['Re: Invoice', 'This mailbox is not read in August.', `Precedence: bulk\n${answers}`],
    ['Re: Rechnung', 'Ich bin ab Montag wieder für Sie da.', `Precedence: bulk\n${answers}`],
  ] as const
  for (const [subject, text, more] of away) equal(await kind(subject, text, more), 'auto_reply', text)
  const lists = [
    ['Holiday offers', 'Save a third on vacation flights!', 'Precedence: bulk\n'],
    [
      'News',
      'I am away from my desk, says Bo. Read on.',
      'Precedence: bulk\nList-Unsubscribe: <https://shop.example/>\n',
    ],
    [
      'Re: lamp',
      'I am on vacation, ask Bo.',
      `Precedence: bulk\nSender: owner-users@lists.example\n${answers}`,
    ],
    ['[users] Digest, Vol 3', '1. Re: lamp (Bo)', 'Precedence: list\n'],
  ] as const
  for (const [subject, text, more] of lists) equal(await kind(subject, text, more), 'list', text)
})

test('a mail passed on as a file names who wrote it, whatever the subject and however it is attached', async () => {
  const from = '=?utf-8?Q?J=C3?=\n =?utf-8?Q?=BCrgen_Gro=C3=9F?= <jg@customer.example>'
  const inner = (sender = from) => `From: ${sender}\nSubject: Shoes\nMessage-ID: <i@x>\n\nMy shoes\n`
  const part = (type: string, text = inner()) => `--q\nContent-Type: ${type}\n\n${text}\n`
  const passed = async (subject: string, parts: string, more = '') =>
    (
      await read(
        `${head('Ada <ada@desk.example>', subject, more)}Content-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\nPlease look.\n\n${parts}--q--\n`,
      )
    ).originalSender
  const expected = { email: 'jg@customer.example', name: 'Jürgen Groß' }
  for (const subject of [
    'Fwd: Shoes',
    'Shoes (fwd)',
    '[jg@customer.example: Shoes]',
    '[Jo] Shoes',
    'Please handle',
  ])
    deepEqual(await passed(subject, part('message/rfc822')), expected, subject)
  for (const type of [
    'message/global',
    'application/octet-stream; name="shoes.eml"',
    'text/plain; name="shoes.eml"\nContent-Disposition: attachment',
  ])
    deepEqual(await passed('Shoes', part(type)), expected, type)
  deepEqual(
    await passed('Fwd: two', part('message/rfc822') + part('message/rfc822', inner('b@b.example'))),
    expected,
  )
  equal(await passed('two', part('message/rfc822') + part('message/rfc822', inner('b@b.example'))), null)
  equal(await passed('Re: Shoes', part('message/rfc822'), 'In-Reply-To: <z@desk.example>\n'), null)
  equal(await passed('Notes', part('text/plain; name="notes.txt"', 'From: Paris')), null)
})

/** One element of DER (X.690), of fewer than 64 kB. */
function der(tag: number, ...inner: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    inner.map((each) => (typeof each === 'string' ? Buffer.from(each, 'hex') : each)),
  )
  return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body])
}

/** CMS SignedData around a message, without any signer. */
function signed(message: string): string {
  const [signedData, data] = ['2a864886f70d010702', '2a864886f70d010701'].map((id) => der(6, id))
  const content = der(0x30, data ?? '', der(0xa0, der(4, wire(message))))
  const body = der(0x30, '020101', der(0x31), content, der(0x31))
  return der(0x30, signedData ?? '', der(0xa0, body))
    .toString('base64')
    .replace(/.{76}/g, '$&\n')
}

test('what an opaque signature encloses is read, with its files, and with the words around it', async () => {
  const words = 'Content-Type: text/plain; charset=utf-8\n\nMy address is Größe 4.\n'
  const withFile = `Content-Type: multipart/mixed; boundary=w\n\n--w\n${words}\n--w\nContent-Type: application/pdf; name=plan.pdf\n\n%PDF\n--w--\n`
  const type = (name: string) => `Content-Type: ${name}\nContent-Transfer-Encoding: base64\n\n`
  const top = head('Anna <anna@customer.example>', 'Address')
  for (const name of [
    'application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
    'application/x-pkcs7-mime; name="smime.p7m"',
    'application/octet-stream; name="smime.p7m"',
  ]) {
    const { visibleText, attachments } = await read(top + type(name) + signed(withFile))
    equal(visibleText, 'My address is Größe 4.', name)
    deepEqual(
      attachments.map((each) => each.name),
      ['plan.pdf', 'smime.p7m'],
    )
  }
  const nested = type('application/pkcs7-mime; smime-type=signed-data') + signed(words)
  equal(
    (await read(top + type('application/pkcs7-mime') + signed(nested))).visibleText,
    'My address is Größe 4.',
  )
  const footer = `--q\n${type('application/pkcs7-mime')}${signed(words)}\n--q\nContent-Type: text/plain\n\nSent through the list\n--q--\n`
  const { text } = await read(`${top}Content-Type: multipart/mixed; boundary=q\n\n${footer}`)
  equal(text?.trim().replace(/\n+/g, '\n'), 'My address is Größe 4.\nSent through the list')
  const contract = `--q\nContent-Type: text/plain\n\nSee the contract\n--q\n${type('application/pkcs7-mime; name=c.p7m')}${signed('%PDF-1.4 binary')}\n--q--\n`
  equal(
    (await read(`${top}Content-Type: multipart/mixed; boundary=q\n\n${contract}`)).text?.trim(),
    'See the contract',
  )
})

test('a text part that only says to look at the HTML is not what was written', async () => {
  const both = async (text: string, html: string) =>
    (
      await read(
        `${head('Anna <anna@customer.example>', 'Order')}Content-Type: multipart/alternative; boundary=q\n\n--q\nContent-Type: text/plain\n\n${text}\n--q\nContent-Type: text/html\n\n${html}\n--q--\n`,
      )
    ).visibleText
  const html = '<p>Please cancel order HX-55190.</p>'
  for (const text of [
    'This message needs an HTML capable mail program.',
    'Ihr E-Mail-Programm kann diese HTML-Nachricht nicht anzeigen.',
    'Votre messagerie ne peut pas afficher le HTML.',
    'View this email in your browser, it is in HTML: https://shop.example/view',
  ])
    equal(await both(text, html), 'Please cancel order HX-55190.', text)
  equal(await both('How do I write HTML?', '<p>How do I write HTML?</p>'), 'How do I write HTML?')
  equal(
    await both('The HTML page is broken', '<p>The <b>HTML</b> page is broken</p><p>Bo</p>'),
    'The HTML page is broken',
  )
})

test('Thunderbird in Ukrainian introduces a quotation by date, time and name alone', () => {
  const said = 'Дякую, рахунок надійшов.'
  const quoted = '> Hello Anna,\n> \n> the invoice was sent again.'
  for (const date of ['28.11.2026 10:11', '28.11.26 10:11', '28 листопада 2026 р. 10:11'])
    for (const name of [
      'Ada Moss',
      '"Moss, Ada"',
      'Tom Berg (Shop)',
      'Дизайн-студія «Лампа»',
      'support@desk.example',
    ]) {
      const line = `${date}, ${name}:`
      equal(visible(`${said}\n\n${line}\n${quoted}`).visibleText, said, line)
      equal(visible(`${line}\n${quoted}\n\n${said}`).visibleText, said, line)
    }
})
