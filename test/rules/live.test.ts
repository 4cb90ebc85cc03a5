// Rules at work on a real desk: what an update sets off is written with it, mailed after it, and explained by the log.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

async function open(subject: string, more: object = {}) {
  const body = 'My parcel 482913 is late.'
  const answer = await desk.api('POST', '/tickets', {
    subject,
    body,
    requester: { email: 'cy@example.org', name: 'Cy Berg' },
    ...more,
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
type Logged = { seq: number; kind: string; actor: { type: string }; payload: Record<string, any> } // eslint-disable-line typescript/no-explicit-any
const eventsOf = async (id: number): Promise<Logged[]> =>
  (await desk.api('GET', `/tickets/${id}/events?limit=200`)).body.items

test('an update settles in its own transaction: fields, tags and the chain of causes', async () => {
  await publishRules(desk, [
    aRule(1, { if: { field: 'tags', op: 'has_any', value: ['a'] }, do: [{ addTags: ['b'] }] }),
    aRule(2, { on: ['created'], do: [{ addTags: ['a'] }, { setPriority: 'high' }] }),
  ])
  const ticket = await open('Chain')
  assert.deepEqual([ticket.tags, ticket.priority], [['a', 'b'], 'high'])
  const events = await eventsOf(ticket.id)
  const fired = events.filter(({ kind }) => kind === 'rule_fired')
  assert.deepEqual(
    fired.map((event) => [event.payload['ruleId'], event.payload['pass']]),
    [
      [2, 1],
      [1, 2],
    ],
  )
  const changed = events.find((event) => event.kind === 'priority_changed')
  assert.deepEqual(changed?.actor.type, 'rule')
  const rows = await desk.running.desk.database.rows<{
    id: number
    seq: number
    kind: string
    cause_event_id: number
  }>({
    text: 'select id, seq, kind, cause_event_id from ticket_event where ticket_id = $1 order by seq',
    values: [ticket.id],
  } as never)
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const row of rows.filter(({ kind }) => kind === 'rule_fired'))
    assert.equal(byId.get(row.cause_event_id)?.seq, 1)
  for (const row of rows.filter(({ kind }) => kind === 'priority_changed'))
    assert.equal(byId.get(row.cause_event_id)?.kind, 'rule_fired')
  assert.deepEqual(
    rows.map(({ id }) => id),
    rows.map(({ id }) => id).toSorted((a, b) => a - b),
  )
})

test('a rule answers, notes and tells agents: templates see plain data, what people wrote stays a value', async () => {
  await publishRules(
    desk,
    [
      aRule(3, {
        on: ['created'],
        if: { field: 'message.text', op: 'matches', value: 'parcel (\\d+)' },
        do: [
          { addNote: { template: 'note' } },
          { reply: { template: 'reply' } },
          { notify: { template: 'alert', to: ['agent:1', 'agent:1', 'owner'] } },
        ],
      }),
    ],
    [
      { key: 'note', body: 'Parcel {{match[1]}} of {{requester.firstName}}' },
      { key: 'reply', body: 'Dear {{requester.name}}, about {{ticket.subject}}: we look at #{{ticket.id}}.' },
      { key: 'alert', subject: 'Look at {{ticket.id}}', body: '{{ticket.url}}' },
    ],
  )
  const ticket = await open('Late {{requester.email}}')
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual(items.map((item: { kind: string; text: string }) => [item.kind, item.text]).slice(1), [
    ['note', 'Parcel 482913 of Cy'],
    ['reply', `Dear Cy Berg, about Late {{requester.email}}: we look at #${ticket.id}.`],
  ])
  const sent = await until(async () => {
    const mails = desk.sink.mails.filter(({ raw }) => raw.includes(`#${ticket.id}]`))
    return mails.length >= 3 && mails
  })
  const texts = sent.map(({ to, mail }) => [
    to.join(),
    mail.text?.trim().split('\n')[0],
    mail.headers.get('auto-submitted')?.[0],
  ])
  assert.deepEqual(
    texts.toSorted(),
    [
      ['bo@desk.example', `http://127.0.0.1:${desk.config.port}/tickets/${ticket.id}`, 'auto-generated'],
      [
        'cy@example.org',
        `Dear Cy Berg, about Late {{requester.email}}: we look at #${ticket.id}.`,
        'auto-generated',
      ],
      [
        'cy@example.org',
        'We have received your message and will answer as soon as we can. To add something, reply to this mail.',
        'auto-replied',
      ],
    ].toSorted(),
  )
  assert.equal((await verifyAll(desk.running.desk.database)).differences.length, 0)
})

test('a rule that resolves a ticket without assignee is refused whole, and the log says why', async () => {
  await publishRules(desk, [
    aRule(4, { on: ['created'], do: [{ addTags: ['done'] }, { setStatus: 'resolved' }] }),
  ])
  const ticket = await open('Refused')
  assert.deepEqual([ticket.status, ticket.tags], ['new', []])
  const refused = (await eventsOf(ticket.id)).find((event) => event.kind === 'action_refused')
  assert.equal(refused?.payload['detail'].name, 'assignee_required')
})

test('an undo is not redone by a rule, and nothing settles twice', async () => {
  await publishRules(desk, [aRule(5, { on: ['field_change'], do: [{ addTags: ['touched'] }] })])
  const ticket = await open('Undo')
  await desk.api('PATCH', `/tickets/${ticket.id}`, { priority: 'high' })
  const events = await eventsOf(ticket.id)
  const seq = events.find((event) => event.kind === 'priority_changed')?.seq
  const undone = await desk.api('POST', `/tickets/${ticket.id}/undo`, { seq })
  assert.equal(undone.status, 200, JSON.stringify(undone.body))
  const { body: back } = await desk.api('GET', `/tickets/${ticket.id}`)
  assert.deepEqual([back.priority, back.tags], ['normal', []])
  const kinds = (await eventsOf(ticket.id)).map(({ kind }) => kind)
  assert.equal(kinds.filter((kind) => kind === 'rule_fired').length, 1)
})

test('a rule gives a ticket to whoever in its team has least to do; nobody there refuses it', async () => {
  const team = (await desk.api('POST', '/teams', { name: 'Light' })).body
  const [busy, free] = [await desk.addAgent('Busy', 'agent'), await desk.addAgent('Free', 'agent')]
  const unassigned = { field: 'assignee', op: 'empty', value: true } as const
  await publishRules(desk, [aRule(6, { on: ['created'], if: unassigned, do: [{ assign: 'leastLoaded' }] })])
  assert.equal((await open('Anybody', { team: team.id })).assignee, null)
  for (const { principal } of [busy, free])
    await desk.api('PATCH', `/agents/${principal.agentId}`, { teams: [team.id] })
  await open('Taken', { assignee: busy.principal.agentId })
  const first = await open('First', { team: team.id })
  assert.equal(first.assignee?.name, 'Free')
  assert.equal((await open('Second', { team: team.id })).assignee?.name, 'Busy')
})
