// Kill -9 at every step of fetching, reading and sending: nothing is lost, nothing comes in twice, and a reply leaves twice only when the
// connection died between its last byte and the answer, under the same Message-ID.
import assert from 'node:assert/strict'
import { spawn, type StdioOptions } from 'node:child_process'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { sql } from '#store/sql.ts'
import { systemClock } from '#kit/clock.ts'
import { handClock, startDesk } from '../support/desk.ts'
import { root } from '../support/database.ts'
import { letter } from '../support/customer.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'

/** A life takes some seconds: four that matter most here, every one with DOCKET_TEST_LONG=1. */
const EVERY_STEP = [
  'fetch: mails are here',
  'fetch: a mail is written',
  'fetch: before the commit',
  'fetch: mails are stored',
  'fetch: folder is tidied',
  'receive: a mail is taken',
  'receive: a mail is read',
  'receive: before the commit',
  'send: mails are claimed',
  'send: before the first byte',
  'send: taken over',
  'send: written down',
]
const FEW = ['fetch: mails are stored', 'receive: before the commit', 'send: taken over']
const STEPS = process.env['DOCKET_TEST_LONG'] === undefined ? FEW : EVERY_STEP

test(
  'R1, R2, R3: killed at every step, each mail is one ticket and each reply leaves',
  { skip: withoutDovecot() },
  async (t) => {
    const dovecot = await startDovecot()
    const desk = await startDesk({ work: false, clock: handClock(systemClock.now()) })
    t.after(async () => {
      await desk.close()
      await dovecot.close()
    })
    const { database } = desk.running.desk
    await database.rows(sql`update agent set send_delay_seconds = 0`)
    const { body: mailbox } = await desk.api('POST', '/mailboxes', { address: 'help@desk.example' })
    const imap = {
      host: '127.0.0.1',
      port: dovecot.port,
      security: 'none',
      user: 'support',
      auth: 'password',
    }
    const set = { imap, imapPassword: 'secret', paused: false, importHistory: 'all' }
    await desk.api('PATCH', `/mailboxes/${mailbox.id}`, set)
    const { body: ticket } = await desk.api('POST', '/tickets', {
      subject: 'Replies',
      body: 'Hello',
      requester: { email: 'cy@customer.example' },
    })

    const live = async (crashAt: string, life: number): Promise<string> => {
      const options = { config: { ...desk.config, smtpPort: 0 }, crashAt, aheadSeconds: life * 130 }
      const file = join(root, 'test/support/crash-child.ts')
      const stdio: StdioOptions = ['ignore', 'pipe', 'inherit']
      const child = spawn(process.execPath, [file, JSON.stringify(options)], { stdio })
      return (await text(child.stdout ?? Readable.from([]))).trim()
    }
    for (const [round, crashAt] of STEPS.entries()) {
      const subject = `Mail ${round}`
      dovecot.deliver(letter({ from: 'cy@customer.example', to: 'help@desk.example', subject }))
      const reply = { kind: 'reply', body: `Reply ${round}.`, sendAnyway: true }
      assert.equal((await desk.api('POST', `/tickets/${ticket.id}/messages`, reply)).status, 201)
      assert.equal(await live(crashAt, round), crashAt, 'it was killed there')
    }
    await live('', STEPS.length)
    await live('', STEPS.length + 1)

    const mails = await database.rows<{ subject: string; n: number }>(
      sql`select subject, count(*)::int as n from ticket where subject like 'Mail %' group by subject`,
    )
    const rounds = STEPS.length
    assert.equal(mails.length, rounds, 'no mail was lost')
    assert.deepEqual(
      mails.filter(({ n }) => n !== 1),
      [],
      'none came in twice',
    )

    const replies = desk.sink.mails.filter(({ mail }) => mail.text?.includes('Reply ') === true)
    const copies = Map.groupBy(replies, ({ mail }) => mail.text?.trim() ?? '')
    assert.equal(copies.size, rounds, 'each reply left')
    const doubled = [...copies.values()].filter((each) => each.length > 1)
    // At a kill beyond the last byte up to five mails are under way.
    const kills = STEPS.filter((step) => step === 'send: taken over' || step === 'send: written down').length
    assert.ok(doubled.length <= 5 * kills, `${doubled.length} left twice`)
    for (const each of doubled)
      assert.equal(
        new Set(each.map(({ mail }) => mail.messageId)).size,
        1,
        'twice only under the same Message-ID',
      )
  },
)
