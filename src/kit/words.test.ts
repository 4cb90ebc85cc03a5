// Which words meet, however they are written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsSpelling, placesOf, rawWordsOf, spellingsOf, wordsOf } from '#kit/words.ts'

const finds = (text: string, asked: string) => holdsSpelling(placesOf(text).places, spellingsOf(asked))

/** One of each line finds all others of it. */
function meet(...lines: readonly string[]): void {
  for (const words of lines.map((line) => line.split(' | ')))
    for (const text of words)
      for (const asked of words) assert.ok(finds(`so: ${text}.`, asked), `${asked} in ${text}`)
}

/** None of a line finds another of it. */
function part(...lines: readonly string[]): void {
  for (const words of lines.map((line) => line.split(' | ')))
    for (const text of words)
      for (const asked of words)
        if (text !== asked) assert.ok(!finds(`so: ${text}.`, asked), `${asked} in ${text}`)
}

test('a word and its English plural meet', () => {
  meet(
    'mailbox | mailboxes',
    'cookie | cookies',
    'crash | crashes',
    'process | processes',
    'address | addresses',
  )
  meet('tax | taxes', 'box | boxes', 'batch | batches', 'status | statuses', 'bus | buses', 'cache | caches')
  meet('response | responses', 'house | houses', 'lens | lenses', 'quiz | quizzes', 'category | categories')
  meet(
    'hero | heroes',
    'movie | movies',
    'license | licenses',
    'invoice | invoices',
    'key | keys',
    'size | sizes',
  )
  meet('alias | aliases', 'shoe | shoes', 'purchase | purchases', 'access | accesses', 'issue | issues')
  part('thi | this', 'clas | class x', 'crash | cras', 'due | du', 'blue | blu', 'user | us')
})

test('letters that a keyboard has not are written as others', () => {
  meet(
    'Größe | Groesse | groeße',
    'Prüfbericht | Pruefbericht',
    'Häusler | Haeusler',
    'Öl | Oel',
    'Straße | Strasse',
  )
  meet(
    'Søren | Soren',
    'Søren | Soeren',
    'Łódź | Lodz',
    'Ærø | Aero',
    'Åse | Aase',
    'café | cafe',
    'Đặng | Dang',
    'œuvre | oeuvre',
  )
  assert.ok(finds('Prüfbericht', 'Prufbericht'))
  meet('ещё | еще', 'ＡＢＣ１２ | abc12', 'ｶﾞｽ | ガス', 'ﬁnal | final')
})

test('letters that only look alike are others', () => {
  part('が | か', 'はし | ぱし', 'бой | бои', 'край | краи', 'їсти | істи')
})

test('what shows nothing parts nothing', () => {
  meet(
    'Auf\u200btrag | Auftrag',
    'Z\u00adX-9\u200b91 | ZX-991 | ZX991',
    'Nbsp‑wort | Nbsp-wort',
    'می\u200cخواهم | میخواهم',
  )
})

test('a name with its number is found by both, joined or apart', () => {
  meet(
    'INC12345 | INC-12345 | INC 12345 | INC_12345',
    'wifi | wi-fi',
    'e-mail | email',
    '10kg | 10 kg',
    "can't | cant | can’t",
  )
  for (const [text, asked] of [
    ['INC12345', '12345'],
    ['v2.3.1', '2.3.1'],
    ['see #98765 there', '#98765'],
    ['see #98765 there', '98765'],
    ['ZK-88123-A', 'zk88123a'],
    ['error_code_17', 'code'],
    ['C:\\Users\\ann', 'C:\\Users\\ann'],
  ] as const)
    assert.ok(finds(text, asked), `${asked} in ${text}`)
  part('2.3.10 | 2.3.1', '231 | 2.3.1', 'INC12345 | INC12346', 'a1b2c3 | a1b2c4')
})

test('numbers in groups meet however they are spelled', () => {
  meet(
    '+43 660 / 123 45-67 | +436601234567 | 0660 1234567 | 0043 660 1234567 | (0660) 123 45 67 | +43 (0)660 1234567',
  )
  meet(
    '(555) 123-4567 | 555-123-4567 | +1 555 123 4567',
    'AT61 1904 3002 3457 3201 | AT611904300234573201 | at61 1904 3002 3457 3201',
  )
  meet('4111 1111 1111 1111 | 4111111111111111')
  part('+43 660 1234568 | +43 660 1234567', '10000001234567 | 20000001234567')
})

test('a day is found in the form of whoever looks for it', () => {
  meet(
    '2026-11-28 | 28.11.2026 | 28. 11. 2026 | 11/28/2026 | 28/11/2026 | 28 November 2026 | 28. November 2026 | November 28, 2026 | Nov 28th, 2026 | 28.11.26',
  )
  meet(
    '2026-05-05 | 5. Mai 2026 | 5 May 2026',
    '2026-12-01 | 1. Dezember 2026 | 1 Dec 2026',
    '2026-03-01 | 1. März 2026 | March 1, 2026',
  )
  part('2026-11-29 | 28.11.2026', '2026-11-28 | 28.11.2025')
})

test('Korean nouns are found with and without their particles', () => {
  meet('전등이 | 전등 | 전등을 | 전등에서는', '서울에서 | 서울')
  part('전등 | 전기')
})

test('scripts without spaces are words of one sign, in order', () => {
  assert.deepEqual(wordsOf('漢字です'), ['漢', '字', 'で', 'す'])
  assert.ok(finds('これは漢字です', '漢字'))
  assert.ok(!finds('これは漢の字です', '漢字'))
  assert.deepEqual(rawWordsOf('Die Größen der INC12345-Teile'), [
    'die',
    'grossen',
    'der',
    'inc12345',
    'teile',
  ])
})

test('nothing is nowhere, and a phrase stands side by side', () => {
  assert.ok(!finds('', '') && !finds('abc', '') && !finds('abc', '…'))
  assert.ok(finds('the late parcel came', 'late parcels'))
  assert.ok(!finds('the late big parcel', 'late parcel'))
})

test('long texts of anything are read in time that grows with them', () => {
  const startedAt = performance.now()
  for (const text of ['1 ', 'a-', '+1 ', '(1)', '0', 'a1', 'at61 1904 ', 'a\u0301', '28.11.2026', 'nov '])
    placesOf(text.repeat(50_000))
  assert.ok(performance.now() - startedAt < 20_000)
})
