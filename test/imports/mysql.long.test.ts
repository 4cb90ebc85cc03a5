// Desks that are read from their MySQL or MariaDB: small ones of their real shape, in a real MariaDB, with invented people.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import pg from 'pg'
import { importFrom } from '#imports/begin.ts'
import type { DatabaseKind } from '#imports/kinds.ts'
import { openSource } from '#imports/open-source.ts'
import { lookAtImport } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import { sql } from '#store/sql.ts'
import { freshDatabase } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { startMariadb, withoutMariadb, type Mariadb } from '../support/mariadb.ts'
import { FREESCOUT, FREESCOUT_IN_POSTGRES } from '../support/old-freescout.ts'
import { OSTICKET, OSTICKET_TEXTS } from '../support/old-osticket.ts'
import { requestTracker } from '../support/old-rt.ts'
import { seenAndMade, toldOn } from '../support/told.ts'

const skip = withoutMariadb()
let desk: TestDesk
let old: Mariadb
before(async () => {
  if (skip !== false) return
  ;[desk, old] = await Promise.all([startDesk(), startMariadb()])
})
after(async () => {
  if (skip !== false) return
  await Promise.all([desk.close(), old.close()])
})

const inside = () => desk.running.desk
const { count, linesOf, changesOf, ticketOf, filesOf, silentAndWhole } = toldOn(() => desk)
const sourceOf = (kind: DatabaseKind, database: string, files: string | null = null) =>
  openSource(inside(), inside().egress, { kind, database }, { local: { files } })
/** The address of a PostgreSQL database with some statements in it. */
async function postgresWith(t: TestContext, statements: string): Promise<string> {
  const { url, drop } = await freshDatabase()
  atEnd(t, drop)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statements)
  await client.end()
  return url
}
/** What an import that cannot begin says. */
const failure = async (kind: DatabaseKind, database: string) =>
  lookAtImport(sourceOf(kind, database)).then(
    () => 'nothing',
    (error: Error) => error.message,
  )

test('FreeScout comes with its threads, moves, merges, fields and files, once', { skip }, async (t) => {
  await old.run('freescout', FREESCOUT)
  const files = temporaryFolder(t)
  for (const [place, name] of [
    ['1/2/1', 'smoke.png'],
    ['3/4/1', 'log.txt'],
  ] as const) {
    mkdirSync(join(files, place), { recursive: true })
    writeFileSync(join(files, place, name), `the bytes of ${name}`)
  }
  assert.match(await failure('freescout', old.url('freescout')), /in which time zone/)
  const source = (folder = files) =>
    sourceOf('freescout', old.url('freescout', '?zone=Europe/Berlin'), folder)
  const looked = await lookAtImport(source())
  assert.equal(await count('ticket'), 0)
  assert.equal(looked.counts['tickets']?.seen, 8)
  // Files that are missing at first come with the run that has them.
  const run = await importFrom(inside(), source(temporaryFolder(t)), {})
  assert.deepEqual(await filesOf(81_001), [])
  assert.equal((await importFrom(inside(), source(), {})).counts['tickets']?.updated, 1)
  assert.equal(run.complete, true)
  assert.deepEqual(seenAndMade(run), {
    groups: [2, 2],
    fields: [2, 2],
    users: [5, 5],
    tickets: [8, 4],
    merges: [1, 1],
  })
  assert.deepEqual(
    run.problems.map(({ reason, sample }) => [reason, sample]),
    [
      ['deleted there', '14'],
      ['a draft there', '15'],
      ['nobody said anything in it', '16'],
      ['what was said in it comes with the one it was merged into', '18'],
      ['a file could not be fetched: it has no place', '11'],
    ],
  )
  // In May Berlin is two hours ahead, in January one; the merged conversation keeps what was said in it.
  assert.deepEqual(await linesOf(81_001), [
    '2024-05-06T08:00:00.000Z inbound Cy Customer: It smokes',
    '2024-05-06T08:30:00.000Z internal Ada Agent: Looks odd',
    '2024-05-06T09:00:00.000Z outbound Ada Agent: Turn it off',
    '2024-05-06T10:00:00.000Z inbound Cy Customer: It is off',
    '2024-05-07T07:00:00.000Z outbound Bo Gone: Done',
  ])
  assert.deepEqual(await linesOf(81_002), ['2024-05-06T11:00:00.000Z inbound Cy Customer: Still smoke'])
  assert.equal((await desk.api('GET', '/tickets/81002')).body.mergedInto, 81_001)
  assert.deepEqual(await linesOf(81_007), [
    '2024-01-08T07:00:00.000Z inbound Zoë 😀: She called twice',
    '2024-01-08T07:30:00.000Z internal Former agent: Was here before',
  ])
  assert.deepEqual(await ticketOf(81_001), {
    subject: 'Printer on fire',
    status: 'closed',
    priority: 'normal',
    tags: ['käse', 'vip'],
    channel: 'email',
    team: 'Support',
    assignee: 'Ada Agent',
    requester: 'Cy Customer',
  })
  assert.deepEqual((await changesOf(81_001)).slice(0, 4), [
    '2024-05-06T08:10:00.000Z open',
    '2024-05-06T09:00:00.000Z pending',
    '2024-05-06T10:00:00.000Z open',
    '2024-05-07T07:00:00.000Z resolved',
  ])
  const { status, channel, team, subject } = (await ticketOf(81_007)) ?? {}
  assert.deepEqual([status, channel, team, subject], ['new', 'phone', 'Sales', 'Call 📞'])
  assert.equal((await desk.api('GET', '/tickets/81007')).body.createdAt, '2024-01-08T07:00:00.000Z')
  assert.deepEqual(await filesOf(81_001), ['log.txt 20', 'smoke.png 22'])
  const teams = await inside().database.rows<{ at: string }>(
    sql`select at from ticket_event where ticket_id = 81001 and kind = 'team_changed' order by seq`,
  )
  assert.deepEqual(
    teams.map(({ at }) => at),
    ['2024-05-06T08:05:00.000Z'],
  )
  const { fields, participants } = (await desk.api('GET', '/tickets/81001')).body
  assert.match(JSON.stringify(fields), /Gold plan.*X-77/)
  assert.match(JSON.stringify(participants), /dee@fs\.example/i)
  const html = await inside().database.row<{ html: string }>(
    sql`select body_html as html from message where ticket_id = 81001 order by at limit 1`,
  )
  assert.match(html?.html ?? '', /<p>It smokes<\/p><img src="cid:old-1"/)
  assert.equal((await desk.api('GET', '/tickets/81003')).body.spam, true)
  await silentAndWhole()

  const again = await importFrom(inside(), source(), {})
  assert.deepEqual([again.counts['tickets']?.unchanged, again.counts['users']?.unchanged], [4, 5])
  await old.run(
    'freescout',
    `insert into threads (conversation_id, type, status, state, body, customer_id, created_by_customer_id, source_via, source_type, created_at, updated_at)
      values (17, 1, 1, 2, 'Hello?', 2, 2, 1, 1, '2024-05-10 10:00:00', '2024-05-10 10:00:00');
    update conversations set updated_at = '2024-05-10 10:00:00' where id = 17`,
  )
  assert.equal((await importFrom(inside(), source(), {})).counts['tickets']?.updated, 1)
  assert.equal((await linesOf(81_007)).at(-1), '2024-05-10T08:00:00.000Z inbound Zoë 😀: Hello?')
  await silentAndWhole()
  const inZone = (zone: string) => old.url('freescout', `?zone=${zone}`)
  assert.match(
    await failure('freescout', inZone('UTC')),
    /as of Europe\/Berlin, not UTC: take that import back/,
  )
  assert.deepEqual(await undoImport(inside(), run.id), { taken: 4, kept: 0, texts: { taken: 0, kept: 0 } })
  assert.equal(await failure('freescout', inZone('UTC')), 'nothing')

  const fresh = await postgresWith(t, FREESCOUT_IN_POSTGRES)
  const other = await importFrom(inside(), sourceOf('freescout', `${fresh}&zone=Europe/Berlin`, files), {})
  assert.deepEqual(other.problems, run.problems)
  assert.deepEqual(seenAndMade(other)['tickets'], [8, 4])
  assert.equal((await linesOf(82_001))[0], '2024-05-06T08:00:00.000Z inbound Cy Customer: It smokes')
  assert.deepEqual(await filesOf(82_001), ['log.txt 20', 'smoke.png 22'])
  assert.equal((await ticketOf(82_007))?.['status'], 'new')
})

test('osTicket comes with its entries, events, merges, fields and chunks, once', { skip }, async () => {
  await old.run('osticket', OSTICKET)
  const source = () => sourceOf('osticket', old.url('osticket', '?zone=America/New_York'))
  const before = await count('ticket')
  assert.equal((await lookAtImport(source())).counts['tickets']?.seen, 7)
  assert.equal(await count('ticket'), before)
  const run = await importFrom(inside(), source(), {})
  assert.equal(run.complete, true)
  assert.deepEqual(seenAndMade(run), {
    groups: [3, 3],
    fields: [3, 3],
    organizations: [1, 1],
    users: [3, 3],
    tickets: [7, 4],
    merges: [1, 1],
  })
  assert.deepEqual(
    run.problems.map(({ reason, sample }) => [reason, sample]),
    [
      ['deleted there', '24'],
      ['nobody said anything in it', '25'],
      ['none of its moments can be read', '27'],
      ['a file could not be fetched: a part of it is gone from the database', '23'],
    ],
  )
  // New York is four hours behind in May, five in January. What was written anew is hidden; a dash is nothing.
  assert.deepEqual(await linesOf(92_001), [
    '2024-05-06T14:00:00.000Z inbound Cy Customer: It smokes',
    '2024-05-06T14:30:00.000Z internal Ada Agent: Looks odd',
    '2024-05-06T15:00:00.000Z outbound Ada Agent: Turn it off',
    '2024-05-06T16:00:00.000Z inbound Dée: ',
    '2024-05-07T13:00:00.000Z outbound Former agent: Done',
  ])
  assert.deepEqual(await linesOf(92_002), ['2024-05-06T17:00:00.000Z inbound Cy Customer: Still smoke'])
  assert.equal((await desk.api('GET', '/tickets/92002')).body.mergedInto, 92_001)
  assert.deepEqual(await linesOf(92_003), ['2024-01-08T13:00:00.000Z inbound Dée: How much?'])
  assert.equal((await desk.api('GET', '/tickets/92003')).body.mergedInto, null)
  assert.deepEqual(await ticketOf(92_001), {
    subject: 'Printer on fire',
    status: 'closed',
    priority: 'high',
    tags: [],
    channel: 'email',
    team: 'Helpdesk › Süd',
    assignee: 'Ada Agent',
    requester: 'Cy Customer',
  })
  const third = await ticketOf(92_003)
  assert.deepEqual(
    ['status', 'priority', 'channel', 'team', 'subject'].map((name) => third?.[name]),
    ['new', 'urgent', 'portal', 'Night shift', 'A price'],
  )
  assert.deepEqual((await changesOf(92_001)).slice(0, 4), [
    '2024-05-06T14:10:00.000Z open',
    '2024-05-06T15:00:01.000Z resolved',
    '2024-05-06T16:00:00.000Z open',
    '2024-05-07T13:00:01.000Z resolved',
  ])
  assert.equal((await ticketOf(92_006))?.['status'], 'closed')
  // What somebody without a number wrote is not the customer's.
  assert.deepEqual(await linesOf(92_006), [
    '2010-07-01T12:00:00.000Z inbound Dée: Long ago',
    '2010-07-02T12:00:00.000Z inbound Eva Else: Me too',
    '2010-07-03T12:00:00.000Z inbound Unknown person: So am I',
  ])
  assert.equal((await desk.api('GET', '/tickets/92006')).body.createdAt, '2010-07-01T12:00:00.000Z')
  assert.deepEqual(await filesOf(92_001), ['smoke.png 10'])
  const { fields, participants } = (await desk.api('GET', '/tickets/92001')).body
  assert.match(JSON.stringify(fields), /Gold plan.*Press.*Drill.*true/)
  assert.deepEqual(
    participants.map((each: { role: string }) => each.role),
    ['cc'],
  )
  assert.deepEqual((await desk.api('GET', '/tickets/92003')).body.participants, [])
  const found = await desk.api('GET', `/tickets?q=${encodeURIComponent('old:OT-0000092006')}`)
  assert.equal(found.body.items.length, 1)
  await silentAndWhole()

  const again = await importFrom(inside(), source(), {})
  assert.deepEqual([again.counts['tickets']?.unchanged, again.counts['users']?.unchanged], [4, 3])
  await old.run(
    'osticket',
    `insert into ost_thread_entry (thread_id, user_id, type, body, format, created, updated)
      values (33, 2, 'M', 'Hello?', 'text', '2024-05-10 10:00:00', '2024-05-10 10:00:00')`,
  )
  assert.equal((await importFrom(inside(), source(), {})).counts['tickets']?.updated, 1)
  assert.equal((await linesOf(92_003)).at(-1), '2024-05-10T14:00:00.000Z inbound Dée: Hello?')
  await old.run('osticket', `update ost_ticket set created = '2024-05-06 10:00:01' where ticket_id = 21`)
  await assert.rejects(lookAtImport(source()), /Another desk was read under this name.*--name/)
  await old.run('osticket', `delete from ost_ticket where ticket_id = 21`)
  assert.equal((await lookAtImport(source())).counts['tickets']?.seen, 6)
  await silentAndWhole()
  await old.run('osticket', OSTICKET_TEXTS)
  const texts = await importFrom(inside(), source(), {})
  assert.deepEqual(
    ['replies', 'sections', 'articles'].map((kind) => [
      texts.counts[kind]?.seen,
      texts.counts[kind]?.created,
    ]),
    [
      [2, 2],
      [2, 2],
      [3, 3],
    ],
  )
  assert.ok(texts.problems.some(({ reason }) => reason.startsWith('its files and pictures stay behind')))
  const all = await inside().database.rows<Record<string, string>>(sql`select title, audience, status, body,
      created_at as at from article order by id`)
  assert.deepEqual(
    all.map(({ title, audience, status }) => [title, audience, status]),
    [
      ['It burns', 'public', 'published'],
      ['Inside', 'agents', 'published'],
      ['Internal', 'agents', 'published'],
    ],
  )
  assert.equal(all[0]?.['at'], '2024-01-08T13:00:00.000Z')
  assert.match(
    all[0]?.['body'] ?? '',
    /^<p>Water<\/p><img src="\/help\/files\/[0-9a-f]{64}\/smoke\.png" \/>$/,
  )
  assert.deepEqual(
    await inside().database.rows(
      sql`select name, scope, body, archived_at is not null as off from macro order by id`,
    ),
    [
      {
        name: 'Off',
        scope: 'team',
        body: '<p>Hi {{requester.firstName}}, {{old.ticket_due_date}}</p>',
        off: false,
      },
      { name: 'Old', scope: 'shared', body: 'Gone', off: true },
    ],
  )
  assert.deepEqual((await undoImport(inside(), texts.id))?.texts, { taken: 7, kept: 0 })
  assert.deepEqual(await undoImport(inside(), run.id), { taken: 4, kept: 0, texts: { taken: 0, kept: 0 } })
})

test(
  'Request Tracker comes from either database, with what it keeps in letters and what lies elsewhere',
  { skip },
  async (t) => {
    await old.run('rt', requestTracker('mysql', '9300'))
    const fresh = await postgresWith(t, requestTracker('postgres', '9400'))
    const source = (database: string) => sourceOf('rt', database)
    const run = await importFrom(inside(), source(old.url('rt')), {})
    const other = await importFrom(inside(), source(fresh), {})
    for (const [{ complete, counts, problems }, number] of [
      [run, 93_001],
      [other, 94_001],
    ] as const) {
      assert.equal(complete, true)
      assert.deepEqual(
        Object.fromEntries(
          Object.entries(counts).map(([kind, { seen, failed, skipped }]) => [kind, [seen, failed, skipped]]),
        ),
        { groups: [2, 0, 0], fields: [3, 0, 0], users: [4, 0, 0], tickets: [6, 1, 2], merges: [1, 0, 0] },
      )
      assert.deepEqual(
        problems.map(({ reason, sample }) => [reason, Number(sample) - number]),
        [
          ['deleted there', 2],
          ['no ticket but a reminder there', 3],
          ['nobody said anything in it', 4],
          ['a file could not be fetched: it lies in a storage outside of the database', 0],
          ['a file or a large text in a field stayed behind', 1],
          ['a text lies in a storage outside of the database', 5],
        ],
      )
      assert.deepEqual(await linesOf(number), [
        '2024-05-06T10:00:00.000Z inbound Cy Customer: It smökes',
        '2024-05-06T10:30:00.000Z internal Ada Agent: Looks odd ä',
        '2024-05-06T11:00:00.000Z outbound Bo Gone: Turn it off',
        '2024-05-06T12:00:00.000Z inbound dee@rt.customer.example: It is off',
        '2024-05-07T08:59:59.000Z outbound Ada Agent: Done',
      ])
      assert.deepEqual(await filesOf(number), ['file 7', 'log.txt 5', 'smoke.png 9'])
      assert.equal((await desk.api('GET', `/tickets/${number + 1}`)).body.mergedInto, number)
      const { fields, participants } = (await desk.api('GET', `/tickets/${number}`)).body
      assert.match(JSON.stringify(fields), /Gold plan.*Press.*Drill.*A long remark/)
      assert.match(JSON.stringify(participants), /dee@rt/)
    }
    assert.deepEqual(await linesOf(93_002), ['2024-05-06T13:00:00.000Z inbound Cy Customer: Still smoke'])
    // Who works there and asks themselves is a customer.
    assert.deepEqual(await linesOf(93_006), [
      '2024-05-08T10:00:00.000Z inbound Ada Agent: I need a chair',
      '2024-05-08T11:00:00.000Z inbound Ada Agent: And a desk',
      '2024-05-08T12:00:00.000Z outbound Former agent: Of one who left',
    ])
    const own = await ticketOf(93_006)
    assert.deepEqual([own?.['status'], own?.['priority'], own?.['assignee']], ['open', 'low', null])
    assert.deepEqual(await ticketOf(93_001), {
      subject: 'Printer on fire',
      status: 'closed',
      priority: 'high',
      tags: [],
      channel: 'email',
      team: 'Press of RT',
      assignee: 'Ada Agent',
      requester: 'Cy Customer',
    })
    assert.deepEqual((await changesOf(93_001)).slice(0, 4), [
      '2024-05-06T10:10:00.000Z open',
      '2024-05-06T11:00:01.000Z pending',
      '2024-05-06T12:00:00.000Z open',
      '2024-05-07T09:00:00.000Z resolved',
    ])
    await old.run(
      'rt',
      `insert into Transactions (id, ObjectType, ObjectId, Type, Creator, Created) values (20, 'RT::Ticket', 93006, 'Correspond', 21, '2024-05-10 08:00:00');
    insert into Attachments (TransactionId, ContentType, ContentEncoding, Content) values (20, 'text/plain', 'none', 'Here it is')`,
    )
    const { updated, unchanged } =
      (await importFrom(inside(), source(old.url('rt')), {})).counts['tickets'] ?? {}
    assert.deepEqual([updated, unchanged], [1, 2])
    assert.equal((await linesOf(93_006)).at(-1), '2024-05-10T08:00:00.000Z outbound Bo Gone: Here it is')
    await silentAndWhole()
    assert.deepEqual(await undoImport(inside(), run.id), { taken: 3, kept: 0, texts: { taken: 0, kept: 0 } })
  },
)

test(
  'a database is read over TLS by who may only read; one of another kind, version or zone is said by name',
  { skip },
  async () => {
    await old.run('bare', FREESCOUT)
    await old.run('bare', 'alter table threads drop column meta; drop table followers')
    const bare = await failure('freescout', old.url('bare', '?zone=Europe/Berlin&sslmode=require'))
    assert.match(bare, /database of FreeScout.*threads\.meta, followers are missing/)
    const signed = await failure('freescout', old.url('bare', '?zone=UTC&sslmode=verify-full'))
    assert.match(signed, /self-signed certificate/)
    assert.match(await failure('freescout', old.url('bare', '?zone=Mars')), /No time zone is called Mars/)
    assert.match(
      await failure('freescout', old.url('none', '?zone=UTC')),
      /Unknown database|is missing|are missing/,
    )
    const wrong = old.url('bare', '?zone=UTC').replace('se%3Acret', 'wrong')
    assert.match(await failure('freescout', wrong), /Access denied/)
    assert.match(await failure('freescout', old.url('bare', '?zone=UTC&session=Nowhere')), /time zone/)
    assert.match(await failure('freescout', old.url('bare', '?zone=UTC&sslmode=verify')), /sslmode=verify:/)
    assert.match(await failure('freescout', old.url('bare', '?zone=UTC&pool=5')), /says pool/)
    assert.match(await failure('freescout', old.url('bare', '?zone=UTC&session=+01:00')), /threads\.meta/)
    // By a socket, and with names of tables that begin with something.
    await old.run('many', FREESCOUT.replaceAll(/(create table|insert into) (\w+)/g, '$1 two_$2'))
    const named = `mysql://root@localhost/many?host=${encodeURIComponent(old.socket)}&zone=UTC&prefix=two_`
    assert.equal((await lookAtImport(sourceOf('freescout', named))).counts['tickets']?.seen, 8)

    const asked = { kind: 'freescout', database: old.url('bare', '?zone=UTC') }
    const run = await desk.api('POST', '/imports', asked)
    assert.equal(run.status, 202, JSON.stringify(run.body))
    assert.doesNotMatch(JSON.stringify(run.body), /cret/)
    const ended = await until(async () => {
      const { body } = await desk.api('GET', `/imports/${run.body.id}`)
      return body.state === 'failed' ? body : null
    })
    assert.match(ended.problems[0]?.reason, /threads\.meta/)
    const zammad = await desk.api('POST', '/imports', { ...asked, kind: 'zammad' })
    assert.equal(zammad.status, 400)
  },
)
