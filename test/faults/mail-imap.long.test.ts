// Fetching when the world is unkind: a connection that ends in the middle of a mail, two processes on one mailbox, a mail too large.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { runDocket } from '#server.ts'
import { letter } from '../support/customer.ts'
import { freshDatabase, quiet, root } from '../support/database.ts'
import { freePort, startDesk, until, type TestDesk } from '../support/desk.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'

const skip = withoutDovecot()
const mailTo = (subject: string, text = 'Hello') =>
  letter({ from: 'Cy <cy@customer.example>', to: 'help@desk.example', subject, text })

async function addMailbox(desk: TestDesk, port: number): Promise<number> {
  const { body } = await desk.api('POST', '/mailboxes', { address: 'help@desk.example' })
  const imap = { host: '127.0.0.1', port, security: 'none', user: 'support', auth: 'password' }
  const set = { imap, imapPassword: 'secret', paused: false, importHistory: 'all' }
  assert.equal((await desk.api('PATCH', `/mailboxes/${body.id}`, set)).status, 200)
  return body.id
}

const subjects = async (desk: TestDesk): Promise<string[]> =>
  (await desk.api('GET', '/tickets?limit=200')).body.items
    .map(({ subject }: { subject: string }) => subject)
    .toSorted()

/** A way to a server that breaks off after so many bytes, so many times, and is whole then. */
async function startCutter(port: number, afterBytes: number, times: number) {
  let cuts = 0
  const server = createServer((client) => {
    const up = connect(port, '127.0.0.1')
    let sent = 0
    client.pipe(up)
    up.on('data', (chunk: Buffer) => {
      sent += chunk.length
      if (sent <= afterBytes || cuts >= times) return void client.write(chunk)
      cuts++
      client.end(chunk.subarray(0, 100))
      up.destroy()
    })
    for (const [one, other] of [[client, up] as const, [up, client] as const])
      one.on('error', () => {}).on('close', () => other.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    close: () => server.close(),
  }
}

test('a connection that ends in the middle of a mail costs time and no mail', { skip }, async (t) => {
  const dovecot = await startDovecot()
  const cutter = await startCutter(dovecot.port, 200_000, 1)
  const desk = await startDesk()
  t.after(async () => {
    await desk.close()
    cutter.close()
    await dovecot.close()
  })
  const long = `${'word '.repeat(190)}\n`.repeat(500)
  for (const subject of ['One', 'Two', 'Three']) dovecot.deliver(mailTo(subject, subject + long))
  await addMailbox(desk, cutter.port)
  await until(async () => (await subjects(desk)).length >= 3, 40_000)
  assert.equal(cutter.cuts(), 1)
  assert.deepEqual(await subjects(desk), ['One', 'Three', 'Two'], 'each once, and whole')
  const { body } = await desk.api('GET', '/mails?limit=10')
  assert.deepEqual(
    body.items.map(({ size }: { size: number }) => size > 450_000),
    [true, true, true],
  )
})

test('a mail beyond the limit is held with its headers, and the next one comes', { skip }, async (t) => {
  const dovecot = await startDovecot()
  const desk = await startDesk()
  t.after(async () => {
    await desk.close()
    await dovecot.close()
  })
  dovecot.deliver(Buffer.concat([mailTo('Too large'), Buffer.alloc(53 * 1024 * 1024, 'x\r\n')]))
  dovecot.deliver(mailTo('After it'))
  await addMailbox(desk, dovecot.port)
  await until(async () => (await subjects(desk)).includes('After it'), 20_000)
  // It is understood beside the other, which is the shorter to read.
  const [item] = await until(async () => {
    const { items } = (await desk.api('GET', '/quarantine')).body
    return items.length > 0 && (items as { subject: string; reasons: { name: string }[] }[])
  })
  assert.deepEqual([item?.subject, item?.reasons[0]?.name], ['Too large', 'too_large'])
})

test('two Dockets read one mailbox once, and one takes over from the other', { skip }, async (t) => {
  const database = await freshDatabase()
  const dovecot = await startDovecot()
  const one = await startDesk({ databaseUrl: database.url })
  const second = { ...one.config, port: await freePort(), smtpPort: await freePort() }
  const two = await runDocket(second, root, quiet, { web: false, work: true }, one.clock)
  let running = true
  const stopTwo = () => (running ? ((running = false), two.stop()) : Promise.resolve())
  t.after(async () => {
    await stopTwo()
    await one.close()
    await dovecot.close()
    await database.drop()
  })
  await addMailbox(one, dovecot.port)
  const names = Array.from({ length: 12 }, (_, n) => `Mail ${String(n).padStart(2, '0')}`)
  for (const name of names) dovecot.deliver(mailTo(name))
  await until(async () => (await subjects(one)).length >= 12, 20_000)
  await stopTwo()
  dovecot.deliver(mailTo('Zuletzt'))
  await until(async () => (await subjects(one)).includes('Zuletzt'), 20_000)
  assert.deepEqual(await subjects(one), [...names, 'Zuletzt'])
})
