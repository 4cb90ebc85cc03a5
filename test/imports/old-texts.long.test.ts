// What desks keep beside their tickets, from their real databases: saved replies, articles, links, and what own fields held when.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { importFrom } from '#imports/begin.ts'
import type { Import } from '#imports/import-store.ts'
import type { DatabaseKind } from '#imports/kinds.ts'
import { openSource } from '#imports/open-source.ts'
import { undoImport } from '#imports/undo.ts'
import { sql } from '#store/sql.ts'
import { freshDatabase } from '../support/database.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'
import { startMariadb, withoutMariadb, type Mariadb } from '../support/mariadb.ts'
import { FREESCOUT, FREESCOUT_TEXTS } from '../support/old-freescout.ts'
import { articlesOfRt, requestTracker } from '../support/old-rt.ts'
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
const { silentAndWhole } = toldOn(() => desk)
const run = (kind: DatabaseKind, database: string) =>
  importFrom(
    inside(),
    openSource(inside(), inside().egress, { kind, database }, { local: { files: null } }),
    {},
  )
const articlesOf = ({ id }: Import) =>
  inside().database.rows<Record<string, string | null>>(sql`
    select a.title, a.language, a.audience, a.status, a.body, a.created_at as at,
      (select s.names->>a.language from section s where s.id = a.section_id) as section
    from article a join import_ref r on r.kind = 'articles' and r.local_id = a.id and r.import_id = ${id} order by a.id`)
const shown = (rows: readonly Record<string, string | null>[], ...columns: readonly string[]) =>
  rows.map((row) => columns.map((column) => row[column] ?? null))

test(
  'FreeScout’s saved replies come in their folders, its knowledge base in its languages',
  { skip },
  async () => {
    await old.run('freescout', FREESCOUT)
    const address = old.url('freescout', '?zone=Europe/Berlin')
    await run('freescout', address)
    await old.run('freescout', FREESCOUT_TEXTS)
    const texts = await run('freescout', address)
    const { replies, sections, articles } = seenAndMade(texts)
    assert.deepEqual(
      [replies, sections, articles],
      [
        [3, 2],
        [6, 6],
        [6, 6],
      ],
    )
    assert.ok(
      texts.problems.some(({ reason }) => /its files and pictures stay behind.*user\.jobTitle/.test(reason)),
    )
    assert.deepEqual(
      await inside().database.rows(
        sql`select m.name, m.folder, m.body, t.name as team from macro m left join team t on t.id = m.team_id order by m.id`,
      ),
      [
        {
          name: 'No refund',
          folder: 'Refunds - money',
          body: '<p>Dear {{requester.firstName}}, {{old.user_jobTitle}}</p>',
          team: 'Support',
        },
        { name: 'Hello', folder: '', body: '<p>{{requester.name}}</p>', team: 'Sales' },
      ],
    )
    const found = await articlesOf(texts)
    assert.deepEqual(shown(found, 'title', 'language', 'audience', 'status', 'section'), [
      ['It burns', 'en', 'public', 'published', 'Printers'],
      ['Es brennt', 'de', 'public', 'published', 'Drucker'],
      ['Not yet', 'en', 'public', 'draft', 'Printers'],
      ['Deep', 'en', 'agents', 'published', 'In it'],
      ['Prices', 'en', 'agents', 'published', 'Sales'],
      ['Nowhere', 'en', 'agents', 'published', null],
    ])
    assert.deepEqual(shown(found.slice(0, 2), 'body', 'at'), [
      ['<p>Water</p>', '2024-01-08T08:00:00.000Z'],
      ['<p>Wasser</p>', '2024-01-08T08:00:00.000Z'],
    ])
    const again = await run('freescout', address)
    assert.deepEqual([again.counts['articles']?.unchanged, again.counts['sections']?.unchanged], [6, 6])
    assert.deepEqual((await undoImport(inside(), texts.id))?.texts, { taken: 14, kept: 0 })
  },
)

test(
  'Request Tracker’s articles, links and changes of fields come from either database',
  { skip },
  async (t) => {
    await old.run('rt', `${requestTracker('mysql', '9300')}${articlesOfRt('mysql', '9300')}`)
    const { url, drop } = await freshDatabase()
    atEnd(t, drop)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(`${requestTracker('postgres', '9400')}${articlesOfRt('postgres', '9400')}`)
    await client.end()
    for (const [address, number] of [
      [old.url('rt'), 93_001],
      [url, 94_001],
    ] as const) {
      const told = await run('rt', address)
      assert.equal(told.complete, true)
      assert.deepEqual(seenAndMade(told)['links'], [2, 1])
      assert.ok(
        told.problems.some(
          ({ kind, reason }) => kind === 'links' && reason === 'the other ticket never came',
        ),
      )
      const links = async (id: number) =>
        (await desk.api('GET', `/tickets/${id}/links`)).body.items.map(
          ({ type, ticket }: { type: string; ticket: { id: number } }) => [type, ticket.id],
        )
      assert.deepEqual(await links(number), [['blocked_by', number + 5]])
      assert.deepEqual(await links(number + 5), [['blocks', number]])
      assert.equal((await desk.api('GET', `/tickets/${number}`)).body.updatedAt < '2025', true)
      const changes = await inside().database.rows<{ at: string; value: unknown }>(sql`
      select at, payload->'to' as value from ticket_event where ticket_id = ${number} and kind = 'field_changed' order by seq`)
      assert.deepEqual(
        changes.filter(({ at }) => at > '2024-05-06T10:30').map(({ at, value }) => [at, value]),
        [
          ['2024-05-06T10:40:00.000Z', 'Gold plan'],
          ['2024-05-06T10:41:00.000Z', ['Press', 'Drill']],
        ],
      )
      const found = await articlesOf(told)
      assert.deepEqual(shown(found, 'title', 'audience', 'status', 'section', 'at'), [
        ['It burns', 'agents', 'published', 'Fire', '2024-01-08T09:00:00.000Z'],
        ['Old', 'agents', 'archived', 'Answers of RT', '2024-01-08T09:00:00.000Z'],
      ])
      assert.match(
        found[0]?.['body'] ?? '',
        /What to do.*<h2>Of an article<\/h2>.*a &lt; b.*<h2>Content<\/h2><p>Wäter<\/p><p><a href="\/help\/files\/[0-9a-f]{64}\/sheet\.txt"/s,
      )
    }
    await silentAndWhole()
    const again = await run('rt', old.url('rt'))
    assert.deepEqual([again.counts['tickets']?.updated, again.counts['links']], [0, undefined])
  },
)
