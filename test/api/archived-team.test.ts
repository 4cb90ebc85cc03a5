// A team that something feeds is not put away silently: what feeds it is named, moves in one act, and nothing is lost after all.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const made = async (path: string, body: object) => {
  const answer = await desk.api('POST', path, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const teamNamed = (name: string) => made('/teams', { name })
const questions = [
  { ask: 'email', required: true },
  { ask: 'message', required: true },
]
const blank = { intro: '', thanks: '', files: false, brand: 1, team: null, category: null, questions }
const formOf = (key: string, team: number) => made('/forms', { ...blank, key, title: `Form ${key}`, team })

test('what feeds a team is named, and archiving is refused until nothing does', async () => {
  const [north, south] = [await teamNamed('North'), await teamNamed('South')]
  await made('/mailboxes', { address: 'north@desk.example' }).then(({ id }) =>
    desk.api('PATCH', `/mailboxes/${id}`, { team: north.id }),
  )
  const form = await formOf('north', north.id)
  const macro = await made('/macros', {
    name: 'To the north',
    scope: 'shared',
    change: { team: north.id },
  })
  await made('/views', { name: 'Northern', scope: 'team', team: north.id, query: 'status:open' })
  const queue = await made('/queues', { title: 'Northern line', primaryTeams: [north.id] })
  const refused = await desk.api('PATCH', `/teams/${north.id}`, { archived: true })
  assert.deepEqual([refused.status, refused.body.refusal], [409, 'in_use'])
  const kinds = refused.body.uses.map(({ kind }: { kind: string }) => kind)
  assert.deepEqual(kinds.toSorted(), ['form', 'macro', 'mailbox', 'queue', 'view'])
  const shown = await desk.api('GET', `/teams/${north.id}/uses`)
  assert.deepEqual(
    shown.body.items.map(({ kind }: { kind: string }) => kind),
    kinds,
  )
  const done = await desk.api('POST', `/teams/${north.id}/archive`, { moveTo: south.id })
  assert.equal(done.body.archived, true, JSON.stringify(done.body))
  assert.equal((await desk.api('GET', `/forms/${form.id}`)).body.team.id, south.id)
  const macros = (await desk.api('GET', '/macros')).body.items
  assert.equal(macros.find(({ id }: { id: number }) => id === macro.id).change.team, south.id)
  const lines = (await desk.api('GET', '/queues')).body.items
  const line = lines.find(({ id }: { id: number }) => id === queue.id)
  assert.deepEqual(
    line.primaryTeams.map((each: { id: number } | number) => (typeof each === 'number' ? each : each.id)),
    [south.id],
  )
  const again = await desk.api('PATCH', `/forms/${form.id}`, { team: north.id })
  assert.deepEqual([again.status, again.body.errors[0].path], [400, 'team'])
})

test('a condition that names the team is left to a person, and the team stays', async () => {
  const [east, west] = [await teamNamed('East'), await teamNamed('West')]
  const form = await formOf('east', east.id)
  await made('/views', { name: 'Eastern', scope: 'shared', query: 'team:East' })
  const done = await desk.api('POST', `/teams/${east.id}/archive`, { moveTo: west.id })
  assert.equal(done.body.archived, false)
  assert.deepEqual(
    [done.body.moved, done.body.left].map((uses) => uses.map(({ title }: { title: string }) => title)),
    [['Form east'], ['Eastern']],
  )
  assert.equal((await desk.api('GET', `/forms/${form.id}`)).body.team.id, west.id)
  const self = await desk.api('POST', `/teams/${east.id}/archive`, { moveTo: east.id })
  assert.equal(self.status, 400)
})

test('what others of the desk point at is kept as well', async () => {
  const category = await made('/categories', { name: 'Sold' })
  const field = await made('/fields', { key: 'orderNumber', label: 'Order', type: 'text' })
  const asked = [...questions, { ask: 'field.orderNumber', required: false }]
  await made('/forms', {
    ...blank,
    key: 'sold',
    title: 'Sold',
    category: category.path,
    questions: asked,
  })
  for (const path of [`/categories/${category.id}`, `/fields/${field.id}`]) {
    const refused = await desk.api('PATCH', path, { archived: true })
    assert.deepEqual([refused.status, refused.body.refusal], [409, 'in_use'], path)
  }
})

test('a ticket that comes in for an archived team after all belongs to nobody’s team, in sight of everybody', async () => {
  const gone = await teamNamed('Gone')
  const { id: mailbox } = await made('/mailboxes', { address: 'gone@desk.example' })
  await desk.api('PATCH', `/mailboxes/${mailbox}`, { team: gone.id, paused: false })
  await desk.running.desk.database.rows({
    text: 'update team set archived_at = now() where id = $1',
    values: [gone.id],
  } as never)
  desk.running.desk.setup.forget()
  const { items } = (await desk.api('GET', '/alerts')).body
  assert.deepEqual(
    items.map(({ kind, feeder, mailboxId, address, detail }: Record<string, unknown>) => [
      kind,
      feeder,
      mailboxId,
      address,
      detail,
    ]),
    [['archived_team', 'mailbox', mailbox, 'gone@desk.example', 'Gone']],
  )
  const { token } = await desk.addAgent('Otto', 'agent')
  assert.deepEqual((await desk.as(token)('GET', '/alerts')).body.items, [])
  const mail = `From: cy@customer.example\r\nTo: gone@desk.example\r\nSubject: Hello\r\n\r\nIs anybody there?\r\n`
  const stored = await desk.api('POST', '/inbound/email', new TextEncoder().encode(mail), {
    'content-type': 'message/rfc822',
  })
  assert.equal(stored.status, 202)
  for (let tries = 0; tries < 200; tries++) {
    const [found] = (await desk.api('GET', '/tickets?q=subject:Hello')).body.items
    if (found !== undefined) return assert.equal(found.team, null)
    await new Promise((done) => setTimeout(done, 50))
  }
  assert.fail('the mail became no ticket')
})
