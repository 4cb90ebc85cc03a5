// Kill -9 at every step of fetching, reading and sending: nothing is lost, nothing comes in twice, and a reply leaves twice only when the
// connection died between its last byte and the answer, under the same Message-ID.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { sql } from '#store/sql.ts'
import { systemClock } from '#kit/clock.ts'
import { handClock, startDesk } from './support/desk.ts'
import { root } from './support/database.ts'
import { letter } from './support/customer.ts'
import { startDovecot, withoutDovecot } from './support/dovecot.ts'

const MOST_STEPS = 40

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

    const live = async (crashAt: number, life: number): Promise<string> => {
      const options = { config: { ...desk.config, smtpPort: 0 }, crashAt, aheadSeconds: life * 130 }
      const child = spawn(
        process.execPath,
        [join(root, 'test/support/crash-child.ts'), JSON.stringify(options)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      return (await text(child.stdout)).trim()
    }
    const crashes: string[] = []
    let lives = 0
    for (let crashAt = 1; crashAt <= MOST_STEPS; crashAt++) {
      dovecot.deliver(
        letter({ from: 'cy@customer.example', to: 'help@desk.example', subject: `Mail ${crashAt}` }),
      )
      const reply = { kind: 'reply', body: `Reply ${crashAt}`, sendAnyway: true }
      assert.equal((await desk.api('POST', `/tickets/${ticket.id}/messages`, reply)).status, 201)
      const where = await live(crashAt, ++lives)
      if (where === '') break
      crashes.push(where)
    }
    await live(0, ++lives)
    await live(0, ++lives)
    for (const step of [
      'fetch: before the commit',
      'fetch: mails are stored',
      'receive: before the commit',
      'send: taken over',
    ])
      assert.ok(crashes.includes(step), `it was killed at "${step}": ${crashes.join(', ')}`)

    const mails = await database.rows<{ subject: string; n: number }>(
      sql`select subject, count(*)::int as n from ticket where subject like 'Mail %' group by subject`,
    )
    const rounds = crashes.length + 1
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
    const inWindow = crashes.filter((step) => step === 'send: taken over').length
    assert.ok(doubled.length <= inWindow * 5, `${doubled.length} left twice, ${inWindow} kills in the window`)
    for (const each of doubled)
      assert.equal(
        new Set(each.map(({ mail }) => mail.messageId)).size,
        1,
        'twice only under the same Message-ID',
      )
  },
)
