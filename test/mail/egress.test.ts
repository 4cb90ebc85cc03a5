// A12: nothing that a person configures leads inside the network, however it is spelled.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { cachedDns } from '#channels/dns.ts'
import { createEgress } from '#channels/egress.ts'
import { createSeal } from '#store/seal.ts'
import { sql } from '#store/sql.ts'
import { rotateSecrets } from '#channels/account-store.ts'
import { startDesk } from '../support/desk.ts'

let hits = 0
let port = 0
const canary = createServer((request, response) => {
  hits++
  if (request.url === '/away') response.writeHead(302, { location: `http://127.0.0.1:${port}/` })
  response.end('secret')
})
before(async () => {
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done))
  port = (canary.address() as { port: number }).port
})
after(() => canary.close())

const spellings = [
  '127.0.0.1',
  'localhost',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.1',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[fe80::1]',
  '[fc00::1]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
]

test('A12: 22 spellings of inside addresses are refused before a byte is sent', async () => {
  const egress = createEgress([])
  for (const host of spellings) {
    await assert.rejects(
      egress.fetch(`http://${host}:${port}/`, { timeoutMs: 2_000 }),
      { name: 'Fault' },
      host,
    )
    await assert.rejects(egress.connect(host, port, 2_000), { name: 'Fault' }, host)
  }
  await egress.close()
  assert.equal(hits, 0)
})

test('A12: a name that changes its answer is judged at each connection', async () => {
  let asked = 0
  const answers = ['93.184.216.34', '127.0.0.1']
  const egress = createEgress([], async () => [{ address: answers[asked++ % 2] ?? '', family: 4 }])
  await egress.addressOf('rebinding.test')
  await assert.rejects(egress.connect('rebinding.test', port, 500), { code: 'EGRESS' })
  await egress.close()
  assert.equal(hits, 0)
})

test('A12: redirects are not followed, and a listed network is reached', async () => {
  const egress = createEgress(['127.0.0.0/8'])
  const answer = await egress.fetch(`http://127.0.0.1:${port}/away`)
  assert.equal(answer.status, 302)
  assert.equal(hits, 1)
  await assert.rejects(egress.fetch(`http://127.0.0.1:${port}/`, { mostBytes: 3 }), { code: 'TOO_LARGE' })
  await egress.close()
})

test('credentials lie sealed, open only in their own place, and move to a new secret', async (t) => {
  const old = createSeal('the first secret of this desk, long enough')
  const desk = await startDesk({ oldSecrets: ['the first secret of this desk, long enough'] })
  t.after(() => desk.close())
  const { database, seal } = desk.running.desk
  const { body } = await desk.api('POST', '/mailboxes', { address: 'sealed@desk.example' })
  const place = `mailbox_secret|${body.id}|smtp_password`
  const { keyId, sealed } = old.close('hunter2', place)
  assert.throws(() => old.open({ keyId, sealed }, 'mailbox_secret|1|imap_password'), 'bound to its row')
  const changed = Buffer.from(sealed)
  changed[20] = (changed[20] ?? 0) ^ 1
  assert.throws(() => old.open({ keyId, sealed: changed }, place), 'a changed byte does not open')
  assert.throws(() => createSeal('another secret').open({ keyId, sealed }, place), /DOCKET_OLD_SECRETS/)
  await database.rows(sql`insert into mailbox_secret (mailbox_id, purpose, key_id, sealed)
    values (${body.id}, 'smtp_password', ${keyId}, ${sealed})`)
  assert.equal(await database.transaction((tx) => rotateSecrets(tx, seal)), 1)
  const row = await database.row<{ keyId: string; sealed: Buffer }>(
    sql`select key_id as "keyId", sealed from mailbox_secret where mailbox_id = ${body.id}`,
  )
  assert.ok(row !== null && row.keyId === seal.keyId)
  assert.equal(seal.open(row, place), 'hunter2')
  assert.equal(row.sealed.includes('hunter2'), false)
})

test('a DNS that does not answer is left alone, and names that nobody has are never asked for', async () => {
  const asked: string[] = []
  const dns = cachedDns(async (name) => {
    asked.push(name)
    if (name.endsWith('away.com')) throw Object.assign(new Error('late'), { code: 'ETIMEOUT' })
    return [['v=spf1 -all']]
  })
  await assert.rejects(dns('shop.example', 'TXT'), { code: 'ENOTFOUND' })
  assert.deepEqual(asked, [])
  await dns('known.com', 'TXT')
  await dns('KNOWN.com', 'TXT')
  assert.deepEqual(asked, ['known.com'], 'an answer is remembered')
  for (const name of ['a.away.com', 'b.away.com'])
    await assert.rejects(dns(name, 'TXT'), { code: 'ETIMEOUT' })
  await assert.rejects(dns('fresh.com', 'TXT'), { code: 'ETIMEOUT' })
  assert.deepEqual(
    asked,
    ['known.com', 'a.away.com', 'b.away.com'],
    'after two silences nothing more is asked',
  )
  assert.deepEqual(await dns('known.com', 'TXT'), [['v=spf1 -all']], 'what is known stays known')
})
