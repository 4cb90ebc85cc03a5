// A rulebook as a file reads back as itself, whatever its rules; what it cannot name is said with its place.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRulebookFiles, writeRulebook } from '#rules/rulebook-file.ts'
import { directory, rule } from '#rules/sentences.ts'

const book = {
  sections: [
    { key: 'triage', title: 'Triage' },
    { key: 'empty', title: 'Nothing yet' },
  ],
  templates: [
    { key: 'b', body: 'Hello\n\n{{ticket.id}}: "quoted"\n' },
    { key: 'a', subject: 'Re: #1', family: 'alerts', body: '- not a list' },
  ],
  rules: [
    rule(7, {
      section: 'triage',
      description: 'two\nlines # no comment',
      if: {
        all: [{ field: 'team', op: 'in', value: [1, 2] }, { not: { field: 'assignee', op: 'is', value: 1 } }],
      },
      do: [
        { setTeam: 2 },
        { assign: 1 },
        { assign: 'none' },
        { notify: { template: 'a', to: ['team:1', 'agent:1', 'owner'] } },
      ],
      stop: true,
      maxPerTicket: 3,
      tests: [{ given: { team: 'North' }, on: 'created', expect: { fires: false } }],
    }).rule,
    rule(8, {
      section: 'triage',
      kind: 'timer',
      on: [],
      timer: { hold: 60, onPublish: { spreadHours: 2 } },
      enabled: false,
      do: [{ snooze: 60 }],
    }).rule,
  ],
}

/** As jsonb keeps objects: short keys first. */
function sortedByLength(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)),
  )
}

test('export, read, export: the same bytes, the same ids', () => {
  const text = writeRulebook(book, directory)
  const { book: back, problems } = readRulebookFiles([{ name: 'a.yaml', text }], book, directory)
  assert.deepEqual(problems, [])
  assert.equal(writeRulebook(back, directory), text)
  assert.deepEqual(back.rules, book.rules)
  const kept = JSON.parse(JSON.stringify(book, sortedByLength)) as typeof book
  assert.equal(writeRulebook(kept, directory), text, 'the database keeps keys in an order of its own')
  assert.match(text, /owner: ada@desk\.example/)
  assert.match(text, /team:North/)
})

test('a folder is one rulebook; new rules have no id yet', () => {
  const text = writeRulebook(book, directory)
  const more =
    'apiVersion: docket/v1\nkind: Rulebook\nsections:\n  - key: more\n    rules:\n      - { key: x, kind: trigger, title: X, owner: ada@desk.example, reviewBy: 2026-12-01, on: [created], do: [{ addTags: [x] }] }\n'
  const read = readRulebookFiles(
    [
      { name: 'a', text },
      { name: 'b', text: more },
    ],
    book,
    directory,
  )
  assert.deepEqual(read.problems, [])
  assert.deepEqual(
    read.book.rules.map(({ id, section }) => [id, section]),
    [
      [7, 'triage'],
      [8, 'triage'],
      [-1, 'more'],
    ],
  )
})

test('what is not understood is named with its place', () => {
  const places = (text: string) =>
    readRulebookFiles([{ name: 'f', text }], book, directory).problems.map(
      ({ place, code }) => `${place} ${code}`,
    )
  const file = (rule: string) =>
    `apiVersion: docket/v1\nkind: Rulebook\nsections: [{ key: s, rules: [${rule}] }]\n`
  const base = 'key: r, kind: trigger, title: R, reviewBy: 2026-12-01, on: [created]'
  assert.deepEqual(places('a: [b'), ['f malformed'])
  assert.deepEqual(places('apiVersion: docket/v2\nkind: Rulebook\nsections: []'), ['f apiVersion malformed'])
  assert.deepEqual(places(file(`{ ${base}, owner: no@one, do: [{ setTeam: North }] }`)), [
    's/r owner unresolved',
  ])
  assert.ok(
    places(file(`{ ${base}, owner: ada@desk.example, do: [{ setTeam: Nowhere }] }`)).includes(
      's/r unresolved',
    ),
  )
  assert.deepEqual(
    places(file(`{ ${base}, owner: ada@desk.example, if: { some: [] }, do: [{ addTags: [a] }] }`)),
    ['s/r if malformed'],
  )
  assert.match(places('a: &a [x]\nb: [*a, *a]')[0] ?? '', /f/)
})
