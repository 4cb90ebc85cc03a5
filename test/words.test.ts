// House rules of the browser app: every language says everything with the same values, and styles mirror for right-to-left.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { settingsPatch } from '#api/contract/settings.ts'
import { defaultDeskSettings } from '#setup/settings-store.ts'
import { properties } from '#tickets/property.ts'

const catalogues = globSync('web/words/en/*.ts')
const words = async (path: string) => {
  const module = (await import(`../${path}`)) as Record<string, Record<string, string>>
  return Object.values(module)[0] ?? {}
}

/** `{count, plural, one {…}}` and `{name}` both name a value. */
const valuesOf = (text: string) =>
  [...new Set([...text.matchAll(/(?<!(?:one|other|=\d) )\{(\w+)[,}]/g)].map(([, name]) => name))]
    .toSorted()
    .join(' ')

test('every catalogue has its German, with the same ids and the same values', async () => {
  assert.ok(catalogues.length > 0)
  for (const path of catalogues) {
    const english = await words(path)
    const german = await words(path.replace('words/en/', 'words/de/').replace(/\ben\.ts$/, 'de.ts'))
    assert.deepEqual(Object.keys(german).toSorted(), Object.keys(english).toSorted(), path)
    for (const [id, text] of Object.entries(english))
      assert.equal(valuesOf(german[id] ?? ''), valuesOf(text), `${path}: ${id} says other values in German`)
  }
})

test('every field of the settings has its word where its changes are told', async () => {
  const told = await words('web/words/en/audit.ts')
  const fields = [...Object.keys(settingsPatch.shape), 'mail', ...Object.keys(defaultDeskSettings.mail)]
  assert.deepEqual(
    fields.filter((field) => !(`auditField.${field}` in told)),
    [],
  )
  for (const path of globSync('web/admin/**/*.tsx'))
    assert.doesNotMatch(
      readFileSync(path, 'utf8'),
      /'audit\.change', \{ field[,:](?! sayName)/,
      `${path} shows a field by its raw name`,
    )
})

test('a number sign before a value is no count: in a plural it would be', async () => {
  for (const path of globSync('web/words/{en,de}/*.ts'))
    for (const [id, text] of Object.entries(await words(path)))
      assert.ok(!/plural,[^]*#\{/.test(text), `${path}: ${id} says the count where it means #`)
})

test('no id stands in two catalogues', async () => {
  const seen = new Map<string, string>()
  for (const path of catalogues)
    for (const id of Object.keys(await words(path))) {
      assert.equal(seen.get(id), undefined, `${id} is in ${seen.get(id)} and ${path}`)
      seen.set(id, path)
    }
})

test('German says Sie, always', async () => {
  for (const path of globSync('web/words/de/*.ts'))
    for (const [id, text] of Object.entries(await words(path)))
      assert.doesNotMatch(text, /\b(?:du|dich|dir|dein(?:e[mnrs]?)?)\b/i, `${path}: ${id}`)
})

/** Labels that many pages have, or that are looked for by the page they stand on. */
const general = /^(field\.name|property\.|rules\.|sla\.metric|calendars\.example)/

test('every field of the administration is found by its label', () => {
  const holds = readFileSync('web/admin/holds.ts', 'utf8')
  for (const path of globSync('web/admin/**/*.tsx'))
    for (const [, label = ''] of readFileSync(path, 'utf8').matchAll(
      /<(?:TextField|SelectField|CheckField|TextArea)\s+label=\{say\('([^']+)'\)\}/g,
    ))
      assert.ok(
        general.test(label) || holds.includes(`'${label}'`),
        `${path}: ${label} is not in web/admin/holds.ts`,
      )
})

test('a group of the administration’s menu has seven pages at most', () => {
  const [, ...groups] = readFileSync('web/admin/nav.ts', 'utf8').split("word: 'nav.")
  assert.ok(groups.length > 5, 'the groups were found')
  const count = (text: string, part: RegExp) => text.match(part)?.length ?? 0
  for (const group of groups)
    assert.ok(count(group, /\bpath: '/g) - count(group, /\bfrom: '/g) <= 7, group.slice(0, 20))
})

test('a table that may be wider than its place scrolls in a box that the keyboard reaches', () => {
  const boxes = globSync('web/**/*.tsx')
    .filter((path) => !path.includes('/dist/'))
    .flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.includes("['tableBox']") && !line.includes('<ScrollBox '))
        .map((line) => `${path}: ${line.trim()}`),
    )
  assert.deepEqual(boxes, [])
})

test('styles name start and end, never left and right', () => {
  const physical =
    /(?:^|[\s;])(?:(?:margin|padding|border)-(?:left|right)|left|right)\s*:|text-align:\s*(?:left|right)/
  for (const path of globSync('web/**/*.css').filter((each) => !each.includes('/dist/')))
    assert.doesNotMatch(readFileSync(path, 'utf8'), physical, `${path} does not mirror`)
})

test('everything that the audit keeps has its words', () => {
  const words = readFileSync('web/words/en/audit.ts', 'utf8')
  for (const path of globSync('src/**/*.ts')) {
    const text = readFileSync(path, 'utf8')
    for (const [, action = ''] of text.matchAll(/\baudit\([^)]*\baction: '([a-z_]+)'/gs))
      assert.ok(words.includes(`'auditAction.${action}'`), `${path}: ${action} has no words`)
  }
})

test('everything that a ticket’s log keeps has its words', async () => {
  const english = { ...(await words('web/words/en/en.ts')), ...(await words('web/words/en/log.ts')) }
  const described = ['event-words.ts', 'timeline.ts'].map((name) =>
    readFileSync(`web/ticket/conversation/${name}`, 'utf8'),
  )
  const payloads = ['event.ts', 'event-fact.ts'].map((name) => readFileSync(`src/tickets/${name}`, 'utf8'))
  const kinds = [
    ...payloads.flatMap((text) => [...text.matchAll(/^  ([a-z_]+):/gm)].map(([, kind = '']) => kind)),
    ...Object.values(properties).map(({ event }) => event),
  ]
  assert.ok(kinds.includes('status_changed') && kinds.includes('sla_warning') && kinds.length > 50)
  for (const kind of kinds)
    assert.ok(
      `event.${kind}` in english ||
        `property.${kind.replace('_changed', '')}` in english ||
        described.some((text) => text.includes(`'${kind}'`)),
      `${kind} has no words`,
    )
})
