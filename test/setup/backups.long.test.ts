// The desk backs itself up by a schedule: once for any number of processes, with older ones whole whatever happens to the newest.
import assert from 'node:assert/strict'
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { assertMarked, isOfAnother } from '#desk/backup-place.ts'
import { BACKUP_LOCK, backupLane } from '#desk/backups.ts'
import { dropUnusedFiles } from '#desk/privacy/unused-files.ts'
import { backup } from '#store/backup/backup.ts'
import { blobList, readManifest } from '#store/backup/manifest.ts'
import { checkParts } from '#store/backup/restore.ts'
import { openPlace, type Place } from '#store/backup/place.ts'
import { placeOf } from '#store/blobs.ts'
import { openDatabase } from '#store/database.ts'
import { createLocks, isLocked } from '#store/lock.ts'
import { sql } from '#store/sql.ts'
import { run as command } from '../support/command.ts'
import { quiet, root } from '../support/database.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
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

const placeAt = (dir: string) => openPlace(dir, desk.config.s3)

/** A backup as the lane and the command have it made, at a moment and with something odd about it. */
const make = (place: Place, at: string, more: Partial<Parameters<typeof backup>[1]> = {}) =>
  backup(desk.running.desk.database, {
    place,
    keep: 1,
    blobs: desk.running.desk.blobs,
    secret: desk.running.desk.secret,
    sealedSecret: null,
    at,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...more,
  })

/** Takes a file that rows speak of; its name. */
async function fileOfDesk(text: string): Promise<string> {
  const form = new FormData()
  form.append('file', new File([text], 'file.txt'))
  const sent = await fetch(`${desk.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}` },
    body: form,
  })
  assert.equal(sent.status, 201)
  return desk.running.desk.blobs.put(Buffer.from(text))
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
  // What nothing names any more stays meanwhile: the rows of a backup are of a moment ago.
  const dropUnused = dropUnusedFiles(desk.running.desk)
  const unused = '0'.repeat(64)
  await database.rows(sql`insert into blob_unused (sha256) values (${unused})`)
  const left = () => database.rows(sql`select from blob_unused where sha256 = ${unused}`)
  assert.equal(await isLocked(database, BACKUP_LOCK, 0), true)
  await dropUnused()
  assert.equal((await left()).length, 1)
  await other.end()
  await until(async () => !(await isLocked(database, BACKUP_LOCK, 0)))
  await dropUnused()
  assert.equal((await left()).length, 0)
  desk.clock.pass(60)
  await lane.round()
  assert.deepEqual(
    (await runs()).map(({ outcome }: { outcome: string }) => outcome),
    ['done', 'interrupted', 'done'],
  )
  assert.ok(!existsSync(half))
  await checkParts(openPlace(dir, desk.config.s3), null, migrations, () => {})
  // Twice in a row is told.
  for (const endedAt of [desk.clock.now(), null])
    await database.rows(
      sql`insert into backup_run (started_at, ended_at, outcome, place, checked) values (${desk.clock.now()}, ${endedAt},
        ${endedAt === null ? 'running' : 'interrupted'}, ${dir}, true)`,
    )
  const told = (await letters()).length
  await lane.round()
  assert.equal((await letters()).length, told + 1)
  assert.deepEqual(
    (await backupAlerts()).map(({ kind }: { kind: string }) => kind),
    ['backup_failed'],
  )
})

test('the connection of a lock says something now and then, so that nothing in between cuts it', async (t) => {
  const locks = createLocks(desk.running.desk.database, 100)
  // What a connection says is shown to the one who opened it.
  const database = openDatabase(desk.config.databaseUrl ?? '', { log: quiet, size: 1, role: null })
  t.after(() => Promise.all([locks.close(), database.close()]))
  assert.ok(await locks.take('a lock of a test', 0))
  await until(
    async () =>
      (await database.row(sql`select from pg_stat_activity a join pg_locks l on l.pid = a.pid
        where l.locktype = 'advisory' and l.classid = hashtext('a lock of a test')::oid and a.query = 'select 1'`)) !==
      null,
  )
})

test('a file that the desk lost stays in each new backup; with one that is nowhere, nothing older goes', async (t) => {
  const dir = await placed(t, { keep: 1 })
  const [lane, { blobs }] = [worker(), desk.running.desk]
  const name = await fileOfDesk('of which the disk is away')
  const inPlace = join(dir, 'blobs', placeOf(name))
  const next = async () => {
    desk.clock.pass(DAY)
    await lane.round()
    return (await runs())[0]
  }
  const { outcome } = await next()
  assert.equal(outcome, 'done')
  await blobs.remove(name)
  assert.equal((await next()).outcome, 'done')
  const place = placeAt(dir)
  assert.ok((await blobList(place, await readManifest(place))).includes(name))
  await checkParts(place, null, migrations, () => {})
  rmSync(inPlace)
  const failed = await next()
  assert.deepEqual([failed.outcome, failed.failure, failed.detail.includes(name)], ['failed', 'lost', true])
  assert.equal(foldersIn(dir).length, 2)
  assert.equal((await backupAlerts())[0]?.kind, 'backup_failed')
  desk.clock.pass(3_600)
  await lane.round()
  assert.equal(foldersIn(dir).length, 2, 'not tried again before the next moment of the plan')
  await blobs.put(Buffer.from('of which the disk is away'))
  assert.equal((await next()).outcome, 'done')
  assert.equal(foldersIn(dir).length, 1)
  // One that rotted there is copied again.
  writeFileSync(inPlace, 'something else')
  assert.equal((await next()).outcome, 'done')
  assert.equal(readFileSync(inPlace, 'utf8'), 'of which the disk is away')
})

test('a backup that does not pass its check never counts; the one just made is always among those that stay', async (t) => {
  const dir = temporaryFolder(t)
  const place = placeAt(dir)
  await make(place, '2026-01-01T00:00:00.000Z')
  const failing = make(place, '2026-01-02T00:00:00.000Z', {
    check: async () => Promise.reject(new Error('not as it was written')),
  })
  await assert.rejects(failing, /not as it was written/)
  const cut = new AbortController()
  const check = async () => cut.abort(new Error('another has the lock'))
  await assert.rejects(
    make(place, '2026-01-02T00:00:00.000Z', { check, signal: cut.signal }),
    /another has the lock/,
  )
  const first = ['tables-2026-01-01T00-00-00-000Z']
  assert.deepEqual(foldersIn(dir), first)
  assert.equal((await readManifest(place)).createdAt, '2026-01-01T00:00:00.000Z')
  // A disk that lists nothing is no empty one.
  const blind = { ...place, folders: async () => [] }
  await assert.rejects(make(blind, '2026-01-03T00:00:00.000Z'), /does not list the backup/)
  assert.equal(foldersIn(dir).length, 2)
  // A clock that ran ahead, and was set right.
  await make(place, '2099-01-01T00:00:00.000Z')
  await make(place, '2026-01-04T00:00:00.000Z')
  assert.deepEqual(foldersIn(dir), ['tables-2026-01-04T00-00-00-000Z'])
  await checkParts(place, null, migrations, () => {})
})

test('the command takes no other desk’s place and not the desk’s own, and beside a schedule removes nothing unasked', async (t) => {
  const dir = await placed(t, { keep: 2 })
  const { dataDir, databaseUrl, secret } = desk.config
  const docket = (args: readonly string[], key = secret ?? '') =>
    command(['backup', ...args], {
      DATABASE_URL: databaseUrl ?? '',
      DOCKET_DATA: dataDir,
      DOCKET_SECRET: key,
      DOCKET_LOG: 'silent',
    })
  const inside = await docket([join(dataDir, 'backups')])
  assert.deepEqual([inside.code, /DOCKET_DATA/.test(inside.err)], [64, true], inside.err)
  const stranger = await docket([dir], 'the secret of another desk, long enough')
  assert.deepEqual([stranger.code, /another desk/.test(stranger.err)], [64, true], stranger.err)
  for (const count of [1, 2, 3]) {
    const { code, err } = await docket([dir])
    assert.deepEqual([code, foldersIn(dir).length], [0, count], err)
  }
  assert.equal((await docket([dir, '--keep', '1'])).code, 0)
  assert.equal(foldersIn(dir).length, 2, 'as many as the schedule keeps')
})

test('a place that stays is marked anew only where somebody says that its disk is new; an earlier secret’s mark is known', async (t) => {
  const dir = await placed(t)
  const mark = join(dir, 'docket-backups.txt')
  rmSync(mark)
  const refused = await plan(`${dir}/`)
  assert.deepEqual([refused.status, refused.body.errors?.[0].path], [400, 'isNewDisk'])
  assert.ok(!existsSync(mark))
  assert.equal((await plan(dir, { isNewDisk: true })).status, 200)
  const ours = readFileSync(mark, 'utf8')
  const { secret } = desk.running.desk
  const place = placeAt(dir)
  await assert.rejects(assertMarked(place, ['the next secret']), /does not bear the mark/)
  assert.equal(await isOfAnother(place, ['the next secret']), true)
  assert.equal(await isOfAnother(place, ['the next secret', secret]), false)
  await assertMarked(place, ['the next secret', secret])
  assert.notEqual(readFileSync(mark, 'utf8'), ours)
  await assertMarked(place, ['the next secret'])
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
