// Fetching by IMAP from a real Dovecot: every mail once, whatever happens to flags, folders, numbering and connections.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { startDovecot, withoutDovecot, type Dovecot } from '../support/dovecot.ts'

const skip = withoutDovecot()
let desk: TestDesk
let dovecot: Dovecot
before(async () => {
  if (skip !== false) return
  dovecot = await startDovecot()
  desk = await startDesk()
})
after(async () => {
  await desk?.close()
  await dovecot?.close()
})

/** A day before the desk's clock. */
const BEFORE = '2026-03-01T09:00:00Z'

/** Everybody writes for the first time: who wrote a lot of late is not told of each. */
const mailTo = (subject: string, more: Partial<Parameters<typeof letter>[0]> = {}) =>
  letter({
    from: `Cy <${subject.replaceAll(/\W/g, '').toLowerCase()}@customer.example>`,
    to: 'help@desk.example',
    subject,
    ...more,
  })

async function addMailbox(
  address: string,
  patch: Record<string, unknown> = {},
  port = dovecot.port,
): Promise<number> {
  const { body } = await desk.api('POST', '/mailboxes', { address })
  const imap = {
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'support',
    auth: 'password',
    folder: 'INBOX',
  }
  const answer = await desk.api('PATCH', `/mailboxes/${body.id}`, {
    imap,
    imapPassword: 'secret',
    paused: false,
    ...patch,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return body.id
}

const subjects = async (): Promise<string[]> =>
  (await desk.api('GET', '/tickets?limit=200')).body.items.map(({ subject }: { subject: string }) => subject)
const count = async (subject: string) => (await subjects()).filter((each) => each === subject).length
const health = async (id: number) => (await desk.api('GET', `/mailboxes/${id}`)).body.health

/** How many mails were written for the tickets of a mailbox, sent or not. */
const outboxOf = async (id: number): Promise<number> => {
  const [row] = await desk.running.desk.database.rows<{ n: number }>(
    sql`select count(*)::int as n from outbox o join ticket t on t.id = o.ticket_id where t.mailbox_id = ${id}`,
  )
  return row?.n ?? -1
}

test('mail in a Dovecot becomes tickets once, whatever people do to the folder', { skip }, async () => {
  dovecot.deliver(mailTo('Before the desk'), { at: BEFORE })
  const id = await addMailbox('help@desk.example')
  await until(async () => (await health(id)).state === 'ok')
  dovecot.deliver(mailTo('First'))
  await until(async () => (await count('First')) === 1)
  assert.equal(await count('Before the desk'), 0, 'without an import, what lay there stays there')

  // Read by a person before it was fetched: flags are not what tells new mail.
  dovecot.deliver(mailTo('Read by a person'), { seen: true })
  await until(async () => (await count('Read by a person')) === 1)

  dovecot.deliver(mailTo('Two at once A'))
  dovecot.deliver(mailTo('Two at once B'))
  await until(async () => (await count('Two at once B')) === 1)
  dovecot.doveadm('expunge', '-u', 'support', 'mailbox', 'INBOX', 'subject', 'First')
  dovecot.deliver(mailTo('After an expunge'))
  await until(async () => (await count('After an expunge')) === 1)

  await dovecot.renumber()
  dovecot.deliver(mailTo('After a new UIDVALIDITY'))
  await until(async () => (await count('After a new UIDVALIDITY')) === 1, 20_000)
  for (const subject of ['Read by a person', 'Two at once A', 'Two at once B', 'After an expunge'])
    assert.equal(await count(subject), 1, `${subject} was not fetched again`)

  await dovecot.stop()
  const failing = await until(async () => {
    const found = await health(id)
    return found.state === 'failing' && found.cure === 'check_port' ? found : null
  }, 20_000)
  assert.match(failing.failure, /ECONNREFUSED/)
  desk.clock.pass(16 * 60)
  assert.equal((await health(id)).alert, true, 'after a quarter of an hour it is an alert')
  await dovecot.start()
  dovecot.deliver(mailTo('After the outage'))
  await until(async () => (await count('After the outage')) === 1, 20_000)
  assert.equal((await health(id)).failingSince, null)
  await desk.api('PATCH', `/mailboxes/${id}`, { archived: true })
})

test('what lay in the mailbox is brought in without telling anybody', { skip }, async () => {
  const sent = desk.sink.mails.length
  dovecot.doveadm('expunge', '-u', 'support', 'mailbox', 'INBOX', 'ALL')
  dovecot.deliver(mailTo('Old and read', { messageId: 'old-1@customer.example' }), { seen: true, at: BEFORE })
  dovecot.deliver(
    mailTo('Re: Old and read', { from: 'oldandread@customer.example', inReplyTo: 'old-1@customer.example' }),
    {
      seen: true,
      at: BEFORE,
    },
  )
  dovecot.deliver(mailTo('Old and unread'), { at: BEFORE })
  const id = await addMailbox('history@desk.example', { importHistory: 'all' })
  await until(async () => (await count('Old and unread')) === 1)
  await until(async () => (await count('Old and read')) === 1)
  const { items } = (await desk.api('GET', '/tickets?limit=200')).body
  const statusOf = (subject: string) =>
    items.find((each: { subject: string }) => each.subject === subject)?.status
  assert.equal(statusOf('Old and unread'), 'new')
  assert.equal(statusOf('Old and read'), 'closed')
  const { historyTotal, historyDone } = await health(id)
  assert.deepEqual([historyTotal, historyDone], [3, 3])
  assert.equal(desk.sink.mails.length, sent, 'nobody was told')
  assert.equal(await outboxOf(id), 0)

  // Numbered anew it is history still, whatever else is found by then; in another account nothing was read.
  await desk.api('PATCH', `/mailboxes/${id}`, { paused: true })
  dovecot.deliver(mailTo('Found when numbered anew'), { at: BEFORE })
  await dovecot.renumber()
  await desk.api('PATCH', `/mailboxes/${id}`, { paused: false })
  await until(async () => (await count('Found when numbered anew')) === 1, 20_000)
  for (const subject of ['Old and read', 'Old and unread']) assert.equal(await count(subject), 1, subject)
  assert.equal(await outboxOf(id), 0, 'nobody who wrote long ago is told now')
  const cursors = async () =>
    (
      await desk.running.desk.database.rows(
        sql`select history_uid from mailbox_cursor where mailbox_id = ${id}`,
      )
    ).length
  const { body } = await desk.api('PATCH', `/mailboxes/${id}`, { paused: true })
  await desk.api('PATCH', `/mailboxes/${id}`, { imap: { ...body.imap, afterFetch: 'keep' } })
  assert.equal(await cursors(), 1)
  await desk.api('PATCH', `/mailboxes/${id}`, { imap: { ...body.imap, user: 'another' } })
  assert.equal(await cursors(), 0)
  await desk.api('PATCH', `/mailboxes/${id}`, { archived: true })
})

test(
  'mail that comes between turning a mailbox on and the first look into it is no history',
  { skip },
  async () => {
    dovecot.doveadm('expunge', '-u', 'support', 'mailbox', 'INBOX', 'ALL')
    dovecot.deliver(mailTo('Long before'), { at: BEFORE })
    const id = await addMailbox('late@desk.example', { imapPassword: 'not the password' })
    await until(async () => (await health(id)).state === 'failing')
    dovecot.deliver(mailTo('While the password was wrong'))
    // Each is numbered before the next comes.
    dovecot.doveadm('search', '-u', 'support', 'mailbox', 'INBOX', 'ALL')
    dovecot.deliver(mailTo('Moved in, of long before'), { at: BEFORE })
    dovecot.doveadm('search', '-u', 'support', 'mailbox', 'INBOX', 'ALL')
    dovecot.deliver(mailTo('Read by hand meanwhile'), { seen: true })
    dovecot.deliver(mailTo('Answered by hand meanwhile'), { seen: true, answered: true })
    await desk.api('PATCH', `/mailboxes/${id}`, { imapPassword: 'secret' })
    const late = ['While the password was wrong', 'Read by hand meanwhile', 'Answered by hand meanwhile']
    for (const subject of late) await until(async () => (await count(subject)) === 1)
    assert.equal(await count('Long before'), 0)
    assert.equal(await count('Moved in, of long before'), 0)
    const { items } = (await desk.api('GET', '/tickets?limit=200')).body
    const statusOf = (wanted: string) =>
      items.find(({ subject }: { subject: string }) => subject === wanted)?.status
    assert.deepEqual(late.map(statusOf), ['new', 'new', 'closed'])
    assert.equal(await outboxOf(id), 1, 'who waits and was not read is told that it came')
    // What the desk did not take stays as it was.
    const unread = () =>
      dovecot.doveadm('search', '-u', 'support', 'mailbox', 'INBOX', 'UNSEEN').trim().split('\n').length
    await until(async () => unread() === 2)
    await desk.api('PATCH', `/mailboxes/${id}`, { archived: true })
  },
)

test('a wrong password is told in the words of the server, with a cure', { skip }, async () => {
  const id = await addMailbox('wrong@desk.example', { imapPassword: 'not the password', paused: true })
  const { body } = await desk.api('POST', `/mailboxes/${id}/check`, { part: 'imap' })
  const states = body.checks.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`)
  assert.deepEqual(states, ['imap_connect ok', 'imap_login failed', 'imap_folder skipped'])
  assert.match(body.checks[1].words, /auth/i)
  assert.equal(body.checks[1].cure, 'check_password')
  const answer = await desk.api('PATCH', `/mailboxes/${id}`, { imapPassword: 'secret' })
  assert.equal(JSON.stringify(answer.body).includes('secret'), false, 'a password never comes out')
  const again = await desk.api('POST', `/mailboxes/${id}/check`, { part: 'imap' })
  assert.deepEqual(
    again.body.checks.map(({ state }: { state: string }) => state),
    ['ok', 'ok', 'ok'],
  )
  assert.ok(again.body.folders.includes('INBOX'))
})

test('fetched mail can be moved away, and is not fetched again', { skip }, async () => {
  dovecot.doveadm('mailbox', 'create', '-u', 'support', 'Done')
  dovecot.doveadm('expunge', '-u', 'support', 'mailbox', 'INBOX', 'ALL')
  const imap = {
    host: '127.0.0.1',
    port: dovecot.port,
    security: 'none',
    user: 'support',
    auth: 'password',
    folder: 'INBOX',
    afterFetch: 'move',
    moveTo: 'Done',
  }
  const id = await addMailbox('move@desk.example', { imap })
  await until(async () => (await health(id)).state === 'ok')
  dovecot.deliver(mailTo('To be moved'))
  await until(async () => (await count('To be moved')) === 1)
  await until(async () => dovecot.count('Done') === 1)
  await desk.api('PATCH', `/mailboxes/${id}`, { archived: true })
})
