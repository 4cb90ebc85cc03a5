// What rules of a version made of tickets is taken back as one batch: what people changed since stays, and so does what was mailed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const open = async (subject: string) => {
  const sent = { subject, body: 'Hello', requester: { email: 'cy@example.org', name: 'Cy Berg' } }
  const { status, body } = await desk.api('POST', '/tickets', sent)
  assert.equal(status, 201)
  return body
}
const ticketOf = async ({ id }: { id: number }) => (await desk.api('GET', `/tickets/${id}`)).body
const done = (job: { id: number }) =>
  until(async () => {
    const { body } = await desk.api('GET', `/jobs/${job.id}`)
    return body.state === 'done' ? body : null
  })

test('a rule that was wrong: tried first, then taken back, but for what somebody has changed since', async () => {
  await publishRules(
    desk,
    [
      aRule(1, { on: ['created'], do: [{ addTags: ['good'] }] }),
      aRule(2, {
        on: ['created'],
        if: { field: 'subject', op: 'contains_word', value: 'wrong' },
        do: [{ setPriority: 'urgent' }, { addTags: ['bad'] }, { reply: { template: 'sorry' } }],
      }),
      aRule(3, {
        on: ['created'],
        if: { field: 'subject', op: 'contains_word', value: 'fine' },
        do: [{ reply: { template: 'sorry' } }],
      }),
    ],
    [{ key: 'sorry', body: 'We are on it.' }],
  )
  const version = (await desk.api('GET', '/rulebook')).body.live.version
  const [plain, left, changed] = [await open('Fine'), await open('wrong one'), await open('wrong two')]
  assert.deepEqual([left.priority, left.tags], ['urgent', ['bad', 'good']])
  assert.equal((await desk.api('PATCH', `/tickets/${changed.id}`, { priority: 'low' })).status, 200)

  const preview = await desk.api('GET', `/rulebook/versions/${version}/made?rule=2`)
  assert.deepEqual(preview.body, {
    tickets: 2,
    tried: 2,
    firings: 2,
    restored: 2,
    changedSince: { priority: 1 },
    refused: {},
    mails: 2,
    webhooks: 0,
    sample: [left.id, changed.id],
  })
  assert.equal((await ticketOf(left)).priority, 'urgent', 'trying changes nothing')
  const mailed = (await desk.api('GET', `/rulebook/versions/${version}/made?rule=3`)).body
  assert.deepEqual([mailed.tickets, mailed.mails], [0, 1], 'one that only mailed says so')

  const { status, body: job } = await desk.api('POST', `/rulebook/versions/${version}/undo`, { rule: 2 })
  assert.equal(status, 202)
  assert.deepEqual(job.firings, { version, ruleId: 2 })
  assert.equal((await done(job)).counts.done, 2)
  const now = await Promise.all([plain, left, changed].map(ticketOf))
  assert.deepEqual(
    now.map(({ priority, tags }) => [priority, tags]),
    [
      ['normal', ['good']],
      ['normal', ['good']],
      ['low', ['good']],
    ],
  )
  const { items } = (await desk.api('GET', `/tickets/${left.id}/messages`)).body
  assert.equal(items.length, 2, 'what was said stays')
  const after = (await desk.api('GET', `/rulebook/versions/${version}/made?rule=2`)).body
  assert.deepEqual([after.firings, after.restored], [0, 0], 'nothing of it stands')
  assert.deepEqual((await verifyAll(desk.running.desk.database)).differences, [])
})

test('all rules of a version go back, the newest first, and those of other versions stay', async () => {
  await publishRules(desk, [aRule(3, { on: ['created'], do: [{ addTags: ['kept'] }] })])
  const old = await open('By the version before')
  await publishRules(desk, [
    aRule(4, { on: ['created'], do: [{ setPriority: 'high' }] }),
    aRule(5, {
      on: ['field_change'],
      if: { field: 'tags', op: 'has_any', value: ['go'] },
      do: [{ setPriority: 'urgent' }],
      maxPerTicket: 1,
    }),
  ])
  const version = (await desk.api('GET', '/rulebook')).body.live.version
  const ticket = await open('By both')
  await desk.api('PATCH', `/tickets/${ticket.id}`, { addTags: ['go'] })
  assert.equal((await ticketOf(ticket)).priority, 'urgent')
  await done((await desk.api('POST', `/rulebook/versions/${version}/undo`, {})).body)
  const { priority, tags } = await ticketOf(ticket)
  assert.deepEqual([priority, tags], ['normal', ['go']], 'what a person added stays')
  assert.deepEqual((await ticketOf(old)).tags, ['kept'])
})

test('a version that never was live, and a rule that it has not, are told', async () => {
  assert.equal((await desk.api('GET', '/rulebook/versions/9999/made')).status, 404)
  const { version } = (await desk.api('GET', '/rulebook')).body.live
  assert.equal((await desk.api('POST', `/rulebook/versions/${version}/undo`, { rule: 77 })).status, 404)
})
