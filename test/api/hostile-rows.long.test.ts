// Every GET over rows as they should not be: emptied by cleaning, older than a limit, longer than one. None answers 5xx.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { raw as name, sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until } from '../support/desk.ts'

const desk = await startDesk()
after(() => desk.close())
const { api } = desk

const macro = (body: string) => ({ name: 'M', scope: 'shared', message: { kind: 'reply', body } })

test('a macro whose body is empty once it is cleaned is refused, and the list goes on', async () => {
  for (const body of [
    '<script>1</script>',
    '<p> </p>',
    '<!-- -->',
    '<style>p{}</style>',
    '<iframe></iframe>',
  ]) {
    const refused = await api('POST', '/macros', macro(body))
    assert.equal(refused.status, 400, body)
    assert.equal(refused.body.errors[0].path, 'message.body')
  }
  const made = await api('POST', '/macros', macro('<p>Hello</p><script>1</script>'))
  assert.equal(made.status, 201)
  const patched = await api('PATCH', `/macros/${made.body.id}`, {
    message: { kind: 'note', body: '<script></script>' },
  })
  assert.equal(patched.status, 400)
  const { status, body } = await api('GET', '/macros')
  assert.equal(status, 200)
  assert.deepEqual(
    body.items.map((each: { message: unknown }) => each.message),
    [{ kind: 'reply', body: '<p>Hello</p>', texts: {} }],
  )
})

test('an answer that cannot be told is not kept', async () => {
  const answer = async () => (await api('GET', '/tags')).body.items.length
  const before = await answer()
  // A column that no longer holds what the answer says, as after a faulty change of the schema.
  await owner('alter table tag alter column name type jsonb using to_jsonb(name)')
  const made = await api('POST', '/tags', { name: '1' })
  await owner("alter table tag alter column name type text using name #>> '{}'")
  assert.equal(made.status, 500)
  assert.equal(await answer(), before)
})

const WORDS =
  /(^|_)(name|subject|title|body|text|html|email|address|label|words|detail|description|snippet|summary)(_|$)/

test('every GET over rows with empty and with endless words', async () => {
  await fill()
  const document = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
    paths: Record<string, object>
  }
  const gets = Object.entries(document.paths)
    .filter(([path, methods]) => 'get' in methods && !/stream/.test(path))
    .map(([path]) => path.replace(/^\/api\/v1/, '').replaceAll(/\{\w+\}/g, '1'))
  assert.ok(gets.length > 60)
  const columns = await desk.running.desk.database.rows<{ table: string; column: string }>(sql`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'text' and is_generated = 'NEVER' and table_name <> 'ticket_event'`)
  const failed: string[] = []
  for (const hostile of ['', `\u202e<b>${'long '.repeat(30_000)}`]) {
    for (const { table, column } of columns.filter((each) => WORDS.test(each.column)))
      await desk.running.desk.database
        .transaction((tx) =>
          tx.rows(
            sql`update ${name(table)} set ${name(column)} = ${hostile} where ${name(column)} is not null`,
          ),
        )
        .catch(() => {}) // a constraint keeps such rows out
    desk.running.desk.setup.forget()
    for (const path of gets) {
      const { status, body } = await api('GET', path)
      if (status >= 500) failed.push(`${path} ${status} ${JSON.stringify(body).slice(0, 200)}`)
    }
  }
  assert.deepEqual(failed, [])
})

/** Runs a statement with the rights of the schema's owner. */
async function owner(statement: string) {
  const client = new pg.Client({ connectionString: desk.config.databaseUrl ?? '' })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** One of most things, each the first of its kind. */
async function fill() {
  const things: readonly (readonly [string, object])[] = [
    ['/tickets', { subject: 'S', body: 'B', requester: { email: 'cy@customer.example', name: 'Cy' } }],
    ['/categories', { name: 'C' }],
    ['/tags', { name: 'T' }],
    ['/fields', { key: 'f', label: 'F', type: 'text' }],
    ['/teams', { name: 'North' }],
    ['/queues', { name: 'Q' }],
    ['/webhooks', { name: 'W', url: 'https://hooks.example/x', kinds: ['created'] }],
    ['/forms', { key: 'f', title: 'F' }],
    ['/brands', { name: 'B' }],
    ['/views', { name: 'V', scope: 'shared', query: 'status:open' }],
    ['/articles', { title: 'A', body: '<p>x</p>', language: 'en' }],
    ['/tickets/1/messages', { kind: 'note', body: 'Note' }],
    ['/tickets/1/messages', { kind: 'reply', body: 'Reply' }],
  ]
  for (const [path, body] of things) await api('POST', path, body)
  const envelope = { from: 'x@customer.example', to: ['support@docket.localhost'] }
  await post(
    desk.smtpPort,
    letter({ from: '"" <odd"address"@ex ample>', to: 'support@docket.localhost', subject: '' }),
    envelope,
  )
  await post(desk.smtpPort, letter({ from: 'dy@customer.example', to: 'support@docket.localhost' }), envelope)
  await until(async () => (await api('GET', '/mails')).body.items.length >= 2)
}
