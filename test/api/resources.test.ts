// Every resource of the API in its ordinary life: made, read, changed, listed page by page, archived, and written down.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Answer, startDesk, until, type TestDesk } from '../support/desk.ts'
import { signedIn as signInTo } from '../support/session.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const asked = { subject: 'A question', body: 'How?', requester: { email: 'cy@customer.example', name: 'Cy' } }

const signedIn = (email: string, password: string) => signInTo(desk.url, { email, password })

async function ok(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  const answer = await desk.api(method, path, body, headers)
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** All items of a list, two by two. */
async function everything(path: string): Promise<{ id: number }[]> {
  const items: { id: number }[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await ok('GET', `${path}${path.includes('?') ? '&' : '?'}limit=2&cursor=${cursor}`)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  assert.equal(new Set(items.map(({ id }) => id)).size, items.length, `${path} repeats itself`)
  return items
}

test('agents, teams, categories, tags and fields are made, changed, listed and archived', async () => {
  const lives: [string, object[], object, object][] = [
    [
      'teams',
      [{ name: 'North' }, { name: 'South', members: [] }, { name: 'West' }],
      { name: 'North 2' },
      { archived: true },
    ],
    [
      'categories',
      [{ name: 'billing' }, { name: 'hardware' }, { name: 'other' }],
      { name: 'money' },
      { archived: true },
    ],
    ['tags', [{ name: 'vip' }, { name: 'press' }, { name: 'bug' }], { archived: false }, { archived: true }],
    [
      'fields',
      [
        { label: 'Order', type: 'text' },
        { label: 'Colour', type: 'select', options: ['red', 'blue'] },
        { label: 'Age', type: 'number' },
      ],
      { label: 'Order number', help: 'As on the invoice' },
      { archived: true },
    ],
  ]
  for (const [resource, bodies, change, archive] of lives) {
    const made: { id: number }[] = []
    for (const body of bodies) made.push(await ok('POST', `/${resource}`, body))
    const changed = await ok('PATCH', `/${resource}/${made[0]?.id}`, change)
    for (const [key, value] of Object.entries(change)) assert.deepEqual(changed[key], value)
    const listed = await everything(`/${resource}`)
    assert.ok(
      made.every(({ id }) => listed.some((each) => each.id === id)),
      resource,
    )
    await ok('PATCH', `/${resource}/${made[2]?.id}`, archive)
    assert.ok(!(await everything(`/${resource}`)).some(({ id }) => id === made[2]?.id))
    assert.ok((await everything(`/${resource}?archived=true`)).some(({ id }) => id === made[2]?.id))
  }
})

test('an agent’s tickets go back to the team when they are deactivated, and their session and tokens end', async () => {
  const team = await ok('POST', '/teams', { name: 'East' })
  const boss = await desk.addAgent('Boss', 'admin')
  const atTheScreen = await signedIn(boss.email, boss.password)
  const added = await atTheScreen.call('POST', '/agents', {
    name: 'Eva',
    email: 'eva@desk.example',
    role: 'agent',
    teams: [team.id],
    password: 'a long password of Eva’s',
  })
  const agent = (await added.json()) as Answer['body']
  assert.equal(agent.teams[0].name, 'East')
  const eva = await signedIn(agent.email, 'a long password of Eva’s')
  assert.equal((await eva.call('GET', '/session')).status, 200)
  const { id } = await ok('POST', '/tickets', { ...asked, team: team.id, assignee: agent.id })
  const changed = await ok('PATCH', `/agents/${agent.id}`, { name: 'Eva N.', role: 'lead', teams: [] })
  assert.deepEqual([changed.name, changed.role, changed.teams], ['Eva N.', 'lead', []])
  assert.equal((await ok('GET', `/tickets/${id}`)).assignee, null, 'she left the team')
  await ok('PATCH', `/agents/${agent.id}`, { active: false })
  assert.equal((await eva.call('GET', '/session')).status, 401)
  assert.equal((await signedIn(agent.email, 'a long password of Eva’s')).status, 401)
})

test('people, settings and tokens change, and the audit says who did what', async () => {
  const { requester } = await ok('POST', '/tickets', {
    ...asked,
    requester: { email: 'ed@customer.example' },
  })
  const added = await ok('POST', '/people', { email: 'Nia@Acme.example', name: 'Nia', organization: 'Acme' })
  assert.deepEqual([added.email, added.organization.name, added.ticketCount], ['nia@acme.example', 'Acme', 0])
  assert.equal((await desk.api('POST', '/people', { email: 'nia@acme.example' })).status, 400)
  assert.deepEqual((await ok('GET', '/organizations?q=acm')).items, [added.organization])
  const person = await ok('PATCH', `/people/${requester.id}`, {
    phone: '+49 30 1',
    language: 'de',
    timeZone: 'Europe/Berlin',
    notes: 'Likes it short.',
  })
  assert.deepEqual(
    [person.phone, person.language, person.timeZone, person.ticketCount],
    ['+49 30 1', 'de', 'Europe/Berlin', 1],
  )
  assert.ok((await everything('/people?q=ed@')).some(({ id }) => id === requester.id))
  const settings = await ok('PATCH', '/settings', { deskName: 'Lumen', autoCloseSeconds: 7_200 })
  assert.deepEqual([settings.deskName, settings.autoCloseSeconds], ['Lumen', 7_200])
  const al = await desk.addAgent('Al', 'admin')
  const screen = await signedIn(al.email, al.password)
  const made = await screen.call('POST', '/tokens', { name: 'reader', scopes: ['tickets:read'] })
  assert.equal(made.status, 201, await made.clone().text())
  const token = (await made.json()) as { id: number; token: string }
  const reader = desk.as(token.token)
  assert.equal((await reader('GET', '/tickets')).status, 200)
  assert.equal((await reader('POST', '/tickets', asked)).status, 403)
  assert.equal((await screen.call('DELETE', `/tokens/${token.id}`)).status, 204)
  assert.equal((await reader('GET', '/tickets')).status, 401)
  const actions = (await ok('GET', '/audit?limit=200')).items.map(({ action }: { action: string }) => action)
  for (const action of ['settings_changed', 'team_changed', 'agent_added', 'agent_changed'])
    assert.ok(actions.includes(action), `${action} in ${actions.join(', ')}`)
})

test('drafts, files, participants, links and splits of a ticket', async () => {
  const { id } = await ok('POST', '/tickets', asked)
  const other = await ok('POST', '/tickets', { ...asked, subject: 'Another' })
  const form = new FormData()
  form.set('file', new Blob(['plain words']), 'words.txt')
  const upload = await fetch(`${desk.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}` },
    body: form,
  })
  const file = (await upload.json()) as { id: number; url: string }
  const draft = { body: 'Half a sen', cc: ['di@customer.example'], attachments: [file.id] }
  await ok('PUT', `/tickets/${id}/draft?mode=reply`, draft)
  assert.equal((await ok('GET', `/tickets/${id}/draft?mode=reply`)).body, 'Half a sen')
  assert.equal((await ok('GET', `/tickets/${id}`)).draft, true)
  const reply = await ok('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: '**Hello** again',
    bodyFormat: 'markdown',
    cc: ['di@customer.example'],
    attachments: [file.id],
  })
  assert.match(reply.html, /<strong>Hello<\/strong>/)
  assert.equal((await ok('GET', `/tickets/${id}/draft?mode=reply`)).updatedAt, null)
  const shown = await fetch(new URL(reply.attachments[0].url, desk.url))
  assert.deepEqual(
    [await shown.text(), shown.headers.get('content-security-policy')?.includes('sandbox')],
    ['plain words', true],
  )
  desk.clock.pass(11)
  const sent = await until(async () =>
    desk.sink.mails.find(({ mail }) => mail.attachments.some(({ name }) => name === 'words.txt')),
  )
  assert.deepEqual(sent.to.toSorted(), ['cy@customer.example', 'di@customer.example'])
  const [copied] = (await ok('GET', `/tickets/${id}`)).participants
  await ok('DELETE', `/tickets/${id}/participants/${copied.id}?role=cc`)
  assert.deepEqual((await ok('GET', `/tickets/${id}`)).participants, [])
  await ok('POST', `/tickets/${id}/links`, { type: 'blocks', ticketId: other.id })
  assert.deepEqual((await ok('GET', `/tickets/${other.id}/links`)).items[0].type, 'blocked_by')
  await ok('DELETE', `/tickets/${id}/links/blocks/${other.id}`)
  assert.deepEqual((await ok('GET', `/tickets/${other.id}/links`)).items, [])
  const split = await ok('POST', `/tickets/${id}/split`, { messageIds: [reply.id], subject: 'Apart' })
  assert.equal(split.subject, 'Apart')
  assert.equal((await ok('GET', `/tickets/${id}/messages`)).items.length, 1)
  await ok('PATCH', `/tickets/${other.id}`, { spam: true })
  assert.ok(!(await everything('/tickets')).some((each) => each.id === other.id))
  assert.equal(
    (await desk.api('PATCH', `/tickets/${other.id}`, { priority: 'high' })).body.refusal,
    'ticket_flagged',
  )
  await ok('PATCH', `/tickets/${other.id}`, { spam: false })
})

test('mail that is refused is tried again, fails in the end with the other server’s words, and can be sent again', async () => {
  const { id } = await ok('POST', '/tickets', { ...asked, requester: { email: 'far@customer.example' } })
  await until(async () => desk.sink.mails.some(({ to }) => to.includes('far@customer.example')))
  desk.sink.refuseWith(550)
  const reply = await ok('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'Are you there?' })
  desk.clock.pass(11)
  const stateOf = async () =>
    (await ok('GET', `/tickets/${id}/messages`)).items.find((each: { id: number }) => each.id === reply.id)
      .delivery
  await until(async () => (await stateOf()).state === 'failed')
  assert.match((await stateOf()).detail, /550/)
  desk.sink.refuseWith(null)
  const entry = (await ok('GET', `/outbox?ticketId=${id}`)).items.find(
    ({ messageId }: { messageId: number | null }) => messageId === reply.id,
  )
  await ok('POST', `/outbox/${entry.id}/retry`, {})
  await until(async () => (await stateOf()).state === 'sent')
  assert.equal((await desk.api('POST', `/outbox/${entry.id}/retry`, {})).body.refusal, 'already_sent')
})

test('who sees only their own teams finds nothing of the others: no ticket, count, message, file or event', async () => {
  const mine = await ok('POST', '/teams', { name: 'Mine' })
  const agent = await desk.addAgent('Tess', 'agent')
  await ok('PATCH', `/agents/${agent.principal.agentId}`, { teams: [mine.id], sees: 'own_teams' })
  const theirs = await ok('POST', '/teams', { name: 'Theirs' })
  const tess = desk.as(agent.token)
  const hidden = await ok('POST', '/tickets', { ...asked, subject: 'Secret matter', team: theirs.id })
  const shown = await ok('POST', '/tickets', { ...asked, subject: 'Open matter', team: mine.id })
  const { items } = (await tess('GET', '/tickets?limit=200')).body
  assert.ok(items.some(({ id }: { id: number }) => id === shown.id))
  assert.ok(!items.some(({ id }: { id: number }) => id === hidden.id))
  assert.equal((await tess('GET', '/tickets/counts')).body.all.count, items.length)
  assert.equal((await tess('GET', '/tickets?q=secret')).body.items.length, 0)
  for (const path of ['', '/messages', '/events', '/links', '/draft?mode=note'])
    assert.equal((await tess('GET', `/tickets/${hidden.id}${path}`)).status, 404, path)
  assert.equal((await tess('POST', `/tickets/${shown.id}/merge`, { into: hidden.id })).status, 404)
  assert.equal(
    (await tess('POST', `/tickets/${hidden.id}/messages`, { kind: 'note', body: 'x' })).status,
    404,
  )
})
