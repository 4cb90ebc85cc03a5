// Who a mail is from where its From is damaged: one reading is taken, of two none.
import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { readFrom } from '#mail/sender.ts'

const read = (from: string) => readFrom(new Map([['from', [from]]])).party?.address ?? null
const all = (froms: Readonly<Record<string, string | null>>) =>
  deepEqual(Object.fromEntries(Object.keys(froms).map((from) => [from, read(from)])), froms)

test('the one address that a damaged From holds is taken, wherever it stands', () => {
  all({
    'Müller & Co <max@x.example': 'max@x.example',
    '"Doe, Jane" jane@x.example': 'jane@x.example',
    'Jane [mailto:jane@x.example]': 'jane@x.example',
    'Sales; Jane <jane@x.example>': 'jane@x.example',
    'jane@x.example <>': 'jane@x.example',
    'Jane Doe (jane@x.example)': 'jane@x.example',
    'Jane &lt;jane@x.example&gt;': 'jane@x.example',
    'Jane&nbsp;Doe &lt;jane&#64;x.example&gt;': null,
    '<Jane Doe jane@x.example>': 'jane@x.example',
    'Jane <mailto: jane@x.example>': 'jane@x.example',
    'Jane < jane@x.example >': 'jane@x.example',
    'Jane <jane @ x.example>': 'jane@x.example',
    'ceo@bank.example <evil@bad.example>': 'evil@bad.example',
    '(ceo@bank.example) evil@bad.example': 'evil@bad.example',
  })
})

test('where two could be meant, or part of one, a person chooses', () => {
  all({
    'Jane Doe <jane doe@x.example>': null,
    'Fax <fax room 2@x.example>': null,
    '(jane@x.example) Jane (bo@y.example)': null,
    '=?utf-8?Q?ceo=40bank.example?= (evil=?utf-8?Q?=40?=bad.example)': null,
    '"jane doe"@x.example': null,
    'Jane <jane@machine(of hers).  example>': null,
    'Jane <jane@machine . example>': null,
  })
})
