// What agents work with beside single tickets: saved views, whole lists, play mode, bulk changes with undo.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let ada: Call
let cat: Call
let viewer: Call

before(async () => {
  desk = await startDesk()
  ada = desk.as((await desk.addAgent('Ada', 'agent')).token)
  cat = desk.as((await desk.addAgent('Cat', 'agent')).token)
  viewer = desk.as((await desk.addAgent('Vic', 'viewer')).token)
  await desk.api('POST', '/teams', { name: 'North' })
  for (let n = 1; n <= 45; n++) {
    const priority = n % 3 === 0 ? 'high' : 'normal'
    await desk.api('POST', '/tickets', {
      subject: `Lamp ${n}`,
      body: 'It hums.',
      priority,
      requester: { email: `cy${n}@customer.example` },
    })
  }
})
after(() => desk.close())

const ended = (call: Call, jobId: number) =>
  until(async () => {
    const { body } = await call('GET', `/jobs/${jobId}`)
    return body.state === 'running' ? null : body
  })

test('a view is saved from a search and keeps meaning the same when a team is renamed', async () => {
  const team = (await desk.api('GET', '/teams')).body.items[0]
  const saved = await desk.api('POST', '/views', {
    name: 'North, urgent first',
    scope: 'shared',
    query: 'team:North priority:high,urgent',
    sort: 'priority',
    groupBy: 'priority',
  })
  assert.equal(saved.status, 201)
  assert.equal((await desk.api('PATCH', `/teams/${team.id}`, { name: 'Far North' })).status, 200)
  const view = await until(async () => {
    const [found] = (await ada('GET', '/views')).body.items
    return found.query === 'team:"Far North" priority:high,urgent' ? found : null
  })
  assert.equal(view.mine, false, 'an agent does not keep a shared view')
  await ada('PATCH', '/tickets/3', { team: 'Far North' })
  const counts = await ada('GET', '/views/counts')
  assert.deepEqual(counts.body.items, [{ id: view.id, count: { count: 1, capped: false } }])
})

test('views that nobody needs are told to leads, who put them away and back', async () => {
  const add = async (name: string, query: string) =>
    (await desk.api('POST', '/views', { name, scope: 'shared', query })).body.id as number
  const empty = await add('Nothing', 'tag:nowhere-used')
  const healthOf = async (id: number) =>
    (await desk.api('GET', '/views/health')).body.items.find(
      (item: { view: { id: number } }) => item.view.id === id,
    )
  assert.deepEqual((await healthOf(empty)).findings, [{ kind: 'empty' }])
  const twin = await add('Nothing either', 'tag:nowhere-used')
  desk.clock.pass(61 * 86_400)
  assert.equal((await ada('POST', `/views/${twin}/opened`)).status, 204)
  assert.deepEqual(
    (await healthOf(empty)).findings.map(({ kind }: { kind: string }) => kind),
    ['unopened', 'empty'],
  )
  assert.deepEqual((await healthOf(twin)).findings, [{ kind: 'empty' }], 'one that was opened is used')
  const shown = async () =>
    (await ada('GET', '/views')).body.items.some(({ id }: { id: number }) => id === empty)
  assert.equal((await desk.api('PATCH', `/views/${empty}`, { archived: true })).body.archived, true)
  assert.equal(await shown(), false)
  assert.deepEqual((await healthOf(empty)).findings, [], 'nothing is found about what is put away')
  assert.equal((await desk.api('PATCH', `/views/${empty}`, { archived: false })).body.archived, false)
  assert.equal(await shown(), true)
  assert.equal((await ada('GET', '/views/health')).status, 403)
  assert.equal((await ada('PATCH', `/views/${empty}`, { archived: true })).status, 403)
  const own = { name: 'Secret', scope: 'personal', query: 'is:unassigned' }
  const { body: secret } = await ada('POST', '/views', own)
  assert.equal((await cat('POST', `/views/${secret.id}/opened`)).status, 404)
  for (const id of [empty, twin]) await desk.api('DELETE', `/views/${id}`)
})

test('a view with words that are not understood is refused with what they could mean', async () => {
  const { status, body } = await ada('POST', '/views', { name: 'X', scope: 'personal', query: 'statis:open' })
  assert.equal(status, 400)
  assert.equal(body.errors[0].path, 'query')
  assert.match(body.detail, /status:open/)
})

test('personal views are nobody else’s, and only leads keep shared ones', async () => {
  const { body: mine } = await ada('POST', '/views', {
    name: 'Mine',
    scope: 'personal',
    query: 'assignee:me',
  })
  assert.equal(
    (await cat('GET', '/views')).body.items.some(({ id }: { id: number }) => id === mine.id),
    false,
  )
  assert.equal((await cat('PATCH', `/views/${mine.id}`, { name: 'Theirs' })).status, 404)
  assert.equal((await cat('DELETE', `/views/${mine.id}`)).status, 404)
  assert.equal((await ada('POST', '/views', { name: 'All', scope: 'shared', query: '' })).status, 403)
  assert.equal((await ada('PATCH', `/views/${mine.id}`, { name: 'My own' })).body.name, 'My own')
  assert.equal(
    (await viewer('POST', '/views', { name: 'V', scope: 'personal', query: 'is:unassigned' })).status,
    201,
  )
})

test('a whole list comes as numbers, in order, in groups, with its first tickets', async () => {
  const { body } = await ada('GET', '/tickets/ids?q=status:new&sort=oldest&group=priority')
  assert.equal(body.ids.length, 45)
  assert.deepEqual(body.total, { count: 45, capped: false })
  assert.deepEqual(
    body.groups.map(({ key, at }: { key: string; at: number }) => [key, at]),
    [
      ['high', 0],
      ['normal', 15],
    ],
  )
  assert.equal(body.items[0].id, body.ids[0])
  const some = await ada('GET', '/tickets?ids=5,2,9999')
  assert.deepEqual(
    some.body.items.map(({ id }: { id: number }) => id),
    [5, 2],
  )
})

test('walls hold in whole lists, rows by number, bulk changes and play mode', async () => {
  const wally = await desk.addAgent('Wally', 'agent')
  await desk.running.desk.database.rows({
    text: `update agent set sees = 'own_teams' where person_id = ${wally.principal.agentId}`,
    values: [],
  } as never)
  const call = desk.as(wally.token)
  assert.equal((await call('GET', '/tickets?ids=3,4')).body.items.length, 1)
  assert.equal((await call('GET', '/tickets/ids')).body.ids.includes(3), false)
  assert.equal((await call('POST', '/tickets/3/lock')).status, 404)
  const { body: started } = await call('POST', '/tickets/bulk', {
    ids: [3, 4],
    change: { addTags: ['seen'] },
  })
  const done = await ended(call, started.id)
  assert.deepEqual([done.counts.done, done.counts.skipped], [1, 1])
  const { body: items } = await call('GET', `/jobs/${started.id}/items?state=skipped`)
  assert.deepEqual(items.items, [], 'what is out of sight is not told of')
})

test('play mode gives two agents different tickets, and a lock ends by itself', async () => {
  const q = { q: 'status:new', sort: 'oldest' }
  const first = (await ada('POST', '/tickets/next', q)).body.ticket.id
  const second = (await cat('POST', '/tickets/next', q)).body.ticket.id
  assert.notEqual(first, second)
  assert.equal((await cat('POST', `/tickets/${first}/lock`)).status, 409)
  assert.notEqual((await ada('POST', '/tickets/next', { ...q, skip: [first] })).body.ticket.id, second)
  desk.clock.pass(121)
  assert.equal((await cat('POST', `/tickets/${first}/lock`)).status, 200)
  assert.equal((await viewer('POST', '/tickets/next', q)).status, 403)
})

test('a bulk change runs in the background, tells what it skipped, and is undone where nobody changed it since', async () => {
  await desk.api('PATCH', '/tickets/10', { addTags: ['batch'] })
  const asked = { q: 'priority:normal status:new', change: { addTags: ['batch'], priority: 'low' } }
  const { status, body: started } = await ada('POST', '/tickets/bulk', asked)
  assert.equal(status, 202)
  const done = await ended(ada, started.id)
  assert.equal(done.counts.done, 30)
  assert.equal((await ada('GET', '/tickets/ids?q=tag:batch%20priority:low')).body.ids.length, 30)
  await cat('PATCH', '/tickets/1', { priority: 'urgent', removeTags: ['batch'] })
  assert.equal((await cat('POST', `/jobs/${started.id}/undo`)).status, 404, 'a job belongs to who started it')
  const { body: undoing } = await ada('POST', `/jobs/${started.id}/undo`)
  const undone = await ended(ada, undoing.id)
  assert.deepEqual([undone.counts.done, undone.counts.skipped], [29, 1])
  assert.equal((await ada('GET', '/tickets/1')).body.priority, 'urgent')
  const kept = (await ada('GET', '/tickets/ids?q=tag:batch')).body.ids
  assert.deepEqual(kept, [10], 'the tag it had before stays')
  assert.equal((await ada('POST', `/jobs/${started.id}/undo`)).status, 409, 'once')
})

test('a bulk change is refused when its search is half understood, and for who may not change tickets', async () => {
  const change = { addTags: ['x'] }
  assert.equal((await ada('POST', '/tickets/bulk', { q: 'statis:new', change })).status, 400)
  assert.equal((await ada('POST', '/tickets/bulk', { change })).status, 400)
  assert.equal((await ada('POST', '/tickets/bulk', { ids: [1], change: {} })).status, 400)
  assert.equal((await viewer('POST', '/tickets/bulk', { ids: [1], change })).status, 403)
})

test('teams, agents and people can be changed', async () => {
  const [used] = (await desk.api('GET', '/teams')).body.items
  const refused = await desk.api('PATCH', `/teams/${used.id}`, { archived: true })
  assert.equal(refused.body.refusal, 'in_use', 'a view of everybody names it')
  const { body: team } = await desk.api('POST', '/teams', { name: 'For a while' })
  assert.equal((await desk.api('PATCH', `/teams/${team.id}`, { archived: true })).body.archived, true)
  assert.equal((await desk.api('PATCH', `/teams/${team.id}`, { archived: false })).body.archived, false)
  const { body: agent } = await desk.api('POST', '/agents', {
    name: 'Eve',
    email: 'eve@desk.example',
    role: 'agent',
  })
  assert.equal((await desk.api('PATCH', `/agents/${agent.id}`, { role: 'lead' })).body.role, 'lead')
  const changed = await desk.api('PATCH', `/agents/${agent.id}`, { name: 'Eve Novak', active: false })
  assert.deepEqual([changed.body.name, changed.body.active], ['Eve Novak', false])
  const [person] = (await desk.api('GET', '/people?q=cy7@')).body.items
  const { body: renamed } = await ada('PATCH', `/people/${person.id}`, {
    name: 'Cy Seven',
    phone: '+49 30 1',
  })
  assert.deepEqual([renamed.name, renamed.phone], ['Cy Seven', '+49 30 1'])
})

test('a word still being typed finds by its beginning, a finished one does not', async () => {
  const count = async (query: string) => (await ada('GET', `/tickets?${query}`)).body.items.length
  assert.ok((await until(() => count('q=lam&typing=true'))) > 0)
  assert.equal(await count('q=lam'), 0)
})

test('suggestions complete keys and values', async () => {
  const labels = async (q: string) =>
    (await ada('GET', `/search/suggestions?q=${encodeURIComponent(q)}&cursor=${q.length}`)).body.items.map(
      ({ label }: { label: string }) => label,
    )
  assert.ok((await labels('sta')).includes('status:'))
  assert.ok((await labels('status:o')).includes('open'))
})

test('a checklist is worked off, and belongs to its ticket', async () => {
  const { body: list } = await ada('POST', '/tickets/5/checklist', { text: 'Ask the warehouse' })
  const [step] = list.items
  const { body: ticked } = await cat('PATCH', `/tickets/5/checklist/${step.id}`, { done: true })
  assert.deepEqual([ticked.items[0].text, ticked.items[0].doneBy.name], ['Ask the warehouse', 'Cat'])
  assert.equal((await ada('PATCH', `/tickets/6/checklist/${step.id}`, { done: false })).status, 404)
  assert.equal((await viewer('POST', '/tickets/5/checklist', { text: 'x' })).status, 403)
  assert.equal((await ada('DELETE', `/tickets/5/checklist/${step.id}`)).body.items.length, 0)
})

test('similar tickets share words of the subject', async () => {
  const { body } = await until(async () => {
    const answer = await ada('GET', '/tickets/7/similar')
    return answer.body.items.length > 0 ? answer : null
  })
  assert.equal(body.items.length, 5)
  assert.ok(
    body.items.every(({ id, subject }: { id: number; subject: string }) => id !== 7 && /Lamp/.test(subject)),
  )
})

test('resolving the incidents of a problem mails exactly those that were shown', async () => {
  const make = async (email: string) =>
    (await desk.api('POST', '/tickets', { subject: 'Hub is down', body: 'Down', requester: { email } })).body
      .id
  const [problem, one, two] = [
    await make('p@customer.example'),
    await make('i1@customer.example'),
    await make('i2@customer.example'),
  ]
  for (const other of [one, two])
    await ada('POST', `/tickets/${problem}/links`, { type: 'problem', ticketId: other })
  const { body: shown } = await ada('GET', `/tickets/${problem}/incidents`)
  assert.deepEqual(shown.items.map(({ id }: { id: number }) => id).toSorted(), [one, two])
  assert.equal(shown.items[0].requester.email, 'i1@customer.example')
  const asked = { ticketIds: [one, 1], body: '<p>The hub is back.</p>' }
  const { body: done } = await ada('POST', `/tickets/${problem}/incidents/resolve`, asked)
  assert.deepEqual(done, { resolved: [one], left: [{ id: 1, reason: 'not_found' }] })
  assert.equal((await ada('GET', `/tickets/${two}`)).body.status, 'new')
  desk.clock.pass(11)
  const mail = await until(async () =>
    desk.sink.mails.find(({ mail: each }) => /hub is back/.test(each.text ?? '')),
  )
  assert.deepEqual(mail.to, ['i1@customer.example'])
  assert.equal((await viewer('POST', `/tickets/${problem}/incidents/resolve`, asked)).status, 403)
})

test('changes alone leave out messages; a program has no source of a mail', async () => {
  const { body } = await ada('GET', '/tickets/1/events?changes=true')
  assert.ok(body.items.every(({ kind }: { kind: string }) => kind !== 'message_added'))
  const [message] = (await ada('GET', '/tickets/1/messages')).body.items
  assert.equal((await ada('GET', `/tickets/1/messages/${message.id}/source`)).status, 404)
})

test('settings have versions, and one that stood before can stand again', async () => {
  await desk.api('PATCH', '/settings', { signature: 'First' })
  await desk.api('PATCH', '/settings', { signature: 'Second' })
  const { body } = await desk.api('GET', '/settings/versions')
  assert.deepEqual(body.items[0].changes, [{ field: 'signature', from: 'First', to: 'Second' }])
  const { body: restored } = await desk.api('POST', '/settings/restore', { version: body.items[1].version })
  assert.equal(restored.signature, 'First')
  assert.equal((await ada('GET', '/settings/versions')).status, 403)
  assert.equal((await ada('POST', '/settings/restore', { version: 1 })).status, 403)
  const { body: audited } = await desk.api('GET', '/audit?thing=settings&limit=1')
  assert.equal(audited.items[0].action, 'settings_restored')
})

test('a person belongs to an organisation by its name, and is found by it', async () => {
  const [person] = (await desk.api('GET', '/people?q=cy9@')).body.items
  assert.equal(
    (await ada('PATCH', `/people/${person.id}`, { organization: 'Acme Ltd' })).body.organization.name,
    'Acme Ltd',
  )
  assert.equal((await ada('GET', '/people?q=acme')).body.items[0].id, person.id)
  assert.equal((await viewer('PATCH', `/people/${person.id}`, { organization: null })).status, 403)
  assert.equal((await ada('PATCH', `/people/${person.id}`, { organization: null })).body.organization, null)
})
