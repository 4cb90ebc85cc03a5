// Search finds what stands on the screen, however it is written, and nothing that is not there any more.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { act } from '#desk/act.ts'
import { reactToUpdates } from '#desk/react.ts'
import { bySystem } from '#desk/update.ts'
import type { TicketId } from '#kit/ids.ts'
import { countMatching } from '#rules/list-store.ts'
import { newestWith } from '#rules/text-list-store.ts'
import { textIn } from '#rules/text-query.ts'
import { join, raw, sql } from '#store/sql.ts'
import { SPANS, spanWord } from '#tickets/search-document.ts'
import { indexTickets, rebuildSome } from '#tickets/search-store.ts'
import { post } from '../support/customer.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

async function opened(subject: string, body: string, more: object = {}): Promise<number> {
  const requester = { email: 'ann@customer.example', name: 'Ann Body' }
  const answer = await desk.api('POST', '/tickets', { subject, body, requester, ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}

/** A mail that opens a ticket, as its program wrote it. */
async function mailed(subject: string, type: string, body: string): Promise<number> {
  const lines = [
    'From: Cy Late <cy@customer.example>',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@customer.example>`,
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    ...body.split('\n'),
  ]
  const [mailbox] = (await desk.api('GET', '/mailboxes')).body.items
  const bytes = Buffer.from([`To: ${mailbox.address}`, ...lines].join('\r\n'))
  assert.match(
    await post(desk.smtpPort, bytes, { from: 'cy@customer.example', to: [mailbox.address] }),
    /^250/,
  )
  const found = await until(async () => (await list('')).find((each) => each.subject === subject))
  return found.id
}

async function list(q: string, more = ''): Promise<{ id: number; subject: string }[]> {
  const answer = await desk.api('GET', `/tickets?q=${encodeURIComponent(q)}${more}`)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.items
}

const ids = async (q: string, more = '') => (await list(q, more)).map(({ id }) => id)

async function until<Value>(look: () => Promise<Value | undefined | false>): Promise<Value> {
  for (let turn = 0; turn < 300; turn++) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('It did not happen')
}

/** Waits for the index, then asks. */
async function finds(id: number, ...asked: readonly string[]): Promise<void> {
  const { database } = desk.running.desk
  await until(
    async () => (await database.rows(sql`select from reaction_due where ticket_id = ${id}`)).length === 0,
  )
  for (const q of asked) assert.ok((await ids(q)).includes(id), `${q} finds ${id}`)
}

test('words of the first of very many messages are found, and those of a very long one', async () => {
  const id = await opened('Old words', 'I ask about SECQ-1')
  const { database } = desk.running.desk
  await database.rows(sql`insert into message (id, ticket_id, kind, direction, author_type, channel, at, body_text)
    select 9000000 + n, ${id}::bigint, 'note', 'internal', 'agent', 'api', now(), 'note number ' || n from generate_series(1, 230) n`)
  const long = Array.from({ length: 30_000 }, (_, index) => `w${index}x`).join(' ')
  await database.rows(sql`insert into message (id, ticket_id, kind, direction, author_type, channel, at, body_text)
    values (9100000, ${id}, 'note', 'internal', 'agent', 'api', now(), ${`${long} at the very end`})`)
  await indexTickets(database, [id as never])
  await finds(id, 'SECQ-1', 'w0x', 'w29999x', '"the very end"')
})

test('what is folded away is found: forwarded mails, signatures, what follows a line of underscores', async () => {
  const forward = await mailed(
    'Fwd: Broken lamp',
    'text/plain; charset=utf-8',
    'Please handle this.\n\n---------- Forwarded message ---------\nFrom: Third <third@party.example>\nSubject: Broken lamp\n\nMy lamp order B-7781 arrived broken.',
  )
  await finds(forward, 'B-7781', 'third@party.example', '"arrived broken"')
  const signed = await mailed(
    'with signature',
    'text/plain; charset=utf-8',
    'Please send\n\n-- \nMax Muster, Tel. +43 660 / 123 45-67, customer no. 4411',
  )
  await finds(signed, '4411', '+436601234567', '0660 1234567', 'muster')
})

test('words that only the HTML has are found', async () => {
  const id = await mailed(
    'placeholder',
    'multipart/alternative; boundary=Q',
    '--Q\nContent-Type: text/plain; charset=utf-8\n\nThis message needs an HTML capable mail program.\n--Q\nContent-Type: text/html; charset=utf-8\n\n<p>Guten Tag, bitte stornieren Sie Auftrag HX-55190 sofort.</p>\n--Q--',
  )
  await finds(id, 'HX-55190', 'stornieren', '"bitte stornieren"')
})

test('fields, tags, people, and names of files are found; no longer what was taken away', async () => {
  const { key } = (await desk.api('POST', '/fields', { label: 'Order number', type: 'text' })).body
  const id = await opened('Beside', 'Nothing to see', { fields: { [key]: 'ZK-88123-A' }, tags: ['rush-job'] })
  const { database } = desk.running.desk
  await database.rows(sql`insert into attachment (message_id, sha256, name, type, size)
    select min(id), '', 'Prüfung.pdf', 'application/pdf', 1 from message where ticket_id = ${id}`)
  const joined = await desk.api('POST', `/tickets/${id}/participants`, {
    role: 'cc',
    email: 'walter@partner.example',
  })
  assert.ok(joined.status < 300, JSON.stringify(joined.body))
  await finds(id, 'ZK-88123-A', 'Prüfung.pdf', 'Pruefung', 'rush-job', 'walter@partner.example')
  const walter = joined.body.participants[0].id
  await desk.api('DELETE', `/tickets/${id}/participants/${walter}?role=cc`)
  await until(async () => !(await ids('walter')).includes(id))
  await desk.api('PATCH', `/tickets/${id}`, { fields: { [key]: 'other' } })
  await until(async () => !(await ids('ZK-88123-A')).includes(id))
  await database.rows(sql`update message set redacted_at = now() where ticket_id = ${id}`)
  await indexTickets(database, [id as never])
  assert.ok(!(await ids('"nothing to see"')).includes(id) && !(await ids('Prüfung')).includes(id))
})

test('what is written while others react to what was there before is found all the same', async () => {
  const id = await opened('Left word', 'Nothing yet')
  const { running } = desk
  const { database } = running.desk
  await database.rows(sql`insert into reaction_due (ticket_id) values (${id}) on conflict do nothing`)
  await database.transaction(async (tx) => {
    const written = await act(
      running.desk,
      tx,
      id as TicketId,
      { kind: 'set', addTags: ['quartzite'] },
      bySystem,
    )
    assert.ok(written.ok)
    await reactToUpdates(running.desk)
  })
  await reactToUpdates(running.desk)
  await finds(id, 'tag:quartzite', 'quartzite')
})

test('a new name of the requester is found, the old one is not', async () => {
  const id = await opened('Renamed', 'By marriage', {
    requester: { email: 'eve@customer.example', name: 'Eve Oldname' },
  })
  await finds(id, 'oldname')
  const [{ requester }] = (await desk.api('GET', `/tickets?q=oldname`)).body.items
  await desk.api('PATCH', `/people/${requester.id}`, { name: 'Eve Newname' })
  await until(async () => (await ids('newname')).includes(id))
  assert.ok(!(await ids('oldname')).includes(id))
})

test('a part of a compound finds it, and so does another spelling', async () => {
  const id = await opened(
    'Prüfbericht',
    'Größe der Wohnzimmerdeckenleuchte von Häusler Söhne, 전등이, INC12345 on 2026-11-28',
  )
  await finds(
    id,
    'leuchte',
    'Wohnzimmer',
    'Pruefbericht Groesse Haeusler Soehne',
    '전등',
    '12345',
    '28.11.2026',
    'Nov 28, 2026',
  )
  assert.ok((await ids('wohnzim', '&typing=true')).includes(id))
  assert.deepEqual(await ids('zimmerdecke'), [])
})

test('what cannot be understood is searched as words, and named', async () => {
  const id = await opened('Pasted', 'It says C:\\Users\\ann and mailto:x@y.example, then note:abc')
  await finds(id, 'C:\\Users\\ann', 'mailto:x@y.example', 'note:abc')
  assert.deepEqual(await ids('note:nobody-wrote-this'), [])
  const { body } = await desk.api('GET', '/tickets?q=note%3Aabc')
  assert.deepEqual(body.ignored, [{ term: 'note:abc', suggestion: null }])
})

test('what a rule calls text is what people wrote; search sees all of it', async () => {
  const { database } = desk.running.desk
  const id = await opened('Strict', 'Plain', { tags: ['unspoken'] })
  await finds(id, 'unspoken')
  const { directory } = await desk.running.desk.setup.now()
  const how = { directory, at: desk.clock.now(), zone: 'UTC' }
  const reader = { agentId: 1, sees: 'all', teamIds: [] } as never
  const cond = { field: 'text', op: 'contains_word', value: 'unspoken' } as const
  assert.equal(await countMatching(database, { cond, reader, how }, 10), 0)
  assert.equal(await countMatching(database, { cond, reader, how: { ...how, everywhere: true } }, 10), 1)
})

test('old documents are found while they wait to be rebuilt, and all are in the end', async () => {
  const { database } = desk.running.desk
  const id = await opened('Ancient', 'Written long ago: antediluvian')
  await finds(id, 'antediluvian')
  await database.rows(
    sql`update search_document set words = ts_filter(words, '{a,b,c,d}') where ticket_id = ${id}`,
  )
  await database.rows(sql`insert into search_rebuild (below) select max(id) + 1 from ticket`)
  assert.ok((await ids('antediluvian')).includes(id))
  while (await database.transaction((tx) => rebuildSome(tx, 2)));
  await finds(id, 'antediluvian')
  assert.deepEqual(await database.rows(sql`select from search_rebuild`), [])
})

test('words of a team that others do not see are neither found nor counted nor completed, phrases included', async () => {
  const { body: team } = await desk.api('POST', '/teams', { name: 'Behind a wall' })
  const { token, principal } = await desk.addAgent('Otto', 'agent')
  await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams' })
  const otto = desk.as(token)
  const id = await opened('Quillwort affair', 'The zanthoxylum stands beside the quillwort.', {
    team: team.id,
  })
  const words = ['quillwort', '"zanthoxylum stands"', 'quillw', `${id}`, '"beside the quillwort" zanthoxylum']
  await finds(id, ...words.filter((each) => each !== 'quillw'))
  assert.ok((await ids('quillw', '&typing=true')).includes(id))
  for (const q of words) {
    const asked = `q=${encodeURIComponent(q)}`
    for (const path of [
      `/tickets?${asked}`,
      `/tickets?${asked}&typing=true&limit=5`,
      `/tickets/ids?${asked}`,
    ]) {
      const { body } = await otto('GET', path)
      const numbers = [...body.items, ...(body.ids ?? [])].map((each) => each.id ?? each)
      assert.ok(!numbers.includes(id), path)
    }
    const counts = (await otto('GET', `/tickets/counts?${asked}`)).body
    const seen = (await otto('GET', `/tickets?${asked}`)).body.items.length
    assert.equal(counts.all.count, seen, q)
  }
})

test('a phrase of common words is found where it stands and nowhere else, and so is a rebuilt one', async () => {
  const both = await opened('Words', 'Red apples and green pears. The pears were red.')
  const side = await opened('Words', 'Red pears, said Müller & Söhne in May.')
  await finds(side, '"red pears"', '"Mueller Soehne"', '"Müller & Söhne in May"')
  assert.ok(!(await ids('"red pears"')).includes(both))
  assert.ok(!(await ids('"green apples"')).includes(both))
  const { database } = desk.running.desk
  await database.rows(sql`update search_document set pairs = null where ticket_id = ${side}`)
  await database.rows(sql`insert into search_rebuild (below, articles) select max(id) + 1, false from ticket`)
  assert.ok((await ids('"red pears"')).includes(side), 'while it waits')
  while (await database.transaction((tx) => rebuildSome(tx, 100)));
  const text = textIn({ field: 'text', op: 'contains_phrase', value: 'red pears' }, { everywhere: true })
  assert.ok(text !== null && text.phrases.length === 1)
  const all = { limit: 10, isRare: true }
  assert.deepEqual(await newestWith(database, { ...text, where: [sql`true`] }, all), [side], 'by pairs')
})

test('of many tickets the newest hits come first, page by page, however common the words are', async () => {
  const { database } = desk.running.desk
  const id = await opened('Model', 'One of many')
  const columns = await database.rows<{
    name: string
  }>(sql`select quote_ident(column_name) as name from information_schema.columns
    where table_schema = 'public' and table_name = 'ticket' and is_generated = 'NEVER' and column_name <> 'id'`)
  const names = raw(columns.map(({ name }) => name).join(', '))
  await database.rows(sql`insert into ticket (id, ${names}) select 20000 + n, ${names}
    from ticket, generate_series(0, 29999) n where id = ${id}`)
  const spans = SPANS.map((bits, level) => `'${spanWord(level, '')}' || ((20000 + n) >> ${bits})`).join(', ')
  await database.rows(sql`insert into search_document (ticket_id, words, pairs) select 20000 + n, array_to_tsvector(array_remove(array[
      'every', case when n % 40 = 0 then 'some' end, case when n % 9000 = 0 then 'few' end,
      case when n < 3000 then 'old' end, ${raw(spans)}], null)),
      case when n % 40 = 0 then array[7, 9] end from generate_series(0, 29999) n`)
  await database.rows(sql`update ticket set hidden_as = 'spam' where id > 20000 and id % 3 = 0`)
  const tests = [[sql`not t.hidden`], [sql`not t.hidden`, sql`t.id % 100 = 0`], [sql`t.id % 7 = 0`]]
  const queries = ["'every'", "'some'", "'few'", "'old'", "'every' & 'some'", "'none'", "'ever':*"]
  for (const where of tests)
    for (const query of queries)
      for (const [before, limit] of [
        [undefined, 51],
        [45_000, 700],
        [21_000, 700],
        [20_001, 51],
      ] as const) {
        const wanted = await database.rows<{
          id: number
        }>(sql`select t.id from ticket t join search_document d on d.ticket_id = t.id
          where d.words @@ ${query}::tsquery and ${join(where, ' and ')} and t.id < ${before ?? 1_000_000} order by t.id desc limit ${limit}`)
        const ids = wanted.map((each) => each.id)
        // What has 'some' has its pairs as well: a phrase of it is found by them once it shows to be rare.
        const phrases = query.includes('some') ? [[], [[[[7], [9]]]]] : [[]]
        for (const each of phrases) {
          const found = await newestWith(database, { query, phrases: each, where }, { limit, before })
          assert.deepEqual(found, ids, `${query} before ${before}, ${each.length} phrases`)
        }
      }
  await database.rows(sql`delete from search_document where ticket_id >= 20000`)
  await database.rows(sql`update ticket set hidden_as = 'deleted' where id >= 20000`)
})
