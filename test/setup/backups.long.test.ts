// The desk backs itself up by a schedule: once for any number of processes, with older ones whole whatever happens to the newest.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { backupLane } from '#desk/backups.ts'
import { checkParts } from '#store/backup/restore.ts'
import { openPlace } from '#store/backup/place.ts'
import { sql } from '#store/sql.ts'
import { root } from '../support/database.ts'
import { startDesk, type Call, type TestDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/ends.ts'

const migrations = join(root, 'migrations')
const DAY = 86_400
let desk: TestDesk
let api: Call
before(async () => {
  // Its lanes are asked for rounds by hand.
  desk = await startDesk({ work: false })
  api = desk.api
})
after(() => desk.close())

const planOf = (place: string, more: object = {}) => ({
  isOn: true,
  hour: 3,
  weekday: null,
  place,
  keep: 2,
  checks: true,
  ...more,
})
const plan = (place: string, more: object = {}) => api('PUT', '/backup-plan', planOf(place, more))
const worker = () => backupLane(desk.running.desk, migrations)
const runs = async () => (await api('GET', '/backups')).body.items
const foldersIn = (dir: string) => readdirSync(dir).filter((name) => name.startsWith('tables-'))
const backupAlerts = async () =>
  (await api('GET', '/alerts')).body.items.filter(({ kind }: { kind: string }) => kind.startsWith('backup'))
const letters = () =>
  desk.running.desk.database.rows<{ subject: string; text: string }>(
    sql`select subject, body_text as text from outbox where key like 'alert:backup:%'`,
  )

/** A place that is planned for, without the runs of tests before. */
async function placed(t: TestContext, more: object = {}): Promise<string> {
  await desk.running.desk.database.rows(sql`delete from backup_run`)
  const dir = temporaryFolder(t)
  const set = await plan(dir, more)
  assert.equal(set.status, 200, JSON.stringify(set.body))
  return dir
}

test('a place that cannot hold backups is refused in words, and one that can bears the mark of the desk', async (t) => {
  const dir = temporaryFolder(t)
  const says = async (place: string) => {
    const { status, body } = await plan(place)
    assert.deepEqual([status, body.errors?.[0].path], [400, 'place'], JSON.stringify(body))
    return body.errors[0].message
  }
  assert.match(await says(''), /is missing/)
  assert.match(await says('backups'), /no whole path/)
  assert.match(await says('s3://X'), /no bucket/)
  assert.match(await says(join(desk.config.dataDir, 'backups')), /DOCKET_DATA/)
  symlinkSync(desk.config.dataDir, join(dir, 'link'))
  assert.match(await says(join(dir, 'link', 'deeper')), /DOCKET_DATA/)
  writeFileSync(join(dir, 'file'), '')
  assert.match(await says(join(dir, 'file')), /cannot be written to/)
  writeFileSync(join(dir, 'docket-backups.txt'), 'Docket keeps backups of the desk 0123 here.\n')
  assert.match(await says(dir), /another desk/)
  assert.equal((await api('GET', '/backup-plan')).body.isOn, false)
  assert.equal((await api('POST', '/backups')).body.refusal, 'no_place')
  const good = join(dir, 'new')
  const { status, body } = await plan(good)
  assert.deepEqual([status, body.nextAt], [200, '2026-03-03T03:00:00.000Z'])
  assert.ok(existsSync(join(good, 'docket-backups.txt')))
  const { body: log } = await api('GET', '/audit?thing=backups')
  assert.equal(log.items[0].action, 'backup_plan_changed')
})

test('a due backup is made once by two workers, checked, and as many are kept as were asked for', async (t) => {
  const dir = await placed(t)
  const [one, other] = [worker(), worker()]
  await Promise.all([one.round(), other.round()])
  assert.deepEqual(await runs(), [], 'nothing is due before its hour')
  for (let day = 0; day < 3; day++) {
    desk.clock.pass(DAY)
    await Promise.all([one.round(), other.round(), one.round()])
    assert.equal((await runs()).length, day + 1)
  }
  const [last] = await runs()
  assert.deepEqual([last.outcome, last.checked, last.lost, last.by], ['done', true, 0, null])
  assert.ok(last.bytes > 1_000)
  assert.equal(foldersIn(dir).length, 2)
  await checkParts(openPlace(dir, desk.config.s3), null, migrations, () => {})
  const { body } = await api('GET', '/backup-plan')
  assert.deepEqual([body.lastGoodAt, body.isLate], [desk.clock.now(), false])
})

test('a disk that is gone is said, told once a day and made good; nothing is written where it should be', async (t) => {
  const dir = await placed(t)
  const lane = worker()
  renameSync(dir, `${dir}-gone`)
  t.after(() => rmSync(`${dir}-gone`, { recursive: true, force: true }))
  desk.clock.pass(DAY)
  await lane.round()
  const [failed] = await runs()
  assert.deepEqual([failed.outcome, failed.failure], ['failed', 'gone'])
  assert.ok(!existsSync(dir))
  desk.clock.pass(3_600)
  await lane.round()
  assert.equal((await runs()).length, 2, 'tried again after an hour')
  const [letter, ...more] = await letters()
  assert.deepEqual([letter?.subject, more.length], ['The desk was not backed up', 0])
  assert.ok(letter?.text.includes(dir))
  assert.deepEqual(
    (await backupAlerts()).map(({ kind, address }: { kind: string; address: string }) => [kind, address]),
    [['backup_failed', dir]],
  )
  const lead = await desk.addAgent('Lea', 'lead')
  const seen = await desk.as(lead.token)('GET', '/alerts')
  assert.ok(!seen.body.items.some(({ kind }: { kind: string }) => kind.startsWith('backup')))
  renameSync(`${dir}-gone`, dir)
  desk.clock.pass(3_600)
  await lane.round()
  assert.equal((await runs())[0].outcome, 'done')
  assert.deepEqual(await backupAlerts(), [])
  desk.clock.pass(8 * DAY)
  assert.deepEqual(
    (await backupAlerts()).map(({ kind }: { kind: string }) => kind),
    ['backup_late'],
  )
})

test('a run whose process is gone is said to be interrupted, and made again; what was whole stays', async (t) => {
  const dir = await placed(t, { keep: 1, checks: false })
  const lane = worker()
  desk.clock.pass(DAY)
  await lane.round()
  const { database } = desk.running.desk
  // Another process has begun: it holds the lock by its connection, and part of a backup lies there.
  const other = await database.connection()
  await other.query(`select pg_advisory_lock(hashtext('backup'), 0)`)
  await database.rows(
    sql`insert into backup_run (started_at, place, checked) values (${desk.clock.now()}, ${dir}, true)`,
  )
  const half = join(dir, 'tables-2026-12-31T00-00-00-000Z')
  await openPlace(dir, desk.config.s3).write(
    'tables-2026-12-31T00-00-00-000Z/agent.copy.gz',
    (async function* () {})(),
  )
  await lane.round()
  assert.equal((await runs())[0].outcome, 'running', 'while it lives nobody says otherwise')
  assert.equal((await api('POST', '/backups')).body.refusal, 'running')
  await other.end()
  desk.clock.pass(60)
  await lane.round()
  assert.deepEqual(
    (await runs()).map(({ outcome }: { outcome: string }) => outcome),
    ['done', 'interrupted', 'done'],
  )
  assert.ok(!existsSync(half))
  await checkParts(openPlace(dir, desk.config.s3), null, migrations, () => {})
})

test('one now, with the schedule off; who asked stands beside it', async (t) => {
  await placed(t, { isOn: false, checks: false })
  assert.equal((await api('POST', '/backups')).status, 204)
  await worker().round()
  const [run, ...more] = await runs()
  assert.deepEqual([run.outcome, run.by, more.length], ['done', 'Bo', 0])
  assert.equal((await api('GET', '/backup-plan')).body.nextAt, null)
  const metrics = await (await fetch(`${desk.url}/metrics`)).text()
  assert.match(metrics, /docket_backup_last_good_seconds 1\.?\d+/)
})
