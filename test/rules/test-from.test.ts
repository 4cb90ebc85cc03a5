// A ticket becomes a test of a rule in one click: what the rule asks about is kept, and the test passes as it stands.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testFrom } from '../../web/admin/rules/test-from.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { aRule } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk({ work: false })
  await desk.api('PUT', '/rules/order', { sections: [{ key: 'all', title: 'All' }], rules: [] })
})
after(() => desk.close())

const [inMessage, ...others] = [
  { field: 'message.text', op: 'contains_word', value: 'invoice' } as const,
  { field: 'requester.email', op: 'is', value: 'cy@customer.example' } as const,
  { not: { field: 'priority', op: 'is', value: 'urgent' } as const },
]
const { id: _, ...rule } = aRule(0, {
  key: 'invoices',
  title: 'Invoices',
  on: ['created'],
  if: { all: [inMessage, ...others] },
  do: [{ addTags: ['money'] }],
})
const opened = async (body: string) => {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  return (await desk.api('POST', '/tickets', { subject: 'Hello', body, requester })).body.id as number
}
const tried = async (ticketId: number, tests: object[] = []) => {
  const asked = { ...rule, tests }
  const { status, body } = await desk.api('POST', '/rules/try', { rule: asked, ticketId })
  assert.equal(status, 200, JSON.stringify(body))
  return testFrom(body, ['created'])
}
const problems = async (tests: unknown[], tried: object = rule) => {
  const { body } = await desk.api('POST', '/rules/preview', { rule: { ...tried, tests } })
  return body.problems.map(({ code, place }: { code: string; place: string }) => `${place} ${code}`)
}

test('what fires and what does not are both kept, and pass; another outcome is a test that fails', async () => {
  const fires = await tried(await opened('My invoice is wrong'))
  const silent = await tried(await opened('My lamp is dark'))
  assert.ok(fires !== null && silent !== null)
  assert.deepEqual(fires, {
    given: {
      text: 'My invoice is wrong',
      requester: { email: 'cy@customer.example' },
      priority: 'normal',
    },
    on: 'created',
    expect: { fires: true },
  })
  assert.deepEqual(silent.expect, { fires: false })
  const anywhere = { ...rule, if: { all: [{ ...inMessage, field: 'text' }, ...others] } }
  const { body } = await desk.api('POST', '/rules/try', { rule: anywhere, ticketId: 1 })
  assert.ok(
    !(await problems([testFrom(body, ['created'])], anywhere)).some((each: string) =>
      each.endsWith('test_failed'),
    ),
  )
  assert.ok(!(await problems([fires, silent])).some((each: string) => each.endsWith('test_failed')))
  assert.ok((await problems([{ ...silent, expect: { fires: true } }])).includes('tests[0] test_failed'))
})
