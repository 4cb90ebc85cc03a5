// Mails of strangers moved in: conversations of an mbox or a Maildir, by command and over HTTP, silently, once, and taken back.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { maildirOnDisk, mboxOnDisk } from '#imports/mails/box.ts'
import { mailMap } from '#imports/mails/map.ts'
import { mailSource } from '#imports/mails/source.ts'
import { undoImport } from '#imports/undo.ts'
import { lookAtImport } from '#imports/run.ts'
import { raw, sql } from '#store/sql.ts'
import { docket } from '../support/command.ts'
import { startDesk, until, type Answer, type TestDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/ends.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function mail(
  id: string,
  from: string,
  to: string,
  hour: number,
  text: string,
  headers: string[] = [],
): string {
  const at = `Mon, 6 May 2024 ${String(hour).padStart(2, '0')}:00:00 +0000`
  return [
    `Message-ID: <${id}@old.example>`,
    `From: ${from}`,
    `To: ${to}`,
    ...(headers.some((each) => each.startsWith('Date:')) ? [] : [`Date: ${at}`]),
    ...headers,
    ...(headers.some((each) => each.startsWith('Content-Type'))
      ? []
      : ['Content-Type: text/plain; charset=utf-8']),
    '',
    text,
    '',
  ].join('\n')
}
const answers = (...ids: string[]) => [`References: ${ids.map((id) => `<${id}@old.example>`).join(' ')}`]
const [cy, help, ada] = [
  'Cy <cy@customer.example>',
  'Ada Old <help@desk.example>',
  'Ada <ada.old@desk.example>',
]

const inbox = [
  mail('q1', cy, help, 10, 'My printer smokes.\n\nFrom the start it did.', ['Subject: Printer']),
  mail('q2', cy, help, 12, 'It still does.\n\nOn Monday Ada wrote:\n> Turn it off.', [
    'Subject: Re: Printer',
    ...answers('q1', 'a1'),
  ]),
  mail('eve', 'eve@evil.example', help, 13, 'Me too', ['Subject: Re: Printer', ...answers('q1')]),
  mail('away', cy, help, 14, 'I am away', ['Subject: Away', 'Auto-Submitted: auto-replied']),
  mail(
    'p1',
    'Dee <dee@customer.example>',
    help,
    15,
    `--b\nContent-Type: text/html\n\n<p>See <img src="cid:pic"></p>\n--b\nContent-Type: image/png; name="a.png"\nContent-ID: <pic>\nContent-Transfer-Encoding: base64\n\n${PICTURE}\n--b--`,
    ['Subject: Picture', 'Content-Type: multipart/related; boundary=b'],
  ),
  mail('odd', 'Fay <fay@customer.example>', help, 0, 'Old', [
    'Subject: Odd',
    'Date: Thu, 1 Jan 1970 00:00:00 +0000',
    'Received: from a by b; Tue, 7 May 2024 08:00:00 +0000',
  ]),
]
const sent = [
  mail('a1', help, cy, 11, 'Turn it off.', ['Subject: Re: Printer', ...answers('q1')]),
  mail('a2', ada, cy, 16, 'A new one is on its way.', ['Subject: Re: Printer', ...answers('q1', 'a1', 'q2')]),
  mail('q1', cy, help, 10, 'My printer smokes.\n\nFrom the start it did.', ['Subject: Printer']),
]
const quoted = (text: string) => text.replace(/^(>*From )/gm, '>$1')
const mbox = (mails: readonly string[]) =>
  mails.map((each) => `From x@y.example Mon May  6 10:00:00 2024\n${quoted(each)}\n`).join('')
const map = mailMap.parse({ mailboxes: ['help@desk.example'], agents: ['ada.old@desk.example'] })

const inside = () => desk.running.desk
const count = async (table: string) =>
  (await inside().database.row<{ n: number }>(sql`select count(*) as n from ${raw(table)}`))?.n ?? 0
const ticketOf = (id: string) =>
  inside().database.row<Record<string, unknown>>(sql`
    select t.id, t.status, t.subject, t.created_at as "createdAt", t.resolved_at as "resolvedAt",
      (select name from person where id = t.requester_id) as requester
    from ticket t join message m on m.ticket_id = t.id where m.rfc_message_id = ${`${id}@old.example`}`)

test('conversations come with their words, files and moments, silently and once', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'Mail'))
  writeFileSync(join(folder, 'Mail', 'INBOX'), mbox(inbox))
  writeFileSync(join(folder, 'Mail', 'Sent.mbox'), mbox(sent).replaceAll('\n', '\r\n'))
  writeFileSync(join(folder, 'Mail', 'INBOX.msf'), '// an index')
  const source = async () => mailSource(inside(), 'mbox', await mboxOnDisk(join(folder, 'Mail')), 'old', map)
  const looked = await lookAtImport(await source())
  assert.equal(await count('ticket'), 0)
  const run = await importFrom(inside(), await source(), {})
  assert.deepEqual(run.counts, looked.counts)
  assert.deepEqual([run.counts['tickets']?.created, run.counts['mails']?.skipped], [4, 2])
  assert.deepEqual(run.problems.map(({ kind, reason, count }) => [kind, reason, count]).toSorted(), [
    ['mails', 'an automatic reply', 1],
    ['mails', 'the same mail lies elsewhere in the box too', 1],
    ['tickets', 'the date of a mail was impossible: the moment when it came stands instead', 1],
  ])
  const printer = await ticketOf('q1')
  assert.deepEqual(
    { ...printer, id: 0 },
    {
      id: 0,
      // The last word was ours: resolved then, and closed by the time that has passed.
      status: 'closed',
      subject: 'Printer',
      createdAt: '2024-05-06T10:00:00.000Z',
      resolvedAt: '2024-05-06T16:00:00.000Z',
      requester: 'Cy',
    },
  )
  const told = await inside().database.rows(sql`
    select m.direction, m.at, p.name, m.body_text as text, m.quoted_text is not null as quotes,
      exists (select from agent a where a.person_id = p.id and a.deactivated_at is not null) as "wasAgent"
    from message m join person p on p.id = m.author_id where m.ticket_id = ${printer?.['id']} order by m.at`)
  assert.deepEqual(
    told.map((each) => Object.values(each as object)),
    [
      [
        'inbound',
        '2024-05-06T10:00:00.000Z',
        'Cy',
        'My printer smokes.\n\nFrom the start it did.',
        false,
        false,
      ],
      ['outbound', '2024-05-06T11:00:00.000Z', 'Ada Old', 'Turn it off.', false, true],
      ['inbound', '2024-05-06T12:00:00.000Z', 'Cy', 'It still does.', true, false],
      ['outbound', '2024-05-06T16:00:00.000Z', 'Ada', 'A new one is on its way.', false, true],
    ],
  )
  assert.equal((await ticketOf('odd'))?.['createdAt'], '2024-05-07T08:00:00.000Z')
  assert.notEqual((await ticketOf('eve'))?.['id'], printer?.['id'])
  assert.deepEqual(
    await inside().database.rows(sql`select name, inline, size > 60 as whole from attachment`),
    [{ name: 'a.png', inline: true, whole: true }],
  )
  for (const table of ['outbox', 'webhook_delivery', 'alert']) assert.equal(await count(table), 0, table)
  assert.equal((await importFrom(inside(), await source(), {})).counts['tickets']?.unchanged, 4)
  // What came since, older mails among it, joins the ticket that is there.
  const more = [
    mail('q0', cy, help, 9, 'Hello?', ['Subject: Printer']),
    mail('q3', cy, help, 18, 'Thanks', ['Subject: Re: Printer', ...answers('q0', 'q1', 'a2')]),
  ]
  writeFileSync(join(folder, 'Mail', 'INBOX.2'), mbox(more))
  const delta = await importFrom(inside(), await source(), {})
  assert.deepEqual([delta.counts['tickets']?.created, delta.counts['tickets']?.updated], [1, 1])
  assert.equal((await ticketOf('q3'))?.['id'], printer?.['id'])
  // A folder by itself that has none of the mails before: its answers are ours, and the file before says nothing new.
  const alone = async (mails: readonly string[]) => {
    writeFileSync(join(folder, 'alone.mbox'), mbox(mails))
    const box = await mboxOnDisk(join(folder, 'alone.mbox'))
    return (await importFrom(inside(), mailSource(inside(), 'mbox', box, 'old', map), {})).counts['tickets']
  }
  const newer = await alone([
    mail('q3', cy, help, 18, 'Thanks', ['Subject: Re: Printer', ...answers('q0', 'q1', 'a2')]),
    mail('a4', help, cy, 19, 'You are welcome', ['Subject: Re: Printer', ...answers('q3')]),
    mail('eve2', 'eve@evil.example', help, 20, 'And me', ['Subject: Re: Printer', ...answers('q3')]),
  ])
  assert.deepEqual([newer?.created, newer?.updated], [1, 1])
  assert.equal((await ticketOf('a4'))?.['id'], printer?.['id'])
  assert.equal((await alone([mail('a3', help, cy, 17, 'Fine?', answers('q2'))]))?.updated, 1)
  assert.equal((await ticketOf('a3'))?.['id'], printer?.['id'])
  assert.equal((await alone(inbox))?.created, 0)
  assert.deepEqual(
    await inside().database.rows(sql`select count(*) as n, count(distinct rfc_message_id) as ids from message
      where ticket_id = ${printer?.['id']}`),
    [{ n: 7, ids: 7 }],
  )
  assert.deepEqual((await verifyAll(inside().database)).differences, [])
  assert.deepEqual(await undoImport(inside(), run.id), { taken: 4, kept: 0, texts: { taken: 0, kept: 0 } })
  assert.equal((await undoImport(inside(), delta.id))?.taken, 1)
  assert.deepEqual((await verifyAll(inside().database)).differences, [])
})

test('a Maildir is the same mails; what is here already stays what it is', async (t) => {
  const folder = temporaryFolder(t)
  const put = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  inbox.forEach((each, index) => put(`cur/171498${index}000.M1.host:2,S`, each))
  sent.forEach((each, index) => put(`.Sent/cur/171499${index}000.M1.host:2,S`, each))
  put('cur/1714990000.M9.host:2,ST', mail('gone', cy, help, 10, 'Deleted'))
  put('.Junk/new/1714990000.M9.host', mail('spam', cy, help, 10, 'Buy'))
  put('dovecot.index', 'none')
  const eve = join(folder, 'eve.mbox')
  writeFileSync(eve, mbox(inbox.slice(2, 3)))
  const before = await importFrom(
    inside(),
    mailSource(inside(), 'mbox', await mboxOnDisk(eve), 'eve', map),
    {},
  )
  const run = await importFrom(
    inside(),
    mailSource(inside(), 'maildir', await maildirOnDisk(folder), 'dir', map),
    {},
  )
  const reasons = Object.fromEntries(run.problems.map(({ reason, count }) => [reason, count]))
  assert.deepEqual([reasons['it was deleted there'], reasons['spam there']], [1, 1])
  assert.deepEqual([run.counts['tickets']?.seen, run.counts['tickets']?.skipped], [4, 1])
  assert.equal((await ticketOf('q1'))?.['subject'], 'Printer')
  await undoImport(inside(), run.id)
  await undoImport(inside(), before.id)
  const others = join(folder, 'others.mbox')
  writeFileSync(
    others,
    mbox([mail('o1', cy, 'help@old.example', 10, 'Hello'), mail('o2', 'help@old.example', cy, 11, 'Yes')]),
  )
  await assert.rejects(
    async () =>
      importFrom(inside(), mailSource(inside(), 'mbox', await mboxOnDisk(others), 'others', map), {}),
    /whose box it is/,
  )
})

test('an mbox is uploaded, shows who takes part, and is imported by what is said of them', async () => {
  const form = new FormData()
  form.set('file', new Blob([mbox([...inbox, ...sent])]), 'help.mbox')
  const headers = { authorization: `Bearer ${desk.token}` }
  const response = await fetch(`${desk.url}/api/v1/imports/mailboxes`, {
    method: 'POST',
    headers,
    body: form,
  })
  const body = (await response.json()) as Answer['body']
  assert.equal(response.status, 201, JSON.stringify(body))
  assert.deepEqual([body.mails, body.name, body.oldest], [7, 'help', '2024-05-06T10:00:00.000Z'])
  assert.deepEqual(body.map.mailboxes, ['help@desk.example'])
  const asked = {
    kind: 'mbox',
    name: 'up',
    file: body.file,
    map: { ...body.map, answered: 'pending' },
    look: true,
  }
  const bad = { ...asked, map: { ...asked.map, agents: ['nobody'] } }
  assert.equal((await desk.api('POST', '/imports', bad)).status, 400)
  const { id } = (await desk.api('POST', '/imports', asked)).body
  const ended = async () => {
    const run = (await desk.api('GET', `/imports/${id}`)).body
    assert.notEqual(run.state, 'failed', JSON.stringify(run.problems))
    return run.state === 'done' ? run : null
  }
  assert.equal((await until(ended)).counts.tickets.created, 4)
  await desk.api('POST', `/imports/${id}/run`)
  assert.equal((await until(ended)).counts.tickets.created, 4)
  assert.equal((await ticketOf('a1'))?.['status'], 'pending')
  await until(async () => (await count('import_file')) === 0)
})

test('the command takes whose mailbox it is, and how conversations stand at the end', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'one.mbox'), mbox([mail('new1', cy, help, 10, 'Hello', ['Subject: One'])]))
  const typed = (...args: string[]) =>
    docket(desk, join(folder, 'data'), ['import', 'mbox', join(folder, 'one.mbox'), ...args])
  const { code, out, err } = await typed(
    '--mailbox',
    'help@desk.example',
    '--unanswered',
    'pending',
    '--json',
  )
  assert.equal(code, 0, err)
  assert.equal(JSON.parse(out).kinds.tickets.created, 1)
  assert.equal((await ticketOf('new1'))?.['status'], 'pending')
})
