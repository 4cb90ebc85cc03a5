// Reports on a live desk: what SQL says is what the fold of the logs says, on histories that the desk itself has made.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { begin, goOn } from '../../demo/run.ts'
import { setUp } from '../../demo/set-up.ts'
import { stories } from '../../demo/story.ts'
import { verifyAll } from '#commands/verify.ts'
import { fieldsOf, understand, type Words } from '#desk/reports/ask.ts'
import { askReportFill, fillNext } from '#desk/reports/fill.ts'
import { behindNumber, report } from '#desk/reports/report.ts'
import type { PersonId } from '#kit/ids.ts'
import { stallsOf } from '#desk/reports/stalls.ts'
import { noteStalls } from '#desk/reports/stuck.ts'
import { instant, plus } from '#kit/time.ts'
import {
  countDifference,
  medianDifference,
  medianRanks,
  SPREAD_WEEKS,
  spreadOf,
} from '#reporting/difference.ts'
import { findFill } from '#reporting/fill-store.ts'
import { summarise as folded, type Counted } from '#reporting/fold.ts'
import { measureKeys, measures } from '#reporting/measures.ts'
import { summarise } from '#reporting/report-store.ts'
import type { Summary } from '#reporting/report.ts'
import { reportRows } from '#reporting/rows.ts'
import { bucketSizes, hoursKinds } from '#reporting/vocabulary.ts'
import { workedBy } from '#reporting/worked.ts'
import { nearestRank, stream } from '#kit/statistics.ts'
import type { Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { eventsOfTickets } from '#tickets/ticket-store.ts'
import { handClock, startDesk, type TestDesk } from '../support/desk.ts'

const NONE = { value: 0, things: 0 }
const until = Date.parse('2026-06-01T12:00:00Z')
const whole = {
  reader: { agentId: 0 as PersonId, sees: 'all', teamIds: [], limits: null },
  people: 'everybody',
} as const
let desk: TestDesk
const db = () => desk.running.desk.database

before(async () => {
  desk = await startDesk({ work: false, clock: handClock(instant(until)) })
  const inner = desk.running.desk
  const told = stories(150, 5, until)
  const cast = await db().transaction((tx) => setUp(inner, tx, instant(told[0]?.at ?? until)))
  inner.setup.forget()
  await db().transaction(async (tx) =>
    goOn(inner, tx, cast, await begin(inner, tx, cast, told), instant(until)),
  )
  await live(120)
  await db().transaction((tx) => mails(tx))
})
after(() => desk.close())

/** Some more days, in which agents do anything that can be done to tickets and take much of it back. */
async function live(steps: number): Promise<void> {
  const next = stream(11)
  const pick = <Thing>(all: readonly Thing[]) => all[Math.floor(next() * all.length)] as Thing
  const { body } = await desk.api('GET', '/teams')
  const teams: number[] = body.items.map(({ id }: { id: number }) => id)
  const agents: number[] = (await desk.api('GET', '/agents')).body.items.map(({ id }: { id: number }) => id)
  const some = () => 1 + Math.floor(next() * 150)
  for (let step = 0; step < steps; step++) {
    desk.clock.pass(Math.floor(next() * 7_200))
    const id = some()
    const act = pick<() => Promise<unknown>>([
      () =>
        desk.api('PATCH', `/tickets/${id}`, {
          status: pick(['open', 'pending', 'on_hold', 'resolved', 'closed']),
        }),
      () => desk.api('PATCH', `/tickets/${id}`, { team: pick(teams) }),
      () => desk.api('PATCH', `/tickets/${id}`, { assignee: pick(agents) }),
      () => desk.api('PATCH', `/tickets/${id}`, { priority: pick(['low', 'urgent']) }),
      () => desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Here you are.' }),
      () => desk.api('PATCH', `/tickets/${id}`, { spam: true }),
      () => desk.api('PATCH', `/tickets/${id}`, { spam: false }),
      () => desk.api('POST', `/tickets/${id}/merge`, { into: some() }),
      () => desk.api('POST', `/tickets/${id}/unmerge`, {}),
      () => undoLast(id),
    ])
    await act()
  }
}

/** Mails that left, failed or came back, of the first tickets; and mails that were held, of which every third was let in. */
async function mails(tx: Transaction): Promise<void> {
  await tx.rows(sql`insert into outbox (key, kind, ticket_id, update_id, recipients, to_email, rfc_message_id, state, send_at, created_at,
      settled_at, reported)
    select 'test ' || id, 'reply', id, 0, '{}', 'cy@customer.example', '<' || id || '@x>',
      case when id % 5 = 0 then 'failed' when id % 7 = 0 then 'cancelled' else 'sent' end, created_at, created_at,
      ${instant(until)}::timestamptz - id * interval '1 minute',
      case id % 11 when 1 then 'bounced' when 2 then 'delayed' end
    from ticket where id <= 100`)
  await tx.rows(sql`with raw as (insert into raw_mail (dedupe_key, received_at, source, envelope, bytes, state, next_try_at, outcome)
      select 'test ' || n, ${instant(until)}::timestamptz - n * interval '1 day', 'smtp', '{}', '', 'quarantined', ${instant(until)},
        case when n % 3 = 0 then jsonb_build_object('opened', n) end
      from generate_series(1, 60) n returning id, received_at, outcome)
    insert into quarantine (raw_mail_id, reasons, held_at, expires_at, state, settled_at)
    select id, case when id % 2 = 0 then '{spam_score}'::text[] else '{mail_loop,spam_score}' end, received_at, received_at + interval '30 days',
      case when outcome is null then 'expired' else 'recovered' end, received_at + (outcome->>'opened')::int * interval '1 hour'
    from raw`)
}

async function undoLast(id: number): Promise<unknown> {
  const events = (await desk.api('GET', `/tickets/${id}/events?limit=200`)).body.items ?? []
  return desk.api('POST', `/tickets/${id}/undo`, { seq: events.at(-1)?.seq })
}

async function questionOf(words: Words) {
  const found = await understand(desk.running.desk, words, whole)
  assert.ok(found.ok, JSON.stringify(found))
  return found.question
}
const range = { from: '2026-01-01', to: 'today', zone: 'Europe/Berlin' }

/** The tickets that count, each folded from its log. */
async function counted(): Promise<Counted[]> {
  const rows = await db().rows<Omit<Counted, 'spans' | 'facts'>>(sql`select id, created_at as "openedAt",
    requester_id as "requesterId", category_id as "categoryId", channel, brand_id as "brandId" from ticket where not hidden`)
  const logs = await eventsOfTickets(
    db(),
    rows.map(({ id }) => id),
  )
  const { sla } = await desk.running.desk.setup.now()
  return rows.map((row) => ({ ...row, ...reportRows(logs.get(row.id) ?? [], workedBy(sla)) }))
}

const sorted = (all: readonly Summary[]) =>
  all
    .filter(({ n, bucket }) => n > 0 || bucket === null)
    .map((each) => JSON.stringify([each.bucket, each.group, each.n, each.sum, each.percentiles, each.values]))
    .toSorted()

test('every measure, by every field and stretch of time, is the fold of the logs', async () => {
  const tickets = await counted()
  assert.ok(tickets.length > 100)
  let compared = 0
  for (const key of measureKeys.filter((each) => !['clocks', 'mails'].includes(measures[each].source.from)))
    for (const by of [undefined, ...fieldsOf(key)])
      for (const bucket of [undefined, ...(key === 'backlogAge' ? [] : bucketSizes)].slice(
        0,
        by === undefined ? 4 : 1,
      ))
        for (const hours of measures[key].unit === 'seconds' ? hoursKinds : [undefined]) {
          const { asked, begins, scope } = await questionOf({ key, by, bucket, hours, ...range })
          const found = sorted(await summarise(db(), asked, begins, scope))
          assert.deepEqual(found, sorted(folded(tickets, asked, begins, scope.now)), JSON.stringify(asked))
          compared += found.length
        }
  assert.ok(compared > 2_000)
})

const rowsFor = async (words: Words) => (await report(desk.running.desk, db(), await questionOf(words))).rows

test('mails that failed, and those that were held for nothing, are told apart; held ones by why', async () => {
  const told = async (key: string, by?: string, filter?: string) =>
    report(desk.running.desk, db(), await questionOf({ key, by, filter, ...range }))
  const seen = await db().rows<{ id: number; hidden: boolean }>(
    sql`select id, hidden from ticket where id <= 100`,
  )
  const left = seen.filter(({ id, hidden }) => !hidden && (id % 5 === 0 || id % 7 !== 0))
  const failed = await told('deliveryFailureRate', 'team')
  const bad = left.filter(({ id }) => id % 5 === 0 || id % 11 === 1)
  assert.deepEqual([failed.n, failed.value], [left.length, bad.length / left.length])
  assert.equal(
    failed.rows.reduce((sum, { n }) => sum + n, 0),
    left.length,
  )
  const isAside = (id: number) => seen.some((each) => each.id === id && each.hidden)
  const held = Array.from({ length: 60 }, (_, n) => n + 1).filter((n) => n % 3 !== 0 || !isAside(n))
  const recovered = held.filter((n) => n % 3 === 0)
  const wrong = await told('quarantineFalsePositive', 'reason')
  assert.deepEqual([wrong.n, wrong.value], [held.length, recovered.length / held.length])
  assert.deepEqual(wrong.rows.map(({ group }) => group).toSorted(), ['mail_loop', 'spam_score'])
  const delay = await told('quarantineDelay')
  assert.deepEqual([delay.n, delay.hours], [recovered.length, 'wall'])
  assert.equal(
    delay.p50,
    nearestRank(
      recovered.map((n) => n * 3_600),
      0.5,
    ),
  )
  // A filter speaks of tickets: only of those that became one.
  assert.equal((await told('quarantineFalsePositive', undefined, 'number:<=100')).n, recovered.length)
})

test('the net flow of every day is by how much the backlog grew', async () => {
  const words = { bucket: 'day', ...range, from: '2026-04-01' }
  const [flow, stock] = [
    await rowsFor({ key: 'netFlow', ...words }),
    await rowsFor({ key: 'backlog', ...words }),
  ]
  const before = await rowsFor({ key: 'backlog', ...range, to: '2026-03-31' })
  assert.equal(flow.length, stock.length)
  assert.ok(flow.some(({ value }) => value !== 0))
  flow.forEach(({ value }, index) => {
    const earlier = (index === 0 ? before[0]?.value : stock[index - 1]?.value) ?? NaN
    assert.equal(value, (stock[index]?.value ?? NaN) - earlier)
  })
})

test('how medians changed is what drawing from the values of both windows says', async () => {
  const words = {
    key: 'firstReplyTime',
    from: '2026-05-01',
    to: '2026-05-31',
    zone: 'UTC',
    hours: 'wall',
  } as const
  const told = await report(desk.running.desk, db(), await questionOf({ ...words, compare: 'previous' }))
  const { before } = told
  assert.ok(before !== null && told.n >= 10 && before.n >= 10)
  assert.deepEqual([before.from, before.to], ['2026-03-31T00:00:00.000Z', '2026-05-01T00:00:00.000Z'])
  const drawn = async (from: string, to: string, which: 'now' | 'before') => {
    const page = { limit: 1_000, after: null }
    const found = await behindNumber(db(), await questionOf({ ...words, from, to }), {}, page)
    const values = (found ?? []).map(({ value }) => value ?? 0).toSorted((a, b) => a - b)
    const ranks = medianRanks(values.length, which)
    return { median: nearestRank(values, 0.5), drawn: ranks.map((rank) => nearestRank(values, rank)) }
  }
  const [now, past] = [
    await drawn(words.from, words.to, 'now'),
    await drawn('2026-03-31', '2026-04-30', 'before'),
  ]
  assert.deepEqual(before.change, medianDifference(now, past))
})

test('how counts changed is as sure as the weeks before were alike', async () => {
  const words = { key: 'arrivals', from: '2026-05-01', to: '2026-05-31', zone: 'UTC' }
  const { value, before } = await report(
    desk.running.desk,
    db(),
    await questionOf({ ...words, compare: 'previous' }),
  )
  const weeks = Array.from({ length: SPREAD_WEEKS }, () => ({ value: 0, things: 0 }))
  const end = Date.parse('2026-06-01T00:00:00Z')
  for (const { openedAt } of await counted()) {
    const place = SPREAD_WEEKS - 1 - Math.floor((end - 1 - Date.parse(openedAt)) / (7 * 86_400_000))
    const week = weeks[place]
    if (week !== undefined && Date.parse(openedAt) < end)
      weeks[place] = { value: week.value + 1, things: week.things + 1 }
  }
  const spread = spreadOf(weeks)
  assert.ok(spread !== null && value !== null && before !== null && before.value !== null)
  const [now, past] = [value, before.value].map((each) => ({ value: each, things: each }))
  assert.deepEqual(before.change, countDifference(now ?? NONE, past ?? NONE, spread))
})

test('the backlog of today is the tickets that are active, by status as they stand', async () => {
  const rows = await rowsFor({ key: 'backlog', by: 'status' })
  const now = await db().rows<{ status: string; n: number }>(sql`select status, count(*)::int as n from ticket
    where not hidden and status in ('new', 'open', 'pending', 'on_hold') group by status`)
  const told = (all: readonly (readonly [unknown, number])[]) => all.map(String).toSorted()
  assert.deepEqual(
    told(rows.map(({ groupKey, n }) => [groupKey, n])),
    told(now.map(({ status, n }) => [status, n])),
  )
})

test('every number opens a list of exactly as many', async () => {
  for (const key of measureKeys)
    for (const by of [undefined, 'team', 'channel', 'reason', 'weekhour'] as const) {
      if (by !== undefined && !fieldsOf(key).includes(by)) continue
      const bucket = key === 'backlogAge' ? undefined : ('month' as const)
      const question = await questionOf({ key, by, bucket, ...range })
      const made = await report(desk.running.desk, db(), question)
      for (const { at, groupKey, n, value } of [
        ...made.rows,
        { at: undefined, groupKey: undefined, ...made },
      ]) {
        const which = { at, group: by === undefined ? undefined : groupKey }
        const things = (await behindNumber(db(), question, which, { limit: 100_000, after: null })) ?? []
        assert.equal(things.length, n, `${key} ${by} ${at} ${groupKey}`)
        if (made.unit === 'count' && made.key !== 'backlog')
          assert.equal(
            things.reduce((sum, each) => sum + (each.value ?? 0), 0),
            value,
          )
      }
    }
})

test('a list is read in pages without a gap, a report has the reader’s sight', async () => {
  const { token, principal } = await desk.addAgent('Ada', 'agent')
  const teams = (await desk.api('GET', '/teams')).body.items
  await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams: [teams[0].id] })
  const ada = desk.as(token)
  const query = 'from=2026-01-01&to=today'
  const [all, hers] = [
    await desk.api('GET', `/reports/arrivals?${query}`),
    await ada('GET', `/reports/arrivals?${query}`),
  ]
  assert.equal(all.status, 200)
  assert.ok(hers.body.n > 0 && hers.body.n < all.body.n, `${hers.body.n} of ${all.body.n}`)
  const seen: number[] = []
  for (let cursor = ''; ;) {
    const { body } = await ada('GET', `/reports/arrivals/tickets?${query}&limit=7${cursor}`)
    seen.push(...body.items.map(({ ticketId }: { ticketId: number }) => ticketId))
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  assert.equal(new Set(seen).size, hers.body.n)
  for (const id of seen.slice(0, 20)) assert.equal((await ada('GET', `/tickets/${id}`)).status, 200)
  const people = await ada('GET', `/reports/publicReplies?${query}&by=author`)
  assert.ok(
    people.body.rows.every(({ groupKey }: { groupKey: string }) => groupKey === String(principal.agentId)),
  )
  assert.ok((await desk.api('GET', `/reports/publicReplies?${query}&by=author`)).body.rows.length > 1)
  // Nor by a filter that leaves one person's tickets alone.
  const bos = await ada('GET', `/reports/firstReplyTime?${query}&filter=assignee:bo@desk.example`)
  assert.deepEqual([bos.status, bos.body.errors?.[0]?.path], [400, 'filter'])
  assert.equal((await ada('GET', `/reports/firstReplyTime?${query}&filter=assignee:me`)).status, 200)
})

test('an undo, and a merge taken apart again, change no number', async () => {
  const numbers = async () => {
    const told: unknown[] = []
    for (const key of measureKeys) {
      const {
        from: _from,
        to: _to,
        ...made
      } = await report(desk.running.desk, db(), await questionOf({ key, by: fieldsOf(key)[0], ...range }))
      told.push(made)
    }
    return told
  }
  const open = await desk.api('POST', '/tickets', {
    subject: 'A',
    body: 'a',
    requester: { email: 'a@customer.example' },
  })
  const other = await desk.api('POST', '/tickets', {
    subject: 'B',
    body: 'b',
    requester: { email: 'a@customer.example' },
  })
  desk.clock.pass(600)
  const was = await numbers()
  const changed = await desk.api('PATCH', `/tickets/${open.body.id}`, { status: 'resolved' })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.notDeepEqual(await numbers(), was)
  await undoLast(open.body.id)
  assert.deepEqual(await numbers(), was)
  const merged = await desk.api('POST', `/tickets/${other.body.id}/merge`, { into: open.body.id })
  assert.ok(merged.status < 300, JSON.stringify(merged.body))
  assert.notDeepEqual(await numbers(), was)
  const apart = await desk.api('POST', `/tickets/${other.body.id}/unmerge`, {})
  assert.ok(apart.status < 300, JSON.stringify(apart.body))
  assert.deepEqual(await numbers(), was)
})

test('another zone moves only the edges of the days', async () => {
  const moments = { from: '2026-03-01T00:00:00Z', to: '2026-05-01T00:00:00Z' }
  const of = async (zone: string) =>
    report(desk.running.desk, db(), await questionOf({ key: 'arrivals', bucket: 'day', zone, ...moments }))
  const [berlin, kathmandu, utc] = [await of('Europe/Berlin'), await of('Asia/Kathmandu'), await of('UTC')]
  const sum = ({ rows }: { rows: readonly { value: number | null }[] }) =>
    rows.reduce((all, { value }) => all + (value ?? 0), 0)
  for (const each of [berlin, kathmandu, utc]) assert.equal(sum(each), utc.n)
  assert.ok(utc.n > 10)
  // The night of 29 March has 23 hours in Berlin.
  const day = (at: string) => berlin.rows.findIndex((row) => row.at === at)
  assert.equal(day('2026-03-29T22:00:00.000Z') - day('2026-03-28T23:00:00.000Z'), 1)
})

test('rows can be made anew while the desk works, and nothing of them was wrong', async () => {
  assert.deepEqual((await verifyAll(db())).differences, [])
  await db().rows(sql`update report_fact set working_ms = 1 where kind = 'first_reply' and ticket_id < 20`)
  await db().rows(sql`delete from report_span where ticket_id = 3`)
  await db().rows(sql`update ticket_state set report_fold = jsonb_set(report_fold, '{talk,human}', '99')
    where ticket_id between 40 and 60`)
  const { differences } = await verifyAll(db())
  assert.ok(
    differences.length > 1 && differences.every(({ what }) => what.startsWith('of what reports read')),
  )
  const { desk: inner } = desk.running
  const id = await askReportFill(inner, db())
  assert.equal((await desk.api('GET', '/reports/arrivals')).body.complete, false)
  while ((await fillNext(inner)) === 'more');
  const kept = differences.filter(({ what }) => what.includes('goes on from')).length
  assert.ok(kept > 5)
  assert.equal((await findFill(db(), id))?.changed, differences.length - kept)
  assert.deepEqual((await verifyAll(db())).differences, [])
})

test('what cannot be asked says why, and little says that it is little', async () => {
  const asked = async (path: string) => await desk.api('GET', `/reports/${path}`)
  for (const [path, status] of [
    ['nonsense', 404],
    ['arrivals?zone=Nowhere/Town', 400],
    ['arrivals?from=2026-02-30', 400],
    ['arrivals?from=2026-03-02&to=2026-03-01', 400],
    ['arrivals?by=author', 400],
    ['arrivals?bucket=hour', 400],
    ['backlogAge?bucket=day', 400],
    ['arrivals?from=2016-01-01&bucket=day', 400],
    ['arrivals?filter=statsu:open', 400],
    ['arrivals/tickets?bucket=day&at=2026-05-30T00:00:01Z', 400],
  ] as const)
    assert.equal((await asked(path)).status, status, path)
  const long = await asked('arrivals?from=2016-01-01&bucket=week')
  assert.equal(long.status, 200)
  assert.ok(long.body.rows.length > 500)
  const none = await asked('firstReplyTime?from=2001-01-01&to=2001-12-31&bucket=month')
  assert.deepEqual([none.body.n, none.body.p50, none.body.rows.length], [0, null, 12])
  const few = await asked('firstReplyTime?filter=number:<8&from=2020-01-01')
  assert.ok(few.body.n < 10)
  assert.equal(few.body.p50, null)
  assert.equal(few.body.rows[0].values.length, few.body.n)
})

test('a share tells how sure it is, and what is too young to judge', async () => {
  const { rows, low, high, value } = await report(
    desk.running.desk,
    db(),
    await questionOf({ key: 'reopenRate', bucket: 'week', ...range }),
  )
  assert.ok(low !== null && high !== null && value !== null && low < value && value < high)
  assert.equal(rows.at(-1)?.immature, true)
  assert.equal(rows[0]?.immature, undefined)
})

test('a filter counts what the list of tickets finds', async () => {
  const list = (await desk.api('GET', '/tickets/ids?q=channel:email')).body.total.count
  const filtered = await report(
    desk.running.desk,
    db(),
    await questionOf({ key: 'arrivals', filter: 'channel:email', from: '2020-01-01' }),
  )
  assert.equal(filtered.n, list)
})

test('kept clocks are shares of those that ended, told by policy', async () => {
  const made = await report(
    desk.running.desk,
    db(),
    await questionOf({ key: 'slaAttainment', by: 'policy', from: '2020-01-01' }),
  )
  const [row] = await db().rows<{
    met: number
    missed: number
  }>(sql`select count(*) filter (where state = 'met')::int as met,
    count(*) filter (where breached_at is not null)::int as missed from ticket_clock c join ticket t on t.id = ticket_id
    where not hidden and (state = 'met' or breached_at is not null)`)
  assert.equal(made.n, (row?.met ?? 0) + (row?.missed ?? 0))
  assert.equal(made.value, (row?.met ?? 0) / made.n)
  assert.ok(made.rows.length > 0)
  // Those that were missed, by what the ticket was doing then and by the hour of the zone.
  for (const by of ['cause', 'hour', 'policy']) {
    const question = await questionOf({ key: 'slaBreaches', by, from: '2020-01-01', zone: 'Europe/Berlin' })
    const missed = await report(desk.running.desk, db(), question)
    assert.equal(missed.value, row?.missed)
    for (const { groupKey, n, group } of missed.rows) {
      const things = await behindNumber(db(), question, { group: groupKey }, { limit: 100_000, after: null })
      assert.equal(things?.length, n)
      for (const { at, ticketId } of things ?? []) {
        // From the last Sunday of March on the clock is an hour ahead.
        const ahead = Date.parse(at) < Date.parse('2026-03-29T01:00:00Z') ? 1 : 2
        if (by === 'hour') assert.equal((new Date(at).getUTCHours() + ahead) % 24, Number(group))
        if (by !== 'cause') continue
        const [span] = await db().rows<{
          status: string
          assignee: number | null
        }>(sql`select status, assignee_id as assignee
          from report_span where ticket_id = ${ticketId} and from_at <= ${at} order by nth desc limit 1`)
        const isWithUs = span?.status === 'new' || span?.status === 'open'
        assert.equal(group, !isWithUs ? span?.status : span.assignee === null ? 'in_queue' : 'with_agent')
      }
    }
  }
})

test('what is stuck is active and in sight, with a cause; time in a status ends at once or later', async () => {
  const { body, status } = await desk.api('GET', '/reports/stalls')
  assert.equal(status, 200, JSON.stringify(body))
  assert.ok(body.stuck.length > 0)
  for (const { ticketId, status: stands } of body.stuck.slice(0, 10)) {
    const ticket = await desk.api('GET', `/tickets/${ticketId}`)
    assert.equal(ticket.body.status, stands)
  }
  const open = body.inStatus.find((each: { status: string }) => each.status === 'open')
  assert.ok(open.n > open.running && open.median !== null && open.median <= open.p95)
  // By team there are as many of each status as in all.
  for (const by of ['team', 'category']) {
    const { items } = (await desk.api('GET', `/reports/stalls/in-status?by=${by}`)).body
    for (const { status: told, n, running } of body.inStatus) {
      const own = items.filter((each: { status: string }) => each.status === told)
      const sum = (key: 'n' | 'running') =>
        own.reduce((all: number, each: { n: number; running: number }) => all + each[key], 0)
      assert.deepEqual([sum('n'), sum('running')], [n, running], `${by} ${told}`)
    }
  }
  const totals = body.ways.map(({ total }: { total: number }) => total)
  assert.deepEqual(
    totals,
    totals.toSorted((a: number, b: number) => b - a),
  )
  // What was before is what was told then: nothing that came later is in it.
  const { scope, ...rest } = await questionOf({ key: 'backlog' })
  const then = { ...scope, now: plus(scope.now, -180 * 86_400) }
  const past = (await stallsOf(desk.running.desk, db(), { ...rest, scope: then })).inStatus
  assert.deepEqual(
    body.inStatus.map(({ before }: { before: { n: number; median: number } }) => [before.n, before.median]),
    past.map(({ n, median }) => [n, median]),
  )
  const few = await desk.api('GET', '/reports/stalls?filter=number:<3')
  assert.ok(few.body.stuck.every(({ ticketId }: { ticketId: number }) => ticketId < 3))
})

test('ways between teams and to the end are those that the logs tell', async () => {
  const teams = (await desk.api('GET', '/teams')).body.items
  const sent = await desk.api('POST', '/tickets', {
    subject: 'To and fro',
    body: 'a',
    requester: { email: 'fro@customer.example' },
  })
  for (const place of [0, 1, 0, 1]) {
    desk.clock.pass(700 + place)
    await desk.api('PATCH', `/tickets/${sent.body.id}`, { team: teams[place].id })
  }
  desk.clock.pass(60)
  const { body } = await desk.api('GET', '/reports/stalls')
  const tickets = await counted()
  const since = plus(desk.clock.now(), -180 * 86_400)
  const ways = tickets.flatMap(({ spans }) => {
    const runs = spans.filter(({ sinceAt, fromAt }) => sinceAt === fromAt).map(({ status }) => status)
    if ((spans[0]?.fromAt ?? '') < since || !['resolved', 'closed'].includes(runs.at(-1) ?? '')) return []
    return [(runs.at(-1) === 'closed' && runs.at(-2) === 'resolved' ? runs.slice(0, -1) : runs).join(' ')]
  })
  const told = [...Map.groupBy(ways, (way) => way)].map(([way, all]) => ({ way, count: all.length }))
  assert.equal(body.ended, ways.length)
  assert.ok(body.paths.length > 3 && body.paths.length <= 10)
  for (const { statuses, count } of body.paths)
    assert.equal(told.find(({ way }) => way === statuses.join(' '))?.count, count, statuses.join(' '))
  assert.equal(body.paths[0].count, Math.max(...told.map(({ count }) => count)))

  const stays = tickets.flatMap(({ spans }) =>
    spans.flatMap(({ status, sinceAt, toAt, nth }) => {
      const next = spans.find((span) => span.nth === nth + 1)?.status ?? status
      if (next === status || toAt === null || sinceAt < since || ['resolved', 'closed'].includes(status))
        return []
      const seconds = Math.floor((Date.parse(toAt) - Date.parse(sinceAt)) / 1_000)
      return [{ way: `${status} ${next}`, seconds }]
    }),
  )
  const waited = new Map(
    [...Map.groupBy(stays, ({ way }) => way)].map(([way, own]) => [
      way,
      [own.length, own.reduce((sum, { seconds }) => sum + seconds, 0)],
    ]),
  )
  assert.equal(body.ways.length, waited.size)
  for (const { from, to, count, total } of body.ways)
    assert.deepEqual([count, total], waited.get(`${from} ${to}`), `${from} ${to}`)

  const hops = tickets.flatMap(({ spans, facts }) =>
    facts.flatMap(({ kind, at, teamId }) => {
      const last = spans.findLastIndex(({ toAt }) => toAt === at)
      const from = spans[last]?.teamId ?? null
      if (kind !== 'team_hop' || at < since || from === null || from === teamId) return []
      const first = spans.findLastIndex((span, index) => index < last && span.teamId !== from) + 1
      const begun = Date.parse(spans[first]?.fromAt ?? at)
      const back = facts.some((other) => other.kind === 'ping_pong' && other.at === at)
      return [{ pair: `${from} ${teamId}`, back, seconds: (Date.parse(at) - begun) / 1_000 }]
    }),
  )
  assert.ok(hops.filter(({ back }) => back).length >= 2)
  type Way = { from: number; to: number; count: number; back: number; total: number }
  const pairs = new Map((body.teamWays as Way[]).map((way) => [`${way.from} ${way.to}`, way]))
  for (const [pair, own] of Map.groupBy(hops, (hop) => hop.pair)) {
    const way = pairs.get(pair)
    assert.deepEqual([way?.count, way?.back], [own.length, own.filter(({ back }) => back).length], pair)
    assert.equal(Math.round(way?.total ?? 0), Math.round(own.reduce((sum, { seconds }) => sum + seconds, 0)))
  }
})

test('a forecast is made of the backlog and of both sides of its net flow', async () => {
  const { forecast } = (await desk.api('GET', '/reports/stalls')).body
  const backlog = await desk.api('GET', '/reports/backlog')
  const flow = await desk.api('GET', '/reports/netFlow?from=-28d&to=now')
  assert.equal(forecast.backlog, backlog.body.value)
  assert.equal(forecast.came - forecast.went, flow.body.value)
  assert.equal(forecast.came + forecast.went, flow.body.n)
})

test('an open thread with outsiders is why a ticket is stuck, until it is done', async () => {
  type Row = { ticketId: number; cause: string; status: string; usualSeconds: number | null }
  const stuck = async (): Promise<Row[]> => (await desk.api('GET', '/reports/stalls')).body.stuck
  const causeOf = async (id: number) => (await stuck()).find(({ ticketId }) => ticketId === id)?.cause
  const later = ['ping_pong', 'no_policy', 'assignee_overloaded', 'other']
  const found = await stuck()
  const one = found.find(
    (each) => each.status === 'open' && each.usualSeconds !== null && later.includes(each.cause),
  )
  assert.ok(one !== undefined, JSON.stringify(Object.groupBy(found, ({ cause }) => cause)))
  const id = one.ticketId
  const cause = await causeOf(id)
  const begun = await desk.api('POST', `/tickets/${id}/side-conversations`, {
    subject: 'The depot',
    to: ['depot@carrier.example'],
    body: 'Where is it?',
  })
  assert.ok(begun.status < 300, JSON.stringify(begun.body))
  assert.equal(await causeOf(id), 'waiting_side_conversation')
  const done = await desk.api('PATCH', `/tickets/${id}/side-conversations/${begun.body.id}`, {
    status: 'done',
  })
  assert.ok(done.status < 300, JSON.stringify(done.body))
  assert.equal(await causeOf(id), cause)
  // A ticket below it that is open; sent to and fro comes first.
  const below = await desk.api('POST', '/tickets', {
    subject: 'First this',
    body: 'a',
    requester: { email: 'below@customer.example' },
  })
  const linked = await desk.api('POST', `/tickets/${id}/links`, { type: 'parent', ticketId: below.body.id })
  assert.ok(linked.status < 300, JSON.stringify(linked.body))
  const isBefore = (name: string | undefined) => name === 'ping_pong'
  assert.equal(await causeOf(id), isBefore(cause) ? cause : 'children_open')
  await desk.api('PATCH', `/tickets/${below.body.id}`, { status: 'resolved' })
  assert.equal(await causeOf(id), cause)
})

test('pending at the last minute is a clock with a tenth of its target left, or a quarter of an hour', async () => {
  const [clock] = await db().rows<{
    id: number
    metric: string
  }>(sql`select t.id, c.metric from ticket_clock c
    join ticket t on t.id = c.ticket_id where t.status = 'pending' and not t.hidden limit 1`)
  assert.ok(clock !== undefined)
  const { id, metric } = clock
  const listed = async (target: number, left: number, isBreached = false) => {
    await db().rows(sql`update ticket_clock set state = 'paused', target_seconds = ${target},
      elapsed_ms = ${(target - left) * 1_000}, breached_at = case when ${isBreached} then now() end
      where ticket_id = ${id} and metric = ${metric}`)
    const { lastMinute } = (await desk.api('GET', '/reports/stalls')).body
    const own = lastMinute.filter(
      (each: { ticketId: number; metric: string }) => each.ticketId === id && each.metric === metric,
    )
    return own.map((each: { left: number }) => each.left)[0] ?? null
  }
  assert.equal(await listed(100_000, 10_000), 10_000)
  assert.equal(await listed(100_000, 10_001), null)
  assert.equal(await listed(3_600, 900), 900)
  assert.equal(await listed(3_600, 901), null)
  assert.equal(await listed(3_600, 60, true), null)
  assert.equal(await listed(3_600, 0), 0)
})

test('of each cause it is told how many there were a week ago, to those who see the whole desk', async () => {
  const inner = desk.running.desk
  await noteStalls(inner)()
  const { causes, stuck } = (await desk.api('GET', '/reports/stalls')).body
  assert.equal(
    causes.reduce((sum: number, { tickets }: { tickets: number }) => sum + tickets, 0),
    stuck.length,
  )
  assert.ok(causes.every(({ weekAgo }: { weekAgo: number | null }) => weekAgo === null))
  desk.clock.pass(7 * 86_400)
  const later = (await desk.api('GET', '/reports/stalls')).body.causes
  for (const { cause, tickets } of causes)
    assert.equal(later.find((each: { cause: string }) => each.cause === cause)?.weekAgo, tickets)
  const some = (await desk.api('GET', '/reports/stalls?filter=number:>0')).body.causes
  assert.ok(some.every(({ weekAgo }: { weekAgo: number | null }) => weekAgo === null))
})
