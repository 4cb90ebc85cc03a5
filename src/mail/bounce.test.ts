// F4: delivery reports of many servers and languages are read alike, and nothing that people or shops write is taken for one.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { lost, ordinaryMails, proseReports, structuredReports } from '../../test/support/bounce-mails.ts'
import { readBounce } from '#mail/bounce.ts'
import { explain } from '#mail/explain.ts'
import { parse } from '#mail/parse.ts'

test('F4: reports of 80 servers are found, with their recipient, class and whether the address is dead', async () => {
  const wrong: unknown[] = []
  for (const { name, raw, statusClass, hard } of [...structuredReports(), ...proseReports()]) {
    const { kind, bounce } = explain(await parse(raw), name)
    const found = [kind, bounce?.class, bounce?.hard, bounce?.recipient]
    const expected = ['bounce', statusClass, hard, lost]
    if (found.join() !== expected.join()) wrong.push([name, found, bounce?.reason])
  }
  deepEqual(wrong, [])
})

test('mail about parcels, errors and failures is no report, whoever writes it', async () => {
  const wrong: string[] = []
  for (const { name, raw } of ordinaryMails())
    if (explain(await parse(raw), name).kind !== 'message') wrong.push(name)
  deepEqual(wrong, [])
})

test('a server that answers as a person would writes down the envelope; a list’s program has a name', async () => {
  const kindOf = async (head: string, body: string) =>
    explain(await parse(Buffer.from(`${head}\nTo: support@desk.example\n\n${body}\n`)), 'it').kind
  const envelope = 'Message details:\n  MAIL FROM: support@desk.example\n  RCPT TO: bo@gone.example\n'
  const refused = `Error: Invalid user address\n\n550 - Requested action not taken: no such user here\n\n${envelope}`
  const answers = 'Subject: Re: Your lamp\nIn-Reply-To: <a@desk.example>\nFrom: '
  equal(await kindOf(`${answers}post_master@relay.example`, refused), 'bounce')
  equal(await kindOf(`${answers}postmaster@relay.example`, refused.replace(/^/gm, '> ')), 'message')
  equal(await kindOf(`${answers}bo@relay.example`, refused), 'message')
  const list = 'From: lamps-admin@lists.example\nX-MLServer: fml [fml 4.0.3]\nSubject: '
  equal(await kindOf(`${list}NOT MEMBER article from support@desk.example (lamps ML)`, 'Hi'), 'bounce')
  equal(await kindOf(`${list}[lamps:0001] Loop alert in my lamp`, 'Hi'), 'message')
})

const text = (head: string, body: string): Buffer =>
  Buffer.from(`From: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\n${head}\r\n${body}\r\n`)

test('the mail a report is about is named by its copy, by a header of its own, or as what it answers', async () => {
  const named = async (raw: Buffer): Promise<string | null> => {
    const parsed = await parse(raw)
    return parsed.ok ? readBounce(parsed.mail).originalMessageId : 'not read'
  }
  const words = '<bo@gone.example>:\r\nNo mailbox here. (#5.1.1)\r\n'
  equal(
    await named(text('', `${words}\r\n--- Copy\r\n\r\nMessage-ID: <a1@desk.example>\r\n`)),
    'a1@desk.example',
  )
  equal(await named(text('X-Original-Message-ID: <a2@desk.example>\r\n', words)), 'a2@desk.example')
  equal(await named(text('In-Reply-To: <a3@desk.example>\r\n', words)), 'a3@desk.example')
  equal(await named(text('Message-ID: <own@mx.example>\r\n', words)), null, 'its own id names nothing')
})
