// The embedded PostgreSQL when things go wrong around it, a full disk, and somebody else's PostgreSQL.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { readConfig } from '#config.ts'
import { startEmbedded } from '#store/embedded.ts'
import { attachStore, openStore } from '#store/open.ts'
import { sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { quiet, root } from '../support/database.ts'
import { startDesk, until } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { ownPostgres, withoutPostgres } from '../support/own-postgres.ts'

async function command(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

test('a data folder has one Docket: the second is refused, a stale pid file and an orphan are not in the way', async (t) => {
  const dataDir = temporaryFolder(t)
  const first = await startEmbedded({ root, dataDir, log: quiet })
  await command(first.url, 'create table kept (id int)')
  await assert.rejects(
    startEmbedded({ root, dataDir, log: quiet }),
    /Another Docket \(process \d+\) uses .*Stop it first/,
  )

  // Its Docket is gone, PostgreSQL is not: the next start ends it in order and takes over.
  rmSync(join(dataDir, 'docket.lock'))
  const second = await startEmbedded({ root, dataDir, log: quiet })
  await first.died
  assert.equal((await command(second.url, 'select * from kept')).rowCount, 0)
  await second.stop()
  await first.stop()
  assert.ok(!existsSync(join(dataDir, 'postgres', 'postmaster.pid')))
  assert.ok(!existsSync(join(dataDir, 'docket.lock')))

  // The pid in the file belongs to something else by now.
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n5432\n`)
  const third = await startEmbedded({ root, dataDir, log: quiet })
  assert.equal((await command(third.url, 'select * from kept')).rowCount, 0)
  await third.stop()
})

test('what transactions ask beside themselves is answered though they hold every connection', async (t) => {
  const read = readConfig({ DOCKET_DATA: temporaryFolder(t) }, root)
  assert.ok(read.ok)
  const { config } = read
  const first = await openStore(config, root, quiet)
  atEnd(t, first.close)
  const attached = await attachStore(config, quiet)
  assert.ok(attached !== null)
  atEnd(t, attached.close)
  for (const { database, aside } of [first, attached]) {
    let inside = 0
    const all = Array.from({ length: 24 }, () =>
      database.transaction(async () => {
        inside++
        await aside.row(sql`select pg_sleep(0.01)`)
      }),
    )
    await Promise.all(all)
    assert.equal(inside, 24)
  }
})

test('SIGTERM stops everything in order, and the next start is a warm one', async (t) => {
  const dataDir = temporaryFolder(t)
  const env = {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_PORT: '0',
    DOCKET_SMTP_PORT: '0',
    DOCKET_LOG: 'warn',
    DATABASE_URL: '',
  }
  const start = async () => {
    const child = spawn(join(root, 'docket'), ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk) => (said += String(chunk)))
    await until(async () => said.includes('Docket is ready'), 60_000)
    return child
  }
  for (const _ of ['cold', 'warm']) {
    const child = await start()
    const ended = new Promise<number | null>((done) => child.once('exit', done))
    child.kill('SIGTERM')
    assert.equal(await ended, 0)
    assert.ok(!existsSync(join(dataDir, 'postgres', 'postmaster.pid')), 'PostgreSQL was stopped')
  }
  assert.doesNotMatch(readFileSync(join(dataDir, 'postgres.log'), 'utf8'), /not properly shut down/)
})

test('a full disk: mail is left with its sender by 452, the API answers 507, nothing acknowledged is lost', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const ticket = { subject: 'Before', body: 'Hello', requester: { email: 'cy@customer.example' } }
  assert.equal((await desk.api('POST', '/tickets', ticket)).status, 201)

  const url = desk.config.databaseUrl ?? ''
  await command(
    url,
    `create function no_space() returns trigger language plpgsql as $$ begin
       raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
     create trigger full_disk before insert on raw_mail execute function no_space();
     create trigger full_disk before insert on ticket_event execute function no_space()`,
  )
  const raw = letter({ from: 'cy@customer.example', to: 'support@docket.localhost' })
  const envelope = { from: 'cy@customer.example', to: ['support@docket.localhost'] }
  assert.match(await post(desk.smtpPort, raw, envelope), /^452 /)
  const refused = await desk.api('POST', '/tickets', ticket)
  assert.equal(refused.status, 507)
  assert.match(refused.body.type, /\/full$/)

  await command(url, 'drop trigger full_disk on raw_mail; drop trigger full_disk on ticket_event')
  assert.match(await post(desk.smtpPort, raw, envelope), /^250 /)
  const all = await until(async () => {
    const { body } = await desk.api('GET', '/tickets')
    return body.items.length === 2 ? body.items : null
  })
  assert.deepEqual(all.map(({ subject }: { subject: string }) => subject).toSorted(), [
    'A question',
    'Before',
  ])
})

test(
  'a PostgreSQL of one’s own, version 15 or newer, by DATABASE_URL',
  { skip: withoutPostgres() },
  async (t) => {
    const { url: databaseUrl } = await ownPostgres(t)
    const own = await startDesk({ databaseUrl })
    atEnd(t, () => own.close())
    const raw = letter({ from: 'cy@customer.example', to: 'support@docket.localhost', subject: 'From afar' })
    assert.match(
      await post(own.smtpPort, raw, { from: 'cy@customer.example', to: ['support@docket.localhost'] }),
      /^250 /,
    )
    await until(async () => (await own.api('GET', '/tickets?q=afar')).body.items[0]?.subject === 'From afar')
    await assert.rejects(
      own.running.desk.database.rows({ text: 'delete from ticket_event', values: [] } as never),
      /permission denied|append-only/i,
    )
  },
)
