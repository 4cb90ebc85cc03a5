// Whatever is sent to the API, it answers: with what was asked for or with what is wrong, never with a fault of its own. Requests
// are made up from the schemas that the API itself publishes, some of them as they should be, some wild.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomOf } from '../../demo/random.ts'
import { startDesk } from '../support/desk.ts'

type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly $ref?: string
}
type Operation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

const SEED = Number(process.env['DOCKET_TEST_SEED'] ?? 7)
const TIMES = process.env['DOCKET_TEST_LONG'] === '1' ? 60 : 4
/** What would end the session that asks, or leave the house. */
const LEFT_OUT = /\/(stream|session)\b/

test('no request is answered by a fault', { timeout: 600_000 }, async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  for (let index = 0; index < 6; index++)
    await desk.api('POST', '/tickets', {
      subject: `Parcel ${index}`,
      body: 'Where is it?',
      requester: { email: `c${index}@customer.example` },
    })
  const document = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as Document
  const random = randomOf(SEED)
  const make = maker((most) => random.whole(0, most - 1), document)
  const faults: string[] = []
  let asked = 0
  let taken = 0
  for (let round = 0; round < TIMES; round++) {
    // Whoever revokes the token or the rights of the one who asks shall not end the test.
    const { token } = await desk.addAgent(`Asker${round}`, 'admin')
    for (const [path, operations] of Object.entries(document.paths)) {
      if (LEFT_OUT.test(path)) continue
      for (const [method, operation] of Object.entries(operations)) {
        const { url, body } = make(path, operation)
        const answer = await desk.as(token)(method.toUpperCase(), url.replace(/^\/api\/v1/, ''), body)
        asked++
        if (answer.status < 400) taken++
        if (answer.status >= 500)
          faults.push(`${answer.status} ${method} ${url} ${JSON.stringify(body)?.slice(0, 400)}`)
      }
    }
  }
  assert.deepEqual(faults, [])
  assert.ok(taken > asked / 20, `of ${asked} requests only ${taken} were taken: the test asks nothing`)
})

/** Makes up requests for an operation. */
function maker(pick: (most: number) => number, document: Document) {
  const one = <Each>(list: readonly Each[]): Each => list[pick(list.length)] as Each
  const wild: readonly unknown[] = [
    null,
    '',
    ' ',
    'x',
    'Ann@Customer.example',
    '🦊 ß ﷽ \u202e',
    'a'.repeat(3_000),
    "'; drop table ticket; --",
    '%_\\',
    '2026-02-30T25:61:00Z',
    '9999-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00Z',
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    1e300,
    true,
    [],
    {},
    [null],
    { a: { b: [] } },
  ]
  const text = (schema: Schema): unknown => {
    if (schema.format === 'email')
      return one(['cy@customer.example', 'Ann@Customer.example', 'c0@customer.example'])
    if (schema.format === 'date-time') return one(['2026-03-02T10:00:00Z', '2027-01-01T00:00:00.000Z'])
    if (schema.format === 'uri') return one(['https://127.0.0.1:1/x', 'http://localhost/'])
    return one([
      'Parcel',
      'open',
      'en',
      'Europe/Berlin',
      'a@b.example',
      '1',
      'tag:x',
      'status:open',
      '#334455',
      'x'.repeat(80),
    ])
  }
  const value = (given: Schema, depth = 0): unknown => {
    const schema =
      given.$ref === undefined
        ? given
        : (document.components?.schemas?.[given.$ref.split('/').at(-1) ?? ''] ?? {})
    if (pick(14) === 0) return one(wild)
    if (schema.const !== undefined) return schema.const
    if (schema.enum !== undefined) return one(schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return value(one(choices), depth + 1)
    if (schema.allOf !== undefined)
      return Object.assign({}, ...schema.allOf.map((each) => value(each, depth + 1) as object))
    const type = typeof schema.type === 'string' || schema.type === undefined ? schema.type : one(schema.type)
    if (type === 'integer' || type === 'number')
      return one([1, 2, 3, 4, 5, schema.minimum ?? 0, schema.maximum ?? 100, 2 ** 31 + 5])
    if (type === 'boolean') return pick(2) === 0
    if (type === 'null') return null
    if (type === 'array')
      return depth > 6 ? [] : Array.from({ length: pick(3) }, () => value(schema.items ?? {}, depth + 1))
    if (type === 'object' || schema.properties !== undefined) return object(schema, depth)
    return type === 'string' ? text(schema) : one(wild)
  }
  const object = (schema: Schema, depth: number): object => {
    const names = Object.keys(schema.properties ?? {}).filter(
      (name) => schema.required?.includes(name) === true || (depth < 6 && pick(3) === 0),
    )
    const made = names.map((name) => [name, value(schema.properties?.[name] ?? {}, depth + 1)])
    if (typeof schema.additionalProperties === 'object' && depth < 6 && pick(2) === 0)
      made.push([one(['a', 'Parcel', '1']), value(schema.additionalProperties, depth + 1)])
    return Object.fromEntries(made)
  }
  return (path: string, operation: Operation) => {
    let url = path
    const query = new URLSearchParams()
    for (const parameter of operation.parameters ?? []) {
      const made = value(parameter.schema)
      const asText = typeof made === 'object' ? JSON.stringify(made) : String(made)
      if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, encodeURIComponent(asText) || 'x')
      else if (parameter.in === 'query' && pick(2) === 0) query.set(parameter.name, asText)
    }
    const asked = query.size === 0 ? url : `${url}?${query}`
    const schema = operation.requestBody?.content['application/json']?.schema
    return { url: asked, body: schema === undefined ? undefined : value(schema) }
  }
}
