// Tables of strangers: how they are written, and what their cells mean.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvMap, suggestColumns, suggestPriority, suggestStatus } from '#imports/csv/map.ts'
import { momentIn } from '#imports/csv/moment.ts'
import { readerOf } from '#imports/csv/read-row.ts'
import { formOf, headingsOf, rowsOf } from '#imports/csv/table.ts'
import type { Open } from '#imports/files.ts'
import { suggestedMap, surveyCsv, unmapped } from '#imports/csv/survey.ts'
import { Fault } from '#kit/fault.ts'

/** Bytes in pieces of a size, so that characters and quotes are cut in the middle. */
function bytes(content: Uint8Array | string, size = 3): Open {
  const all = Buffer.from(content as string)
  return async function* () {
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
  }
}

async function read(content: Uint8Array | string) {
  const [open, rows] = [bytes(content), []] as [Open, { line: number; cells: readonly string[] }[]]
  const form = await formOf(bytes(content, 1_000))
  for await (const row of rowsOf(open, form)) rows.push(row)
  return { form, rows }
}

test('encoding and delimiter are found', async () => {
  const semi = await read('id;Betreff\r\n1;"Über; alles"\r\n')
  assert.deepEqual(semi.form, { encoding: 'utf-8', delimiter: ';' })
  assert.deepEqual(semi.rows[1]?.cells, ['1', 'Über; alles'])
  assert.deepEqual((await read('\ufeffid,a\n1,ü')).rows[0]?.cells, ['id', 'a'])
  const west = await read(Buffer.from('id\tTitel\n1\tGr\u00f6\u00dfe \x80', 'latin1'))
  assert.deepEqual(west.form, { encoding: 'windows-1252', delimiter: '\t' })
  assert.deepEqual(west.rows[1]?.cells, ['1', 'Größe €'])
  const wide = await read(Buffer.from('\ufeffid\ta\n1\tü', 'utf16le'))
  assert.deepEqual(wide.rows[1]?.cells, ['1', 'ü'])
})

test('a cell may hold lines, and rows know where they begin', async () => {
  const { rows } = await read('id,text\n1,"one\ntwo ""three"""\n\n2,four\n3,a "b" c\n')
  assert.deepEqual(
    rows.map(({ line, cells }) => [line, cells[1]]),
    [
      [1, 'text'],
      [2, 'one\ntwo "three"'],
      [5, 'four'],
      [6, 'a "b" c'],
    ],
  )
})

test('a quote that never closes is said, and a row has a size', async () => {
  const broken = (error: unknown) => error instanceof Fault && error.code === 'CSV'
  await assert.rejects(read('id,text\n1,"never'), broken)
  await assert.rejects(
    read(Buffer.from(`id,text\n1,"${'x'.repeat(2_500_000)}"`)).then(() => {}),
    broken,
  )
})

test('moments are read by the order of their date and the zone of their clock', () => {
  for (const [cell, order, zone, at] of [
    ['2024-05-06 10:00', 'ymd', 'Europe/Berlin', '2024-05-06T08:00:00.000Z'],
    ['2024-05-06T10:00:00+02:00', 'ymd', 'UTC', '2024-05-06T08:00:00.000Z'],
    ['2024-05-06T10:00:00.123Z', 'ymd', 'Europe/Berlin', '2024-05-06T10:00:00.000Z'],
    ['06.05.2024 10:00:09', 'dmy', 'UTC', '2024-05-06T10:00:09.000Z'],
    ['5/6/2024, 2:30 PM', 'mdy', 'America/New_York', '2024-05-06T18:30:00.000Z'],
    ['5/6/2024 12:05 am', 'mdy', 'UTC', '2024-05-06T00:05:00.000Z'],
    ['2024-05-06', 'ymd', 'UTC', '2024-05-06T00:00:00.000Z'],
    ['31.02.2024', 'dmy', 'UTC', null],
    ['13/14/2024', 'mdy', 'UTC', null],
    ['2024-05-06 25:00', 'ymd', 'UTC', null],
    ['soon', 'ymd', 'UTC', null],
    ['0000-01-01', 'ymd', 'UTC', null],
  ] as const)
    assert.equal(momentIn(cell, order, zone), at, cell)
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1971-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (date) => {
        const text = `${date.toISOString().slice(0, 19)}Z`
        assert.equal(momentIn(text, 'ymd', 'Asia/Tokyo'), `${text.slice(0, 19)}.000Z`)
      },
    ),
  )
  fc.assert(fc.property(fc.string(), (text) => void momentIn(text, 'dmy', 'UTC')))
})

test('columns and values are suggested, each target once', () => {
  assert.deepEqual(suggestColumns(['Ticket ID', 'Subject', 'Created at', 'Requester', 'Plan']), {
    'Ticket ID': 'id',
    Subject: 'subject',
    'Created at': 'createdAt',
    Requester: 'requesterName',
    Plan: null,
  })
  assert.deepEqual(suggestColumns(['Ticketnummer', 'Titel', 'Betreff', 'Erstellt am', 'Priorität']), {
    Ticketnummer: 'id',
    Titel: null,
    Betreff: 'subject',
    'Erstellt am': 'createdAt',
    Priorität: 'priority',
  })
  assert.deepEqual(
    [suggestStatus('In Progress'), suggestStatus('GELÖST'), suggestStatus('Wobbly')],
    ['open', 'resolved', null],
  )
  assert.equal(suggestPriority('Critical'), 'urgent')
})

test('a look says what has no meaning yet, and such rows are set aside', async () => {
  const table = [
    'id,subject,status,created,assignee',
    '1,A,Wobbly,13/05/2024,Ada',
    '2,B,wobbly,01/05/2024,Bo',
    '3,C,Open,02/05/2024,',
  ].join('\n')
  const survey = await surveyCsv(bytes(table), [{ name: 'Ada', email: 'ada@desk.example' }])
  const map = suggestedMap(survey, 'UTC')
  assert.equal(map.dates.order, 'dmy')
  assert.deepEqual(map.assignee, { Ada: 'ada@desk.example' })
  assert.deepEqual(unmapped(survey, map), [{ kind: 'status', value: 'Wobbly', count: 2 }])
  const headings = survey.columns.map(({ heading }) => heading)
  const row = { line: 2, cells: ['1', 'A', 'Wobbly', '13/05/2024', 'Ada'] }
  assert.deepEqual(readerOf(headings, map)(row), { id: '1', problem: 'the status “Wobbly” is not mapped' })
  const mended = readerOf(headings, { ...map, status: { Wobbly: 'on_hold' } })(row)
  assert.ok('story' in mended)
  assert.equal(mended.story.end.set.status, 'on_hold')
  assert.equal(mended.users[0]?.email, 'ada@desk.example')
})

test('headings are told apart, and a map is held to its words', () => {
  assert.deepEqual(headingsOf({ line: 1, cells: ['a', '', 'a'] }), ['a', 'Column 2', 'a (2)'])
  const said = (map: unknown) => csvMap.safeParse(map).error?.issues.map(({ message }) => message)
  assert.deepEqual(said({ columns: { a: 'subject', b: 'subject', c: 'createdAt' } }), [
    'Two columns are said to be subject',
  ])
  assert.equal(said({ columns: { a: 'subject' } })?.length, 1)
  assert.equal(said({ columns: { a: 'subject', c: 'createdAt' }, dates: { zone: 'Mars/North' } })?.length, 1)
})
