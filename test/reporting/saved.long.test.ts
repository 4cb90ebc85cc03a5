// Reports that leave the screen: kept under a name, shared, mailed at their hour to each with what they see, compared and exported.
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { workbookOf } from '#api/reports/workbook.ts'
import { mailNextReport } from '#desk/outbound/report-mails.ts'
import type { Instant } from '#kit/time.ts'
import { sql } from '#store/sql.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let lead: Call
let agent: Call
let ids: { lead: number; agent: number; team: number }
const inner = () => desk.running.desk

before(async () => {
  desk = await startDesk()
  const [lena, ada] = [await desk.addAgent('Lena', 'lead'), await desk.addAgent('Ada', 'agent')]
  ;[lead, agent] = [desk.as(lena.token), desk.as(ada.token)]
  const team = (await desk.api('POST', '/teams', { name: 'Within' })).body.id
  ids = { lead: lena.principal.agentId, agent: ada.principal.agentId, team }
  await desk.api('PATCH', `/agents/${ids.agent}`, { sees: 'own_teams', teams: [] })
  await inner().database.rows(sql`update person set language = 'de' where id = ${ids.agent}`)
  for (let number = 1; number <= 12; number++) {
    const requester = { email: `c${number}@customer.example`, name: 'Cy' }
    // Two are behind a wall, one of another priority.
    const body = {
      subject: '=Help',
      body: 'Help',
      requester,
      ...(number <= 2 ? { team } : {}),
      priority: number === 12 ? 'low' : 'high',
    }
    const made = await desk.api('POST', '/tickets', body)
    assert.equal(made.status, 201)
    desk.clock.pass(600)
    if (number <= 11)
      await lead('POST', `/tickets/${made.body.id}/messages`, {
        kind: 'reply',
        body: 'So.',
        status: 'resolved',
      })
  }
})
after(() => desk.close())

const flow = {
  name: '=Weekly flow',
  scope: 'shared',
  board: 'flow',
  state: { range: '7d', zone: 'Europe/Berlin', compare: 'previous' },
  filter: 'priority:high',
}
const daily = { every: 'day', hour: 8, attach: true }
let saved: { id: number; schedule: { dueAt: string } | null }

type Mailed = {
  recipients: unknown
  dueAt: string
  sentAt: string | null
  paused: string | null
  problem: string | null
}
const scheduleOf = async (id: number): Promise<Mailed> =>
  (await lead('GET', '/reports/saved')).body.items.find((each: { id: number }) => each.id === id).schedule
/** Mails what is due until a report's schedule says so: the desk's own lane may be mailing it already, and is waited for. */
const mailUntil = (id: number, told: (schedule: Mailed) => boolean) =>
  until(async () => {
    await mailNextReport(inner())
    const schedule = await scheduleOf(id)
    return told(schedule) && schedule
  })

test('a board is kept in relative words; who may not share keeps it for themselves', async () => {
  const refused = await agent('POST', '/reports/saved', flow)
  assert.equal(refused.status, 403)
  const odd = await lead('POST', '/reports/saved', { ...flow, filter: 'priorty:high' })
  assert.match(JSON.stringify(odd.body), /Did you mean priority/)
  const own = await agent('POST', '/reports/saved', { ...flow, scope: 'personal', name: 'Mine' })
  assert.equal(own.status, 201)
  saved = (await lead('POST', '/reports/saved', flow)).body
  const names = async (call: Call) =>
    (await call('GET', '/reports/saved')).body.items.map(({ name }: { name: string }) => name)
  assert.deepEqual(await names(agent), ['Mine', '=Weekly flow'])
  assert.deepEqual(await names(lead), ['=Weekly flow'])
  assert.equal((await lead('PATCH', `/reports/saved/${own.body.id}`, { name: 'Hers' })).status, 404)
  assert.equal((await agent('PATCH', `/reports/saved/${saved.id}`, { name: 'Hers' })).status, 403)
  const others = { ...daily, recipients: [ids.agent, ids.lead] }
  assert.equal((await agent('PUT', `/reports/saved/${own.body.id}/schedule`, others)).status, 403)
  const mine = { ...daily, recipients: [ids.agent] }
  assert.equal((await agent('PUT', `/reports/saved/${own.body.id}/schedule`, mine)).status, 200)
  assert.equal((await agent('DELETE', `/reports/saved/${own.body.id}`)).status, 204)
})

test('it is mailed at its hour, once with two workers, to each with the numbers of what they see', async () => {
  const recipients = [ids.lead, ids.agent]
  const put = await lead('PUT', `/reports/saved/${saved.id}/schedule`, { ...daily, recipients })
  assert.equal(put.body.schedule.dueAt, '2026-03-03T07:00:00.000Z')
  desk.clock.set('2026-03-03T07:00:00.000Z' as Instant)
  await Promise.all([1, 2, 3].map(() => mailNextReport(inner())))
  const mailTo = (name: string) =>
    until(async () =>
      desk.sink.mails.find(
        ({ to, mail }) => to[0] === `${name}@desk.example` && mail.subject.includes('Weekly'),
      ),
    )
  const [toLead, toAgent] = [await mailTo('lena'), await mailTo('ada')]
  assert.match(toLead.mail.text ?? '', /Arrivals\n {2}Value: 11\n {2}Before: 0\n {2}Change: –\n/)
  assert.match(toAgent.mail.text ?? '', /Eingänge\n {2}Wert: 9\n/)
  assert.match(toLead.mail.html ?? '', /<td[^>]*>Arrivals<\/td><td[^>]*>11<\/td>/)
  assert.match(
    toLead.mail.text ?? '',
    /\/reports\/flow\?zone=Europe%2FBerlin&range=7d&versus=previous&only=priority%3Ahigh&saved=/,
  )
  const [file] = toLead.mail.attachments
  const text = Buffer.from(file?.bytes ?? []).toString()
  assert.match(text, /^\ufeffkey,by,at,group,n,value/)
  assert.match(text, /\r\narrivals,team,,,9,9,/)
  assert.equal(file?.name, 'Weekly-flow.csv')
  assert.equal(toLead.mail.headers.get('auto-submitted')?.[0], 'auto-generated')

  // Whoever looks at the outbox sees that it left, not what it said to somebody else.
  const { items } = (await desk.api('GET', '/outbox')).body
  const entry = items.find(({ subject }: { subject: string | null }) => subject === 'Report')
  const shown = (await desk.api('GET', `/outbox/${entry.id}`)).body
  assert.ok(!JSON.stringify(shown).includes('Eingänge') && !JSON.stringify(shown).includes('Arrivals'))

  const found = await mailUntil(saved.id, ({ sentAt }) => sentAt !== null)
  const all = await inner().database.rows(sql`select id from outbox where kind = 'report'`)
  assert.equal(all.length, 2)
  assert.deepEqual([found.dueAt, found.sentAt], ['2026-03-04T07:00:00.000Z', '2026-03-03T07:00:00.000Z'])
})

test('who gets it may stop that, and it says why it is mailed no more', async () => {
  // What could not be told, or is never due, is not kept.
  const odd = { ...flow.state, range: 'own', from: '2026-03-09', to: '2026-03-02' }
  assert.equal((await lead('PATCH', `/reports/saved/${saved.id}`, { state: odd })).status, 400)
  const never = { every: 'week', onDay: 20, hour: 8, recipients: [ids.lead], attach: false }
  assert.equal((await lead('PUT', `/reports/saved/${saved.id}/schedule`, never)).status, 400)
  assert.equal((await agent('DELETE', `/reports/saved/${saved.id}/schedule/me`)).status, 204)
  assert.deepEqual((await scheduleOf(saved.id)).recipients, [{ id: ids.lead, name: 'Lena' }])
  const moment = (
    await lead('PATCH', `/reports/saved/${saved.id}`, { state: { ...flow.state, zone: 'UTC' } })
  ).body
  assert.equal(moment.schedule.dueAt, '2026-03-03T08:00:00.000Z')

  // What fails is tried again, and then says so.
  const { database } = inner()
  await database.rows(
    sql`update saved_report set state = state || '{"zone": "Nowhere/Land"}' where id = ${saved.id}`,
  )
  desk.clock.set('2026-03-03T08:00:00.000Z' as Instant)
  const failed = await mailUntil(saved.id, ({ problem }) => problem !== null)
  assert.match(failed.problem ?? '', /Nowhere\/Land/)
  await until(async () => {
    desk.clock.pass(7_200)
    await mailNextReport(inner())
    return (await scheduleOf(saved.id)).paused === 'failed'
  })
  await lead('PATCH', `/reports/saved/${saved.id}`, { state: flow.state })
  await lead('PUT', `/reports/saved/${saved.id}/schedule`, { ...daily, recipients: [ids.lead] })
  assert.equal((await scheduleOf(saved.id)).paused, null)
  desk.clock.pass(93 * 86_400)
  await mailUntil(saved.id, ({ paused }) => paused === 'unread')
  await lead('PUT', `/reports/saved/${saved.id}/schedule`, { ...daily, recipients: [ids.agent] })
  await desk.api('PATCH', `/agents/${ids.agent}`, { active: false })
  desk.clock.pass(2 * 86_400)
  await mailUntil(saved.id, ({ paused }) => paused === 'nobody')
})

test('a change is told with how sure it is, of as much of the window as there has been', async () => {
  desk.clock.set('2026-03-03T12:00:00.000Z' as Instant)
  const ask = async (key: string, words: string) =>
    (await lead('GET', `/reports/${key}?zone=UTC&${words}`)).body
  const arrivals = await ask('arrivals', 'from=2026-03-02&to=2026-03-03&compare=previous')
  assert.deepEqual([arrivals.value, arrivals.before.value], [12, 0])
  assert.deepEqual(
    [arrivals.before.from, arrivals.before.to],
    ['2026-02-28T00:00:00.000Z', '2026-03-01T12:00:00.000Z'],
  )
  // How restless its weeks are, a desk of a day has not shown yet.
  assert.equal(arrivals.before.change, null)
  const year = await ask('arrivals', 'from=2026-03-02&to=2026-03-02&compare=year')
  assert.equal(year.before.from, '2025-03-03T00:00:00.000Z')
  // Of a year ago there is nothing to compare with.
  const replies = await ask(
    'firstReplyTime',
    'hours=wall&from=2026-03-02T09:00:00Z&to=2026-03-02T12:00:00Z&compare=year',
  )
  assert.deepEqual([replies.n, replies.p50, replies.before.change], [11, 600, null])
  assert.equal((await ask('backlog', 'compare=previous')).before.change, null)
})

test('numbers, their tickets and lives leave as files that run nothing', async () => {
  const get = async (path: string, token = desk.token) =>
    fetch(`${desk.url}/api/v1/reports/${path}`, { headers: { authorization: `Bearer ${token}` } })
  const book = await (await get('arrivals/tickets.xlsx?from=2026-03-02&to=2026-03-03')).arrayBuffer()
  const sheet = unzipped(Buffer.from(book))
  assert.ok(sheet.includes('=Help') && !sheet.includes('<f>'))
  // What looks like an escape of this format stays what it is, also once letters that XML cannot say are gone from within it.
  const odd = async function* () {
    yield ['_x0041_', '_\u0001x0042_']
  }
  const cells = unzipped(await buffer(workbookOf(['a', 'b'], odd())))
  assert.ok(cells.includes('>_x005F_x0041_<') && cells.includes('>_x005F_x0042_<'))
  const rows = await (await get('arrivals/tickets.csv?from=2026-03-02&to=2026-03-03')).text()
  assert.equal(rows.trim().split('\r\n').length, 13)
  assert.match(rows, /,'=Help,/)
  const log = await (await get('stalls/events.xes?from=2026-03-02&to=2026-03-03')).text()
  assert.equal(log.match(/<trace>/g)?.length, 12)
  assert.match(log, /"status_new"\/>.*"first_reply"\/>.*value="Lena".*"status_resolved"\/>/)
  assert.match(log, /<\/log>\n$/)
  const { body: definitions } = await desk.api('GET', '/reports/metrics.json')
  assert.deepEqual(
    definitions.items.find(({ key }: { key: string }) => key === 'reopenRate').formula.days,
    14,
  )
})

test('boards of now are mailed as they stand, to those who may read them', async () => {
  const { id: left } = (await desk.api('GET', '/tickets?q=status:open,new')).body.items[0]
  const keep = async (board: string) =>
    (
      await lead('POST', '/reports/saved', {
        name: `Today ${board}`,
        scope: 'shared',
        board,
        state: { zone: 'UTC' },
        filter: '',
      })
    ).body
  const textOf = async (board: string) => {
    const { mail } = await until(async () =>
      desk.sink.mails.find((each) => each.mail.subject.startsWith(`Today ${board}: `)),
    )
    return `${mail.text}\n${Buffer.from(mail.attachments[0]?.bytes ?? []).toString()}`
  }
  for (const board of ['now', 'automation', 'stalls', 'taxonomy']) {
    const { id } = await keep(board)
    assert.equal((await lead('POST', `/reports/saved/${id}/mail`)).status, 204, board)
  }
  const now = await textOf('now')
  assert.match(now, /As of 3 Mar 2026, 12:00, UTC\n/)
  assert.match(
    now,
    new RegExp(`Unassigned\\n {2}Value: 1\\nThe oldest of them\\n {2}Value: .* \\(#${left}\\)\\n`),
  )
  // Its file is for programs: keys and bare numbers, whatever its reader's language.
  assert.match(now, /\ufefftable,key,name,measure,unit,n,value,before,change,low,high,at,zone\r\n/)
  assert.match(now, /\r\nnow,,,unassigned,count,,1,,,,,2026-03-03T12:00:00.000Z,UTC\r\n/)
  assert.match(now, new RegExp(`\r\nnow,${left},,oldest,seconds,,\\d+,,`))
  assert.match(await textOf('automation'), /Of 90 days, and of the 90 days before\./)
  const stalls = await textOf('stalls')
  assert.match(stalls, /Active tickets\n {2}Value: 1\n/)
  assert.match(stalls, /Open\n {2}n: .*\n {2}Half after: .*\n {2}Before: –\n {2}Change: –/)
  assert.match(stalls, /\r\nstalls,,,backlog,count,,1,.*\r\n(.*\r\n)*inStatus,new,,median,seconds,12,600,,/)
  assert.match(await textOf('taxonomy'), /Without a category\n {2}Value: 100%\n {2}Before: –\n/)
  // How rules fare is not for those who only look on.
  const vi = await desk.addAgent('Vi', 'viewer')
  const automation = (await lead('GET', '/reports/saved')).body.items.find(
    (each: { board: string }) => each.board === 'automation',
  )
  assert.equal((await desk.as(vi.token)('POST', `/reports/saved/${automation.id}/mail`)).status, 403)
  const toVi = { ...daily, recipients: [vi.principal.agentId] }
  const refused = await lead('PUT', `/reports/saved/${automation.id}/schedule`, toVi)
  assert.equal(refused.status, 400)
  assert.match(refused.body.detail, /^recipients: Vi may not read this report/)
  const other = (await lead('GET', '/reports/saved')).body.items.find(
    ({ name }: { name: string }) => name === 'Today now',
  )
  assert.equal((await lead('PUT', `/reports/saved/${other.id}/schedule`, toVi)).status, 200)
  const turned = await lead('PATCH', `/reports/saved/${other.id}`, { board: 'automation' })
  assert.match(turned.body.detail, /^board: Vi may not read/)
  await lead('DELETE', `/reports/saved/${other.id}/schedule`)
  // Whoever could once and cannot any more gets nothing.
  await desk.api('PATCH', `/agents/${vi.principal.agentId}`, { role: 'agent' })
  assert.equal((await lead('PUT', `/reports/saved/${automation.id}/schedule`, toVi)).status, 200)
  await desk.api('PATCH', `/agents/${vi.principal.agentId}`, { role: 'viewer' })
  desk.clock.pass(86_400)
  await mailUntil(automation.id, ({ paused }) => paused === 'nobody')
})

/** All that stands in the files of an archive, by its central directory (APPNOTE.TXT 4.3.12). */
function unzipped(zip: Buffer): string {
  const parts: string[] = []
  for (let at = zip.indexOf('PK\u0001\u0002'); zip.readUInt32LE(at) === 0x02014b50;) {
    const local = zip.readUInt32LE(at + 42)
    const begins = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(begins, begins + zip.readUInt32LE(at + 20))
    parts.push((zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString())
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return parts.join('')
}

test('a measure that is not told by the field of its board is mailed by one that it has', async () => {
  for (const state of [{ measure: 'touchTime', by: 'assignee' }, { measure: 'quarantineDelay' }]) {
    const name = `All of ${state.measure}`
    const whole = { name, scope: 'shared', board: 'measure', state: { range: '30d', ...state } }
    const kept = await lead('POST', '/reports/saved', whole)
    assert.equal(kept.status, 201)
    const put = await lead('PUT', `/reports/saved/${kept.body.id}/schedule`, {
      ...daily,
      recipients: [ids.lead],
    })
    desk.clock.set(put.body.schedule.dueAt as Instant)
    const told = await mailUntil(kept.body.id, ({ sentAt, problem }) => (sentAt ?? problem) !== null)
    assert.equal(told.problem, null)
  }
})
