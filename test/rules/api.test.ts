// The rulebook by its API: drafts, what keeps one from going live, versions, guards, previews and traces; and who may do what.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { METRICS } from '#sla/policy.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const rule = (key: string, more: object = {}) => ({
  key,
  kind: 'trigger',
  title: `Rule ${key}`,
  ownerId: 1,
  reviewBy: '2026-12-01',
  section: 'all',
  on: ['created'],
  if: { all: [] },
  do: [{ addTags: ['seen'] }],
  tests: [{ given: { priority: 'normal' }, on: 'created', expect: { tags: ['seen'] } }],
  ...more,
})

async function add(key: string, more: object = {}) {
  const answer = await desk.api('POST', '/rules', { rule: rule(key, more) })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

async function open(more: object = {}) {
  const body = {
    subject: 'Late parcel',
    body: 'Where is it?',
    requester: { email: 'cy@example.org' },
    ...more,
  }
  return (await desk.api('POST', '/tickets', body)).body
}

test('a draft goes live in one switch, with its section, and an earlier version comes back as a new one', async () => {
  const first = await add('first')
  assert.deepEqual([first.change, first.edition], ['added', 2])
  const refused = await desk.api('POST', '/rulebook/publish', {})
  assert.equal(refused.body.refusal, 'has_errors')
  assert.equal(refused.body.problems[0].code, 'dangling_reference')
  const order = { sections: [{ key: 'all', title: 'All' }], rules: [{ id: first.rule.id, section: 'all' }] }
  assert.equal((await desk.api('PUT', '/rules/order', order)).status, 200)
  const published = await desk.api('POST', '/rulebook/publish', { note: 'Begin', reason: 'a new tag' })
  assert.equal(published.status, 200, JSON.stringify(published.body))
  assert.deepEqual((await open()).tags, ['seen'])

  const { agentId: ownerId } = (await desk.addAgent('Marek', 'agent')).principal
  await desk.api('PUT', `/rules/${first.rule.id}`, {
    rule: rule('first', { do: [{ addTags: ['other'] }], tests: undefined, ownerId }),
  })
  const warned = await desk.api('POST', '/rulebook/publish', {})
  assert.equal(warned.body.refusal, 'needs_reason', JSON.stringify(warned.body))
  const diff = await desk.api('GET', `/rulebook/versions/2/diff`)
  assert.deepEqual(
    diff.body.rules.map(({ change, parts }: { change: string; parts: { part: string }[] }) => [
      change,
      parts.map(({ part }) => part).toSorted(),
    ]),
    [['changed', ['do', 'ownerId', 'tests']]],
  )
  const owner = diff.body.rules[0].parts.find(({ part }: { part: string }) => part === 'ownerId')
  assert.equal(owner.words.to, 'Marek')
  const second = await desk.api('POST', '/rulebook/publish', { reason: 'we will test it tomorrow' })
  assert.deepEqual([second.body.version, second.body.acknowledged.codes.length > 0], [2, true])
  assert.deepEqual((await open()).tags, ['other'])

  const back = await desk.api('POST', '/rulebook/rollback', { version: 1 })
  assert.deepEqual([back.body.version, back.body.note], [3, 'Back to version 1'])
  assert.deepEqual((await open()).tags, ['seen'])
  const versions = (await desk.api('GET', '/rulebook/versions')).body.items
  assert.deepEqual(
    versions.map(({ state }: { state: string }) => state),
    ['published', 'rolled_back', 'superseded'],
  )
})

test('the builder offers the clocks there are, and no others', async () => {
  const { body } = await desk.api('GET', '/rulebook/vocabulary')
  const paths = (body.paths as { path: string }[]).map(({ path }) => path)
  const states = paths.filter((path) => /^sla\.\w+\.state$/.test(path))
  assert.deepEqual(
    states,
    METRICS.map((metric) => `sla.${metric}.state`),
  )
})

test('two people who edit at once are told', async () => {
  const one = await add('shared')
  const body = { rule: rule('shared', { title: 'Mine' }), edition: one.edition }
  assert.equal((await desk.api('PUT', `/rules/${one.rule.id}`, body)).status, 200)
  const late = await desk.api('PUT', `/rules/${one.rule.id}`, body)
  assert.deepEqual([late.status, late.body.refusal], [409, 'conflict'])
  assert.equal((await desk.api('DELETE', '/rulebook/draft')).body.dropped, true)
})

test('bad input is refused with its place', async () => {
  const refused = async (more: object) => {
    const answer = await desk.api('POST', '/rules', { rule: rule('bad', more) })
    assert.equal(answer.status, 400, JSON.stringify(answer.body))
    return answer.body.errors[0].path
  }
  const deep = Array.from({ length: 12 }).reduce<object>((inner) => ({ not: inner }), { all: [] })
  assert.match(await refused({ if: deep }), /^if\.not/)
  assert.equal(
    await refused({
      if: { all: Array.from({ length: 10_000 }, () => ({ field: 'status', op: 'is', value: 'new' })) },
    }),
    '',
  )
  assert.equal(
    await refused({
      if: { all: Array.from({ length: 999 }, () => ({ all: [] })).concat([{ all: [] }, { all: [] }]) },
    }),
    'if.all[999]',
  )
  assert.match(await refused({ do: [{ explode: true }] }), /rule\.do|do/)
  assert.match(
    await refused({ if: { all: [{ field: 'status', op: 'is', value: 'new' }, { nonsense: 1 }] } }),
    /^if\.all\[1\]/,
  )

  const slow = await add('slow', { if: { field: 'subject', op: 'matches', value: '(a+)+$' } })
  assert.deepEqual([slow.problems[0].code, slow.problems[0].place], ['unsafe_regex', 'if.all[0].value'])
  const looping = {
    template: {
      key: 'loop',
      body: '{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}',
    },
  }
  await desk.api('PUT', '/rulebook/templates/loop', looping)
  await desk.api('PUT', '/rulebook/templates/nosy', {
    template: { key: 'nosy', body: '{{ desk.secret }} {{ constructor }}' },
  })
  const { problems } = (await desk.api('GET', '/rulebook/problems')).body
  const places = problems
    .filter(({ code }: { code: string }) => code === 'template_error')
    .map(({ place }: { place: string }) => place)
  assert.deepEqual(places, ['templates.loop', 'templates.nosy'])
  await desk.api('DELETE', '/rulebook/draft')
})

test('what rules use is not archived; the guard names them, and the draft exchanges one thing for another', async () => {
  const team = (await desk.api('POST', '/teams', { name: 'North' })).body
  const south = (await desk.api('POST', '/teams', { name: 'South' })).body
  const used = await add('team', {
    do: [{ setTeam: team.id }, { notify: { template: 'none', to: [`team:${team.id}`] } }],
  })
  const refused = await desk.api('PATCH', `/teams/${team.id}`, { archived: true })
  assert.deepEqual(
    [refused.status, refused.body.refusal, refused.body.uses[0].ruleId],
    [409, 'in_use', used.rule.id],
  )
  const replaced = await desk.api('POST', '/rulebook/replace', { kind: 'team', from: team.id, to: south.id })
  assert.deepEqual(
    replaced.body.rules.map(({ id }: { id: number }) => id),
    [used.rule.id],
  )
  assert.deepEqual((await desk.api('GET', `/rules/${used.rule.id}`)).body.rule.do, [
    { setTeam: south.id },
    { notify: { template: 'none', to: [`team:${south.id}`] } },
  ])
  assert.equal((await desk.api('PATCH', `/teams/${team.id}`, { archived: true })).status, 200)
  await desk.api('DELETE', '/rulebook/draft')
})

test('a preview counts tickets by each test, and a trace says what each test saw and what would have to change', async () => {
  await open({ subject: 'Refund please', priority: 'high' })
  const draft = rule('preview', {
    if: {
      all: [
        { field: 'subject', op: 'contains_word', value: 'refund' },
        { field: 'priority', op: 'is', value: 'high' },
      ],
    },
  })
  const preview = (await desk.api('POST', '/rules/preview', { rule: draft })).body
  assert.equal(preview.matches, 1, JSON.stringify(preview))
  assert.deepEqual(
    preview.funnel.map(({ left }: { left: number }) => left),
    [preview.of, 1, 1],
  )
  assert.deepEqual([preview.sample[0].subject, preview.sample[0].marked], ['Refund please', ['refund']])
  assert.equal(
    preview.sentence,
    'When a ticket is created, if subject contains “refund” and priority is high: add tag seen.',
  )

  const untested = { ...draft, tests: [] }
  const german = await fetch(`${desk.url}/api/v1/rules/preview`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${desk.token}`,
      'content-type': 'application/json',
      'accept-language': 'de',
    },
    body: JSON.stringify({ rule: untested }),
  })
  const { problems } = (await german.json()) as { problems: { code: string; message: string }[] }
  assert.equal(problems.find(({ code }) => code === 'no_test')?.message, 'Sie hat keine Prüfung')

  const other = await open()
  const tried = (await desk.api('POST', '/rules/try', { rule: draft, ticketId: other.id })).body
  assert.deepEqual(
    [tried.rules[0].outcome, tried.rules[0].toChange],
    ['condition_false', ['if.all[0]', 'if.all[1]']],
  )
  assert.equal(tried.rules[0].trace.parts[1].actual, 'normal')

  // What it listens to is tried, whatever came after it: the list of matches and this answer agree.
  const matching = preview.sample[0].id
  await desk.api('POST', `/tickets/${matching}/messages`, { kind: 'note', body: 'Seen' })
  const later = (await desk.api('POST', '/rules/try', { rule: draft, ticketId: matching })).body
  assert.deepEqual([later.kinds.includes('created'), later.rules[0].outcome], [true, 'fired'])

  const why = (await desk.api('GET', `/tickets/${other.id}/rules/explain`)).body
  assert.deepEqual(
    why.rules.map(({ outcome }: { outcome: string }) => outcome),
    ['fired'],
  )
  const { items } = (await desk.api('GET', '/rules')).body
  assert.ok(items[0].health.fired >= 2)
  assert.equal((await desk.api('GET', `/rules/${items[0].id}/firings`)).body.items[0].ticket.id, other.id)
})

test('who may do what: agents read, leads draft, administrators publish; viewers and foreign teams see nothing of it', async () => {
  const [viewer, agent, lead] = [
    await desk.addAgent('Vi', 'viewer'),
    await desk.addAgent('Al', 'agent'),
    await desk.addAgent('Le', 'lead'),
  ]
  const status = async (who: { token: string }, method: string, path: string, body?: object) =>
    (await desk.as(who.token)(method, path, body)).status
  assert.equal(await status(viewer, 'GET', '/rules'), 403)
  assert.equal(await status(agent, 'GET', '/rules'), 200)
  assert.equal(await status(agent, 'POST', '/rules', { rule: rule('no') }), 403)
  assert.equal(await status(lead, 'POST', '/rules', { rule: rule('yes') }), 201)
  for (const path of ['/rulebook/publish', '/rulebook/rollback'])
    assert.equal(await status(lead, 'POST', path, { version: 1 }), 403)
  for (const path of ['/webhooks'])
    assert.equal(await status(lead, 'POST', path, { key: 'x', name: 'x', url: 'https://example.org' }), 403)
  assert.equal((await fetch(`${desk.url}/api/v1/rules`)).status, 401)
  await desk.api('DELETE', '/rulebook/draft')
})
