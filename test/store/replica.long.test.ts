// A second server that follows the database: it takes the reads that ask much, and nobody reads less than what was committed.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openDatabase } from '#store/database.ts'
import { followReplica } from '#store/replica.ts'
import { freshDatabase, quiet } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'
import { ownPostgres, withoutPostgres } from '../support/own-postgres.ts'

const skip = withoutPostgres()

/** Writes, and reads what was written at once. */
async function writesAndReads(desk: TestDesk, subject: string): Promise<void> {
  const requester = { email: 'cy@customer.example' }
  const { id } = (await desk.api('POST', '/tickets', { subject, body: 'Hello', requester })).body
  const { items } = (await desk.api('GET', '/tickets?limit=1&sort=newest')).body
  assert.equal(items[0]?.id, id, subject)
}

test(
  'what was written is read at once, from the replica, and from the first where that is behind or away',
  { skip },
  async (t) => {
    const first = await ownPostgres(t)
    const second = await ownPostgres(t, first)
    const desk = await startDesk({ databaseUrl: first.url, replicaUrl: second.url })
    atEnd(t, () => desk.close())
    const { replica } = desk.running.desk
    assert.ok(replica !== null)
    const taken = () => replica.counts().replica

    await until(async () => (await replica.trouble()) === null)
    for (let at = 0; at < 20; at++) await writesAndReads(desk, `Number ${at}`)
    assert.ok(taken() > 0, 'it is read from')
    const report = await desk.api('GET', '/reports/arrivals')
    assert.equal(report.status, 200)
    assert.match(
      await fetch(`${desk.url}/metrics`).then((answer) => answer.text()),
      /docket_replica_reads\{server="replica"\} [1-9]/,
    )

    await second.run(`alter system set recovery_min_apply_delay = '1h'`)
    await second.run('select pg_reload_conf()')
    await until(async () => {
      await writesAndReads(desk, 'While it is an hour behind')
      return /ms behind/.test((await replica.trouble()) ?? '')
    })
    const before = taken()
    await writesAndReads(desk, 'Still an hour behind')
    assert.equal(taken(), before)

    await second.stop()
    await writesAndReads(desk, 'While it is away')
    assert.notEqual(await replica.trouble(), null)
    await second.start()
    await second.run('alter system reset recovery_min_apply_delay')
    await second.run('select pg_reload_conf()')
    await until(async () => {
      await writesAndReads(desk, 'It comes back')
      return taken() > before
    })

    await second.run('select pg_promote()')
    await until(async () => (await replica.trouble()) === 'it follows no other server')
    await writesAndReads(desk, 'It went its own way')
  },
)

test('one that cannot be reached, refuses, or stands still costs nobody more than a moment', async () => {
  const { url, drop } = await freshDatabase()
  const one = openDatabase(url, { log: quiet, size: 2, role: null })
  const still = createServer(() => {}).listen(0, '127.0.0.1')
  await once(still, 'listening')
  const { port } = still.address() as AddressInfo
  for (const [where, reason] of [
    ['postgresql://docket@nowhere.invalid/postgres', /cannot be asked|does not answer/],
    [url.replace(/^(postgres\w*:\/\/[^/]*\/)[^?]*/, '$1no_such_database'), /cannot be asked.*does not exist/],
    [`postgresql://docket@127.0.0.1:${port}/postgres`, /does not answer within 250 ms/],
  ] as const) {
    const [copy, looks] = [2, 1].map((size) => openDatabase(where, { log: quiet, size, role: null }))
    assert.ok(copy !== undefined && looks !== undefined)
    const replica = followReplica(one, copy, looks, quiet)
    const startedAt = performance.now()
    assert.equal(await replica.reading(), one, where)
    assert.ok(performance.now() - startedAt < 5_000, where)
    assert.match((await replica.trouble()) ?? '', reason)
    void replica.close()
  }
  still.close()
  await one.close()
  await drop()
})

test('a copy of another database is not read from', { skip }, async (t) => {
  const server = await ownPostgres(t)
  const { url, drop } = await freshDatabase()
  const [one, other] = [url, server.url].map((each) =>
    openDatabase(each, { log: quiet, size: 2, role: null }),
  )
  assert.ok(one !== undefined && other !== undefined)
  const looks = openDatabase(server.url, { log: quiet, size: 1, role: null })
  const replica = followReplica(one, other, looks, quiet)
  assert.equal(await replica.trouble(), 'it is a copy of another database')
  assert.equal(await replica.reading(), one)
  await replica.close()
  await one.close()
  await drop()
})
