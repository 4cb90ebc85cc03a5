// Search texts in sentences: what each means, what is left out and what is suggested instead.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyDirectory, type Directory } from '#rules/directory.ts'
import { completionsOf } from '#rules/query-complete.ts'
import { printQuery } from '#rules/query-print.ts'
import { parseQuery } from '#rules/query.ts'

const named = (id: number, name: string) => ({ id, name, archived: false })
const directory: Directory = {
  ...emptyDirectory,
  teams: [named(2, 'support')],
  agents: [{ ...named(3, 'Ada Ek'), email: 'ada@desk.example' }],
  categories: [{ id: 5, path: 'billing', parentId: null, archived: false }],
  tags: new Set(['billing', 'vip']),
  fields: [
    {
      id: 1,
      key: 'orderNumber',
      label: 'Order',
      type: 'text',
      options: [],
      personal: false,
      archived: false,
    },
  ],
}
const meaning = (text: string) => parseQuery(text, directory).cond
const ignored = (text: string) => parseQuery(text, directory).ignored

test('terms side by side must all hold, and a phrase is looked for as it stands', () => {
  assert.deepEqual(meaning('status:open assignee:me tag:billing created:>2026-01-01 "exact phrase"'), {
    all: [
      { field: 'status', op: 'is', value: 'open' },
      { field: 'assignee', op: 'is', value: 'me' },
      { field: 'tags', op: 'has_any', value: ['billing'] },
      { field: 'created', op: 'gt', value: '2026-01-01' },
      { field: 'text', op: 'contains_phrase', value: 'exact phrase' },
    ],
  })
})

test('commas are any of, minus is not, and priorities compare', () => {
  assert.deepEqual(meaning('status:new,open -tag:vip priority>=high'), {
    all: [
      { field: 'status', op: 'in', value: ['new', 'open'] },
      { not: { field: 'tags', op: 'has_any', value: ['vip'] } },
      { field: 'priority', op: 'in', value: ['high', 'urgent'] },
    ],
  })
})

test('OR binds weaker than AND, and brackets bind first', () => {
  assert.deepEqual(meaning('(org:acme OR requester:@acme.com) is:unassigned'), {
    all: [
      {
        any: [
          { field: 'organization.name', op: 'is', value: 'acme' },
          { field: 'requester.domain', op: 'is', value: 'acme.com' },
        ],
      },
      { field: 'assignee', op: 'empty', value: true },
    ],
  })
})

test('waiting counts the time in the status, and sort stands in the text', () => {
  const { cond, sort } = parseQuery('waiting:>2d status:pending sort:waiting', directory)
  assert.deepEqual(cond, {
    all: [
      { field: 'timeInStatus', op: 'gte', value: 172_800 },
      { field: 'status', op: 'is', value: 'pending' },
    ],
  })
  assert.equal(sort, 'waiting')
})

test('a category with a star is the whole subtree', () => {
  assert.deepEqual(meaning('category:billing/*'), { field: 'category', op: 'under', value: 5 })
})

test('a day range includes both its days', () => {
  const span = { from: '2026-01-01', to: '2026-01-31' }
  assert.deepEqual(meaning('resolved:2026-01-01..2026-01-31'), {
    field: 'resolved',
    op: 'between',
    value: span,
  })
})

test('what is unknown is searched as words, named and put right', () => {
  assert.deepEqual(ignored('status:opne colour:red'), [
    {
      term: 'status:opne',
      suggestion: 'status:open',
      why: 'status: takes new, open, pending, on_hold, resolved, closed',
    },
    { term: 'colour:red', suggestion: null, why: 'There is no "colour" to search by' },
  ])
  assert.equal(ignored('asignee:me')[0]?.suggestion, 'assignee:me')
  assert.equal(ignored('team:suport')[0]?.suggestion, 'team:support')
  assert.deepEqual(meaning('status:opne tag:vip'), {
    all: [
      { field: 'text', op: 'contains_word', value: 'status:opne' },
      { field: 'tags', op: 'has_any', value: ['vip'] },
    ],
  })
})

test('what was pasted is searched, however much it looks like a term', () => {
  for (const pasted of ['C:\\Users\\ann', 'mailto:x', 'note:abc', 'created:soon', 'field.none:7'])
    assert.deepEqual(meaning(pasted), { field: 'text', op: 'contains_word', value: pasted })
})

test('what is spelled with blanks is one word', () => {
  for (const spelled of [
    '+43 660 / 123 45-67',
    '0660 1234567',
    '(555) 123-4567',
    'AT61 1904 3002 3457 3201',
    '28 November 2026',
    'Nov 28, 2026',
    '28. 11. 2026',
  ])
    assert.deepEqual(meaning(spelled), { field: 'text', op: 'contains_word', value: spelled })
  assert.deepEqual(meaning('1000123 1000124'), {
    all: [
      { field: 'text', op: 'contains_word', value: '1000123' },
      { field: 'text', op: 'contains_word', value: '1000124' },
    ],
  })
})

test('a number with its sign is a word too: texts name tickets of other desks', () => {
  assert.deepEqual(meaning('#98765'), { field: 'text', op: 'contains_word', value: '#98765' })
  assert.equal(printQuery({ field: 'number', op: 'eq', value: 7 }, directory), 'number:7')
})

test('an address on the web is a word, not a key', () => {
  assert.deepEqual(meaning('https://x.org/a'), {
    field: 'text',
    op: 'contains_word',
    value: 'https://x.org/a',
  })
})

test('any text at all is read: brackets that never close, quotes that never end, ten thousand brackets', () => {
  for (const text of [
    '(((',
    ')))',
    '"',
    '-',
    'OR',
    'a OR',
    'NOT',
    'status:',
    '-(',
    ':',
    'x:"',
    '('.repeat(10_000),
    '- -',
    '#',
  ])
    parseQuery(text, directory)
  assert.deepEqual(meaning(`${'('.repeat(50)}vip${')'.repeat(50)} tag:vip`), {
    all: [
      { field: 'text', op: 'contains_word', value: 'vip' },
      { field: 'tags', op: 'has_any', value: ['vip'] },
    ],
  })
})

test('a condition is printed as the shortest text that means it', () => {
  const text =
    'status:active (team:support OR assignee:"Ada Ek") -is:snoozed category:billing/* field.orderNumber:A-1'
  assert.equal(printQuery(meaning(text), directory), text)
  assert.equal(printQuery({ field: 'priority', op: 'changed' }, directory), null)
})

test('completion offers keys, then their values', () => {
  const labels = (text: string) => completionsOf(text, text.length, directory).map(({ label }) => label)
  assert.deepEqual(labels('sta'), ['status:'])
  assert.deepEqual(labels('-assignee:a'), ['any', '"Ada Ek"'])
  assert.deepEqual(labels('status:open,p'), ['pending'])
  assert.equal(completionsOf('is:un tag:vip', 5, directory)[0]?.text, 'is:unassigned tag:vip')
})
