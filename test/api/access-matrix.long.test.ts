// Every route times everybody who could ask: who may is let in, who may not changes and learns nothing. That every route has a line
// in the table is shown in access-table.test.ts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PersonId } from '#kit/ids.ts'
import { createToken } from '#people/access-store.ts'
import { scopes } from '#people/can.ts'
import type { Role } from '#people/role.ts'
import { mayCallRoute, needOf, noteRights, type Somebody } from '../support/access-rights.ts'
import { table } from '../support/access-table.ts'
import { startDesk, type Answer, type Call, type TestDesk } from '../support/desk.ts'
import { digestOf } from '../support/digest.ts'
import { signedIn } from '../support/session.ts'
import { SECRET, ticketWithEverything, type Things } from '../support/walled.ts'

type Principal = Somebody & { readonly name: string; readonly call: Call }

const READ = scopes.filter((scope) => scope.endsWith(':read'))
const WRITE = scopes.filter((scope) => !scope.endsWith(':read'))

let desk: TestDesk
let principals: Principal[]
/** Nobody at all, and somebody who was suspended, by token and by session. */
let strangers: { name: string; call: Call }[]

let team: number
let adminId: number
let open: Things
let hidden: Things

before(async () => {
  noteRights()
  desk = await startDesk({ work: false })
  adminId = (await desk.api('GET', '/session')).body.id
  team = (await desk.api('POST', '/teams', { name: 'Within' })).body.id
  // Nothing is kept of time with tickets on a desk that does not ask for it.
  await desk.api('PATCH', '/settings', { touchTime: true })
  const somebody = async (
    name: string,
    role: Role,
    given: { sees?: 'own_teams'; teams?: number[]; scopes?: readonly string[] } = {},
  ): Promise<Principal> => {
    const { principal, token } = await desk.addAgent(name, role)
    const { scopes: held = null, ...change } = given
    if (change.sees !== undefined)
      assert.equal((await desk.api('PATCH', `/agents/${principal.agentId}`, change)).status, 200)
    const call = desk.as(held === null ? token : await tokenOf(principal.agentId, held))
    return { name, role, whole: change.sees === undefined, scopes: held, call }
  }
  /** Somebody with a role of the desk's own, kept to brands where some are named. */
  const ownRole = async (name: string, rights: readonly string[], onlyBrands?: readonly number[]) => {
    const made = (await desk.api('POST', '/roles', { name, actions: rights })).body
    const { principal, token } = await desk.addAgent(name, 'viewer')
    const change = { roleId: made.id, ...(onlyBrands === undefined ? {} : { onlyBrands }) }
    assert.equal((await desk.api('PATCH', `/agents/${principal.agentId}`, change)).status, 200)
    const whole = onlyBrands === undefined
    return { name, role: 'viewer', whole, scopes: null, rights: made.actions, call: desk.as(token) } as const
  }
  principals = [
    await somebody('Viewer', 'viewer'),
    await somebody('AgentOutside', 'agent', { sees: 'own_teams', teams: [] }),
    await somebody('AgentWithin', 'agent', { sees: 'own_teams', teams: [team] }),
    await somebody('LeadOutside', 'lead', { sees: 'own_teams', teams: [] }),
    await somebody('Lead', 'lead'),
    await somebody('AdminOutside', 'admin', { sees: 'own_teams', teams: [] }),
    await somebody('Admin', 'admin'),
    await somebody('TokenForNothing', 'admin', { scopes: [] }),
    await somebody('TokenForReading', 'admin', { scopes: READ }),
    await somebody('TokenForWriting', 'admin', { scopes: WRITE }),
    await ownRole('Light', ['ticket.note']),
    await ownRole('Keeper', ['articles.write', 'rules.publish'], [999_999]),
  ]

  strangers = [{ name: 'nobody', call: withoutCredentials }, ...(await suspended())]
  open = await ticketWithEverything(desk, adminId, null)
  hidden = await ticketWithEverything(desk, adminId, team)
})
after(() => desk.close())

const callOf = (name: string): Call =>
  principals.find((each) => each.name === name)?.call ?? assert.fail(name)
const withoutCredentials: Call = (method, path, body, headers) =>
  desk.as('')(method, path, body, { authorization: '', ...headers })

async function tokenOf(agentId: PersonId, held: readonly string[]): Promise<string> {
  const at = desk.clock.now()
  const made = { name: 'scoped', agentId, scopes: held, at, expiresAt: null }
  return (await createToken(desk.running.desk.database, made)).secret
}

async function suspended(): Promise<{ name: string; call: Call }[]> {
  const gone = await desk.addAgent('Suspended', 'admin')
  const screen = await signedIn(desk.url, gone)
  const bySession: Call = async (method, path, body) => {
    const answer = await screen.call(method, path, body)
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  }
  await desk.api('PATCH', `/agents/${gone.principal.agentId}`, { active: false })
  return [
    { name: 'suspended, by token', call: desk.as(gone.token) },
    { name: 'suspended, by session', call: bySession },
  ]
}

/** A call with numbers of nothing: enough to be let in or not. */
const nothing = (route: string) => {
  const [method = '', url = ''] = route.split(' ')
  return { method, path: url.replaceAll(/:\w+/g, '999999999').replace('*', 'x') }
}

/** What the door says to who has not the right, and nothing else does. */
const isShutOut = ({ status, body }: Answer) =>
  status === 401 || (status === 403 && String(body?.detail).startsWith('This needs the right'))

const inApi = [...needOf.keys()].filter((route) => route !== 'GET /stream' && !isPage(route))

/** Outside /api/v1: what strangers are to see, and what programs speak in words of their own, which has tests of its own. */
function isPage(route: string): boolean {
  return /^\w+ \/(?:$|api\/|assets|forms\/|forms\.js|healthz|readyz|metrics|help|icon|pages\.css|robots|scim|mcp|sitemap|\.well-known)/.test(
    route,
  )
}

// Thousands of calls: on a busy machine more than the runner's three minutes.
const LONG = { timeout: 600_000 }

test('who may not call a route is refused at the door, and nothing changes', LONG, async () => {
  const wrong: string[] = []
  const db = desk.running.desk.database
  for (const [need, routes] of Object.entries(table).filter(([each]) => each !== 'anyone')) {
    const earlier = await digestOf(db)
    for (const route of routes.filter((each) => inApi.includes(each)))
      for (const { name, call } of [
        ...strangers,
        ...principals.filter((each) => !mayCallRoute(route, each)),
      ]) {
        const { method, path } = nothing(route)
        const answer = await call(method, path, method === 'GET' ? undefined : {})
        if (!isShutOut(answer)) wrong.push(`${name}: ${route}`)
      }
    assert.deepEqual(await digestOf(db), earlier, need)
  }
  assert.deepEqual(wrong, [])
})

/** A token keeps out of the account it acts for; it signs out nobody. */
const ALTERS = new Set(['DELETE /session', 'POST /rulebook/publish', 'DELETE /rulebook/draft'])

test('who may call a route is let in', LONG, async () => {
  const wrong: string[] = []
  for (const route of inApi.filter((each) => !ALTERS.has(each))) {
    const { method, path } = nothing(route)
    for (const each of principals.filter((one) => mayCallRoute(route, one)))
      if (isShutOut(await each.call(method, path, method === 'GET' ? undefined : { '': 0 })))
        wrong.push(`${each.name}: ${route}`)
  }
  assert.deepEqual(wrong, [])
})

const rule = {
  key: 'r',
  title: 'R',
  kind: 'trigger',
  when: ['created'],
  if: { all: [] },
  do: [{ addTags: ['x'] }],
}

/** What is said of a ticket: with it, who sees it gets on, and whoever does not is told that there is none. */
const bodies: Readonly<Record<string, (things: Things) => unknown>> = {
  'PATCH /tickets/:id': () => ({ priority: 'high' }),
  'PUT /tickets/:id/hold': () => ({ reason: 'A lawsuit' }),
  'POST /tickets/:id/merge': ({ linked, personId }) => ({
    into: linked,
    acknowledgedNewReaders: [personId],
  }),
  'POST /tickets/:id/split': ({ noteId }) => ({ messageIds: [noteId] }),
  'POST /tickets/:id/undo': () => ({ seq: 1 }),
  'POST /tickets/:id/participants': () => ({ role: 'cc', email: 'fy@customer.example' }),
  'POST /tickets/:id/links': ({ linked }) => ({ type: 'blocks', ticketId: linked }),
  'POST /tickets/:id/checklist': () => ({ text: 'Call' }),
  'PATCH /tickets/:id/checklist/:itemId': () => ({ done: true }),
  'POST /tickets/:id/incidents/resolve': ({ linked }) => ({ ticketIds: [linked] }),
  'PUT /tickets/:id/assistant': () => ({ enabled: false }),
  'PUT /tickets/:id/draft': () => ({ body: 'Half' }),
  'POST /tickets/:id/rewording': () => ({ text: 'Half', how: 'shorter' }),
  'PATCH /tickets/:id/messages/:messageId': () => ({ thanks: true }),
  'POST /tickets/:id/messages/:messageId/redact': () => ({ words: ['Please'] }),
  'POST /tickets/:id/messages': () => ({ kind: 'reply', body: 'Yes' }),
  'POST /tickets/:id/side-conversations': () => ({ subject: 'S', to: ['gy@supplier.example'], body: 'B' }),
  'POST /tickets/:id/side-conversations/:sideId/messages': () => ({ body: 'B' }),
  'PATCH /tickets/:id/side-conversations/:sideId': () => ({ status: 'done' }),
  'PUT /tickets/:id/side-drafts/:thread': () => ({ to: '', subject: '', body: 'B' }),
  'POST /tickets/:id/read': () => ({ seq: 1 }),
  'POST /tickets/:id/touch': () => ({ seconds: 1 }),
}

const query: Readonly<Record<string, string>> = {
  'GET /tickets/:id/draft': '?mode=reply',
  'PUT /tickets/:id/draft': '?mode=reply',
  'DELETE /tickets/:id/draft': '?mode=reply',
  'DELETE /tickets/:id/participants/:personId': '?role=cc',
}

/** Things of a ticket that stand elsewhere, and routes that are told a ticket's number. */
const elsewhere: readonly (readonly [string, (things: Things) => readonly [string, unknown?]])[] = [
  ['GET', (t) => [`/attachments/${t.fileId}`]],
  ['GET', (t) => [`/outbox/${t.outboxId}`]],
  ['POST', (t) => [`/outbox/${t.outboxId}/retry`]],
  ['GET', (t) => [`/quarantine/${t.heldId}`]],
  ['POST', (t) => [`/quarantine/${t.heldId}/discard`]],
  ['POST', (t) => [`/quarantine/${t.heldId}/recover`, {}]],
  ['POST', (t) => [`/mail-brakes/${t.brakeId}/end`]],
  ['GET', (t) => [`/mail-brakes?ticketId=${t.id}`]],
  ['PUT', (t) => ['/presence', { tab: 'tab-of-a-stranger', ticketId: t.id, typing: null }]],
  ['POST', (t) => ['/queues/hand', { ticketId: t.id, agentId: adminId }]],
  ['POST', (t) => ['/rules/try', { rule, ticketId: t.id }]],
  ['POST', (t) => [`/tickets/${open.id}/merge`, { into: t.id, acknowledgedNewReaders: [] }]],
  ['POST', (t) => [`/tickets/${open.id}/links`, { type: 'relates', ticketId: t.id }]],
  ['GET', (t) => [`/tickets/${open.id}/messages/${t.noteId}`]],
  ['GET', (t) => [`/tickets/${open.id}/messages/${t.noteId}/frame`]],
  ['GET', (t) => [`/tickets/${open.id}/messages/${t.noteId}/source`]],
  ['GET', (t) => [`/tickets/${open.id}/messages?before=${t.noteId}`]],
  ['PATCH', (t) => [`/tickets/${open.id}/messages/${t.noteId}`, { thanks: true }]],
  ['POST', (t) => [`/tickets/${open.id}/messages/${t.messageId}/undo-send`]],
  ['POST', (t) => [`/tickets/${open.id}/messages/${t.noteId}/redact`, {}]],
  ['GET', (t) => [`/tickets/${open.id}/side-conversations/${t.sideId}/messages`]],
  ['POST', (t) => [`/tickets/${open.id}/side-conversations/${t.sideId}/messages`, { body: 'B' }]],
  ['PATCH', (t) => [`/tickets/${open.id}/checklist/${t.itemId}`, { done: true }]],
  ['DELETE', (t) => [`/tickets/${open.id}/checklist/${t.itemId}`]],
  ['POST', (t) => [`/tickets/${open.id}/split`, { messageIds: [t.noteId] }]],
]

const none = 999_999_999
const noThings = Object.fromEntries(
  [
    'id',
    'linked',
    'noteId',
    'messageId',
    'fileId',
    'sideId',
    'itemId',
    'personId',
    'outboxId',
    'heldId',
    'brakeId',
  ].map((key) => [key, none]),
) as Things

/** Only for those who see every ticket: whoever sees some is refused before any is looked for. */
const WHOLE_DESK = new Set(['PUT /tickets/:id/hold', 'DELETE /tickets/:id/hold'])
const ofTickets = inApi.filter((route) => route.includes(' /tickets/:id') && !WHOLE_DESK.has(route))

function about(route: string, things: Things): readonly [string, string, unknown] {
  const [method = '', url = ''] = route.split(' ')
  const path = url
    .replace(':id', String(things.id))
    .replace(':messageId', String(things.messageId))
    .replace(':sideId', String(things.sideId))
    .replace(':itemId', String(things.itemId))
    .replace(':personId', String(things.personId))
    .replace(':ticketId', String(things.linked))
    .replace(':type', 'relates')
    .replace(':thread', String(things.sideId))
  return [method, path + (query[route] ?? ''), bodies[route]?.(things)]
}

/** An answer with every number taken out: what is hidden must answer as what is not there. */
const said = ({ status, body }: Answer) => ({ status, body: JSON.stringify(body).replaceAll(/\d+/g, 'N') })

test(
  'what belongs to a ticket behind a wall is, to those outside, as if it were not there',
  LONG,
  async () => {
    const earlier = await digestOf(desk.running.desk.database)
    const calls = (things: Things): (readonly [string, string, unknown])[] => [
      ...ofTickets.map((route) => about(route, things)),
      ...elsewhere.map(([method, to]) => [method, ...to(things)] as unknown as [string, string, unknown]),
    ]
    const [there, missing] = [calls(hidden), calls(noThings)]
    const wrong: string[] = []
    for (const name of ['AgentOutside', 'LeadOutside', 'AdminOutside'])
      for (const [index, [method, path, body]] of there.entries()) {
        const found = said(await callOf(name)(method, path, body))
        const [, nowhere = '', other] = missing[index] ?? []
        const absent = said(await callOf(name)(method, nowhere, other))
        if (name !== 'AgentOutside' && absent.status !== 404 && absent.status !== 400)
          wrong.push(`${name} ${method} ${nowhere} answers ${absent.status} ${absent.body}`)
        if (found.status !== absent.status || found.body !== absent.body)
          wrong.push(
            `${name} ${method} ${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(absent)}`,
          )
      }
    assert.deepEqual(wrong, [])
    assert.deepEqual(await digestOf(desk.running.desk.database), earlier)
  },
)

/** Routes about a ticket that need more than a ticket: shown in their own tests. */
const NEED_MORE = new Set([
  // Nobody but who leads takes words away for good.
  'POST /tickets/:id/messages/:messageId/redact',
  // Asks a model.
  'POST /tickets/:id/rewording',
  'POST /tickets/:id/summary',
  'POST /tickets/:id/unmerge',
  'POST /tickets/:id/undo',
  'PATCH /tickets/:id/messages/:messageId',
  'POST /tickets/:id/messages/:messageId/undo-send',
  'GET /tickets/:id/messages/:messageId/source',
])
const CHANGE_NOTHING = new Set([
  'POST /tickets/:id/incidents/resolve',
  'DELETE /tickets/:id/draft',
  'DELETE /tickets/:id/lock',
  'DELETE /tickets/:id/side-drafts/:thread',
])

test('what belongs to a ticket is there for who sees it, and what they change has changed', async () => {
  const wrong: string[] = []
  const within = callOf('AgentWithin')
  for (const route of ofTickets.filter((each) => !NEED_MORE.has(each))) {
    const isWrite = !route.startsWith('GET')
    const things = isWrite ? await ticketWithEverything(desk, adminId, team) : hidden
    const earlier = isWrite ? await digestOf(desk.running.desk.database) : {}
    const [method, path, body] = about(route, things)
    const answer = await within(method, path, body)
    if (answer.status >= 300) wrong.push(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`)
    else if (isWrite && !CHANGE_NOTHING.has(route))
      assert.notDeepEqual(await digestOf(desk.running.desk.database), earlier, route)
  }
  assert.deepEqual(wrong, [])
})

const lists = inApi.filter(
  (route) => route.startsWith('GET ') && !route.includes(':') && !/oauth|detect|remote-images/.test(route),
)
/** What is asked with more than a path, and tells of tickets all the same. */
const previews: readonly (readonly [string, unknown])[] = [
  ['/rules/preview', { rule }],
  [
    '/policies/preview',
    {
      policy: {
        title: 'Draft',
        kind: 'customer',
        q: 'tag:known',
        targets: ['low', 'normal', 'high', 'urgent'].map((priority) => {
          return { metric: 'first_reply', priority, seconds: 60, calendar: 'always', warnAt: [] }
        }),
      },
    },
  ],
]
const shownTo = async (call: Call) => {
  const answers = new Map<string, string>()
  const person = `/people/${(await desk.api('GET', '/people?q=cy')).body.items[0].id}`
  const keys = (await desk.api('GET', '/reports')).body.items.map(({ key }: { key: string }) => key)
  for (const [path, body] of previews)
    answers.set(path, JSON.stringify((await call('POST', path, body)).body))
  for (const path of [
    // The log's cursor counts the whole desk's updates, and its lines wait for what other desks of this server write: tickets/log-feed
    // asks what it tells.
    ...lists.map((route) => route.slice(4)).filter((path) => path !== '/events.ndjson'),
    person,
    `${person}/duplicates`,
    `${person}/joins`,
    ...keys.flatMap((key: string) => [`/reports/${key}`, `/reports/${key}/tickets`]),
    `/tickets?q=${SECRET}`,
    '/tickets?q=tag:known',
    '/tickets/ids?q=tag:known',
    '/search/suggestions?q=tag:&cursor=4',
    `/tickets/${open.id}/similar`,
    `/tickets/${open.id}/links`,
    '/reports/routing?days=30',
  ]) {
    const { status, body } = await call('GET', path)
    assert.ok(status < 500, path)
    // How many updates the whole desk had so far, and how many requests a token made, tells of no ticket.
    answers.set(
      path,
      JSON.stringify(body).replaceAll(/"feedSeq":"\d+"|"usage":\[[^\]]*\]|"lastUsedAt":"[^"]*"/g, ''),
    )
  }
  return answers
}

test('no list, count or report says anything else to those outside, whatever happens behind the wall', async () => {
  for (const name of ['AgentOutside', 'LeadOutside', 'AdminOutside', 'Lead']) {
    const earlier = await shownTo(callOf(name))
    await ticketWithEverything(desk, adminId, team)
    const later = await shownTo(callOf(name))
    const changed = [...later].flatMap(([path, text]) => (earlier.get(path) === text ? [] : [path]))
    // Who sees everything sees it: the comparison can tell.
    if (name === 'Lead') assert.ok(changed.length > 8, changed.join(' '))
    else assert.deepEqual(changed, [], name)
  }
})

test('numbers that are none, and text that cannot be kept, break nothing', async () => {
  const wrong: string[] = []
  const ask = async (method: string, path: string, body?: unknown) => {
    const { status } = await desk.api(method, path, body)
    if (status >= 500) wrong.push(`${method} ${path} ${status}`)
  }
  for (const odd of ['abc', '0', '-1', '1.5', '9007199254740993', '99999999999999999999', '%00', '1%27'])
    for (const route of inApi.filter((each) => each.includes(':'))) {
      const [method = '', url = ''] = route.split(' ')
      const path = url.replaceAll(/:\w+/g, odd) + (query[route] ?? '')
      await ask(method, path, method === 'GET' ? undefined : bodies[route]?.(noThings))
    }
  for (const route of lists)
    for (const name of ['q', 'cursor', 'sort', 'query']) await ask('GET', `${route.slice(4)}?${name}=%00`)
  assert.deepEqual(wrong, [])
})
