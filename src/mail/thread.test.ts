import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '#mail/parse.ts'
import { recipients, references, taggedSubject } from '#mail/thread.ts'
import { replyAddress } from '#mail/token.ts'
import type { Address } from '#mail/address.ts'
import type { Mail } from '#mail/mail.ts'

const secret = 'a secret of a desk in North'
const token = replyAddress('support@example.com' as Address, 1042, secret)

async function read(...headers: string[]): Promise<Mail> {
  const parsed = await parse(Buffer.from(`From: cy@example.org\r\n${headers.join('\r\n')}\r\n\r\nHello\r\n`))
  if (!parsed.ok) throw new Error(parsed.detail)
  return parsed.mail
}

test('a signed address is found in To, Cc, Bcc and what delivery leaves behind', async () => {
  for (const header of ['To', 'Cc', 'Bcc', 'Delivered-To', 'X-Original-To', 'Envelope-To']) {
    const mail = await read(`${header}: Support <${token}>`, 'Subject: x')
    equal(references(mail, secret).tokenTicketId, 1042, header)
  }
  const plain = await read('To: support@example.com')
  equal(references(plain, secret).tokenTicketId, null)
  equal(references(plain, secret, { from: 'cy@example.org', to: [token] }).tokenTicketId, 1042)
})

test('message ids come newest first, once, and never empty', async () => {
  const mail = await read(
    'Message-ID: <me@x>',
    'In-Reply-To: <c@x>',
    'References: <a@x> <> < > <b@x>\r\n <c@x> <me@x>',
  )
  deepEqual(references(mail, secret).messageIds, ['c@x', 'b@x', 'a@x'])
  const empty = await read('Message-ID: <>', 'In-Reply-To: ', 'References:')
  deepEqual(references(empty, secret).messageIds, [])
  equal(empty.messageId, null)
})

test('a number in the subject suggests, in exactly our form', async () => {
  equal(references(await read('Subject: Re: [#1042] Broken lamp'), secret).subjectNumber, 1042)
  equal(references(await read('Subject: Order #1042'), secret).subjectNumber, null)
})

test('the tag of a subject stands once, in front', () => {
  equal(taggedSubject('Re: [#7] lamp', 7), '[#7] Re: lamp')
  equal(taggedSubject('', 7), '[#7]')
})

test('recipients are named once', async () => {
  const mail = await read('To: Bo <bo@example.com>, bo@example.com', 'Delivered-To: bo@example.com')
  deepEqual(recipients(mail, { from: null, to: ['bo@example.com'] }), ['bo@example.com'])
})
