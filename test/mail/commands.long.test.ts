// What administrators run by hand: stored mail read again, and stored credentials moved to a new secret.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { output } from '../../bench/bench.ts'
import { addSource, sourceByKey } from '#channels/inbound-source-store.ts'
import { askImport, openAsked } from '#imports/asked.ts'
import { sealedImports } from '#imports/import-store.ts'
import { systemClock } from '#kit/clock.ts'
import { sql } from '#store/sql.ts'
import { beginTotp, findTotp, useTotpStep } from '#people/factor-store.ts'
import { createSeal } from '#store/seal.ts'
import { letter, post } from '../support/customer.ts'
import { freshDatabase } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: TestDesk
let env: NodeJS.ProcessEnv
let drop: () => Promise<unknown>
before(async () => {
  const database = await freshDatabase()
  drop = () => database.drop()
  desk = await startDesk({ databaseUrl: database.url })
  const { dataDir, secret, smtpUrl } = desk.config
  env = {
    ...process.env,
    DATABASE_URL: database.url,
    DOCKET_DATA: dataDir,
    DOCKET_SECRET: secret ?? '',
    DOCKET_SMTP_URL: smtpUrl ?? '',
    DOCKET_LOG: 'silent',
  }
})
after(async () => {
  await desk.close()
  await drop()
})

test('mail reparse gives a message the body that the reader of today finds, and leaves the others', async () => {
  const { database } = desk.running.desk
  for (const subject of ['One', 'Two'])
    await post(
      desk.smtpPort,
      letter({
        from: 'cy@customer.example',
        to: 'support@docket.localhost',
        subject,
        text: `Body of ${subject}`,
      }),
      { from: 'cy@customer.example', to: ['support@docket.localhost'] },
    )
  await until(async () => (await desk.api('GET', '/tickets')).body.items.length === 2)
  // As an older reader, which knew less, had left it.
  await database.rows(sql`update message set body_text = 'garbled' where body_text = 'Body of One'`)
  // And as a backtest judged both by what they said.
  await database.rows(sql`with basis as (insert into backtest_basis (hash, used_at) values ('x', now()) returning id)
    insert into backtest_kept (basis_id, ticket_id, seq, kept) select basis.id, ticket.id, 1, '{}' from basis, ticket`)
  assert.deepEqual(JSON.parse(await output(['mail', 'reparse', '--json'], env)), {
    read: 2,
    changed: 1,
    failed: 0,
  })
  const rows = await database.rows<{ text: string }>(
    sql`select body_text as text from message where direction = 'inbound' order by body_text`,
  )
  assert.deepEqual(
    rows.map(({ text }) => text.trim()),
    ['Body of One', 'Body of Two'],
  )
  const kept = await database.rows<{ text: string }>(sql`select body_text as text from backtest_kept
    join message using (ticket_id)`)
  assert.deepEqual(
    kept.map(({ text }) => text.trim()),
    ['Body of Two'],
  )
  assert.deepEqual(JSON.parse(await output(['mail', 'reparse', '--json'], env)), {
    read: 2,
    changed: 0,
    failed: 0,
  })
})

test('secrets rotate moves credentials to the new secret; without the old one it changes nothing', async () => {
  const { database } = desk.running.desk
  const old = 'the-first-secret-of-this-desk-long-enough'
  const { body } = await desk.api('POST', '/mailboxes', { address: 'rotated@desk.example' })
  const place = `mailbox_secret|${body.id}|imap_password`
  const { keyId, sealed } = createSeal(old).close('hunter2', place)
  await database.rows(sql`insert into mailbox_secret (mailbox_id, purpose, key_id, sealed)
    values (${body.id}, 'imap_password', ${keyId}, ${sealed})`)
  const row = () =>
    database.row<{ keyId: string; sealed: Buffer }>(
      sql`select key_id as "keyId", sealed from mailbox_secret where mailbox_id = ${body.id}`,
    )
  const before = await row()
  await assert.rejects(output(['secrets', 'rotate', '--json'], env), /ended with/)
  assert.deepEqual(await row(), before, 'nothing was changed')
  const both = { ...env, DOCKET_OLD_SECRETS: old }
  assert.deepEqual(JSON.parse(await output(['secrets', 'rotate', '--json'], both)), { rotated: 1 })
  const after = await row()
  assert.ok(after !== null && after.keyId !== keyId)
  assert.equal(createSeal(env['DOCKET_SECRET'] ?? '').open(after, place), 'hunter2')
})

test('secrets rotate moves what authenticator apps hold, too', async () => {
  const { database, clock } = desk.running.desk
  const old = 'the-first-secret-of-this-desk-long-enough'
  const agentId = (await desk.addAgent('Ada', 'agent')).principal.agentId
  await beginTotp(database, createSeal(old), { agentId, secret: 'JBSWY3DPEHPK3PXP', at: clock.now() })
  const both = { ...env, DOCKET_OLD_SECRETS: old }
  assert.deepEqual(JSON.parse(await output(['secrets', 'rotate', '--json'], both)), { rotated: 1 })
  const found = await findTotp(database, createSeal(env['DOCKET_SECRET'] ?? ''), agentId)
  assert.equal(found?.secret, 'JBSWY3DPEHPK3PXP')
})

test('secrets rotate moves the proofs of inbound sources and the keys of imports, too', async () => {
  const { database, clock } = desk.running.desk
  const [old, here] = ['the-first-secret-of-this-desk-long-enough', createSeal(env['DOCKET_SECRET'] ?? '')]
  const source = { name: 'Postmark', provider: 'postmark', proof: 'user:word' } as const
  const { key } = await addSource(database, createSeal(old), source, clock.now())
  const asked = { kind: 'zendesk', url: 'https://desk.example', user: 'u', token: 't' } as const
  await askImport(database, createSeal(old), asked, { look: true, at: clock.now(), agentId: null })
  const both = { ...env, DOCKET_OLD_SECRETS: old }
  assert.deepEqual(JSON.parse(await output(['secrets', 'rotate', '--json'], both)), { rotated: 2 })
  assert.equal((await sourceByKey(database, here, key))?.proof, 'user:word')
  const [run] = await sealedImports(database)
  assert.ok(run !== undefined)
  assert.deepEqual(openAsked(here, run), asked)
})

test('user reset-factors lets somebody in again who lost them, and is in the audit log', async () => {
  const { database, clock, seal } = desk.running.desk
  const { principal, email, password } = await desk.addAgent('Lou', 'admin')
  const { agentId } = principal
  await beginTotp(database, seal, { agentId, secret: 'JBSWY3DPEHPK3PXP', at: clock.now() })
  await useTotpStep(database, agentId, 1, clock.now())
  const browser = visitor(desk.url)
  assert.deepEqual((await browser('POST', '/session', { email, password })).body, {
    wanted: ['code', 'recovery'],
  })
  const reset = await output(['user', 'reset-factors', 'Lou@desk.example', '--json'], env)
  assert.deepEqual(JSON.parse(reset), { removed: 1 })
  assert.equal((await browser('POST', '/session', { email, password })).body.email, email)
  const [entry] = (await desk.api('GET', `/audit?thing=agent&thingId=${agentId}`)).body.items
  assert.deepEqual([entry.action, entry.actor.type], ['factors_reset', 'system'])
  // The command lives in the machine's time.
  desk.clock.set(systemClock.now())
  await until(async () =>
    desk.sink.mails.find(
      ({ to, mail }) => to[0] === email && mail.subject === 'Your second factors were reset',
    ),
  )
})
