// What is granted has its effect, and what is not has none: a deed of each sensitive family, by everybody who could try it. Between
// tickets the same is shown in access-matrix.long.test.ts.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hold } from '#channels/quarantine-store.ts'
import { storeRawMail } from '#channels/raw-mail-store.ts'
import { sql } from '#store/sql.ts'
import { mayCall, needOf, type Somebody } from '../support/access-rights.ts'
import { startDesk, type Answer, type TestDesk } from '../support/desk.ts'
import { aRule } from '../support/rulebook.ts'
import { signedIn } from '../support/session.ts'

type Doing = (method: string, path: string, body?: unknown) => Promise<number>
type Principal = Somebody & { readonly name: string; readonly call: Doing }

let desk: TestDesk
let principals: Principal[]

before(async () => {
  desk = await startDesk({ work: false })
  const screen = async (name: string, role: Somebody['role'], whole = true): Promise<Principal> => {
    const agent = await desk.addAgent(name, role)
    if (!whole) await done('PATCH', `/agents/${agent.principal.agentId}`, { sees: 'own_teams', teams: [] })
    const { call } = await signedIn(desk.url, agent)
    return { name, role, whole, scopes: null, call: async (...asked) => (await call(...asked)).status }
  }
  principals = [
    await screen('Viewer', 'viewer'),
    await screen('Agent', 'agent'),
    await screen('Lead', 'lead'),
    await screen('AdminOutside', 'admin', false),
    await screen('Admin', 'admin'),
    {
      name: 'nobody',
      role: 'viewer',
      whole: false,
      scopes: [],
      call: async (method, path) =>
        (await fetch(`${desk.url}/api/v1${path}`, { method, headers: { 'x-docket-csrf': '1' } })).status,
    },
  ]
})
after(() => desk.close())

async function done(method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer: Answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const itemsAt = async (path: string): Promise<Answer['body'][]> =>
  (await done('GET', `${path}?limit=200`)).items

let count = 0
/** A name of its own for each try. */
const newName = () => `thing-${++count}`
const someone = async () => {
  const name = newName()
  return done('POST', '/agents', { name, email: `${name}@desk.example`, role: 'agent' })
}

/** What is tried, and how its effect is seen, by the administrator. */
type Deed = { readonly path: string; readonly body?: unknown; readonly shows: () => Promise<boolean> }

/** In this order: what is published must not ask for more than a reason. */
const deeds: Readonly<Record<string, () => Promise<Deed>>> = {
  'POST /teams': async () => {
    const name = newName()
    return { path: '/teams', body: { name }, shows: () => has('/teams', { name }) }
  },
  'PATCH /teams/:id': async () => {
    const [{ id }, name] = [await done('POST', '/teams', { name: newName() }), newName()]
    return { path: `/teams/${id}`, body: { name }, shows: () => has('/teams', { id, name }) }
  },
  'POST /teams/:id/archive': async () => {
    const [{ id }, { id: moveTo }] = [
      await done('POST', '/teams', { name: newName() }),
      await done('POST', '/teams', { name: newName() }),
    ]
    const shows = async () => (await done('GET', `/teams/${id}`)).archived === true
    return { path: `/teams/${id}/archive`, body: { moveTo }, shows }
  },
  'POST /agents': async () => {
    const name = newName()
    const body = { name, email: `${name}@desk.example`, role: 'admin' }
    return { path: '/agents', body, shows: () => has('/agents', { name, role: 'admin' }) }
  },
  'PATCH /agents/:id': async () => {
    const { id } = await someone()
    return {
      path: `/agents/${id}`,
      body: { role: 'admin' },
      shows: () => has('/agents', { id, role: 'admin' }),
    }
  },
  'POST /tokens': async () => {
    const name = newName()
    return {
      path: '/tokens',
      body: { name, scopes: ['tickets:read'] },
      shows: () => has('/tokens', { name }),
    }
  },
  'PATCH /settings': async () => {
    const deskName = newName()
    const shows = async () => (await done('GET', '/settings')).deskName === deskName
    return { path: '/settings', body: { deskName }, shows }
  },
  'POST /mailboxes': async () => {
    const address = `${newName()}@desk.example`
    return { path: '/mailboxes', body: { address }, shows: () => has('/mailboxes', { address }) }
  },
  'POST /inbound-sources': async () => {
    const name = newName()
    const body = { name, provider: 'postmark', proof: 'a password that is agreed' }
    return { path: '/inbound-sources', body, shows: () => has('/inbound-sources', { name }) }
  },
  'POST /webhooks': async () => {
    const key = newName()
    const body = { key, name: key, url: 'http://127.0.0.1:9/' }
    return { path: '/webhooks', body, shows: () => has('/webhooks', { key }) }
  },
  'POST /rulebook/publish': async () => {
    await drafted()
    const shows = async () => (await done('GET', '/rulebook')).draft === null
    return { path: '/rulebook/publish', body: { reason: 'To see who may.' }, shows }
  },
  'POST /backtests': async () => {
    await drafted()
    const earlier = (await itemsAt('/backtests')).length
    const shows = async () => (await itemsAt('/backtests')).length > earlier
    return { path: '/backtests', body: { candidate: 'draft', last: 1 }, shows }
  },
  'POST /outbox/:id/retry': async () => {
    const id = await failedMail()
    const shows = async () => (await done('GET', `/outbox/${id}`)).state === 'queued'
    return { path: `/outbox/${id}/retry`, shows }
  },
  'POST /quarantine/:id/discard': async () => {
    const subject = newName()
    const id = await heldMail(subject)
    return { path: `/quarantine/${id}/discard`, shows: async () => !(await has('/quarantine', { subject })) }
  },
  'POST /rules': async () => {
    const key = newName()
    const { id: _, ...rule } = aRule(0, {
      key,
      title: key,
      description: 'A test.',
      on: ['created'],
      if: { all: [{ field: 'subject', op: 'contains_word', value: 'question' }] },
      do: [{ setPriority: 'high' }],
    })
    const shows = async () => JSON.stringify(await done('GET', '/rules')).includes(`"${key}"`)
    return { path: '/rules', body: { rule }, shows }
  },
}

/** Whether a list has something with these values. */
async function has(path: string, values: Readonly<Record<string, unknown>>): Promise<boolean> {
  const items = await itemsAt(path)
  return items.some((item) => Object.entries(values).every(([name, value]) => item[name] === value))
}

/** Something to publish. */
async function drafted(): Promise<void> {
  const key = newName()
  const template = { key, subject: 'Thank you', body: 'We have it.' }
  await done('PUT', `/rulebook/templates/${key}`, { template })
}

async function failedMail(): Promise<number> {
  const requester = { email: 'cy@customer.example' }
  const { id } = await done('POST', '/tickets', { subject: 'A question', body: 'How?', requester })
  await done('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'So.' })
  const [mail] = (await done('GET', `/outbox?ticketId=${id}`)).items
  await desk.running.desk.database.rows(sql`update outbox set state = 'failed' where id = ${mail.id}`)
  return mail.id
}

async function heldMail(subject: string): Promise<number> {
  const db = desk.running.desk.database
  const at = desk.clock.now()
  const bytes = Buffer.from(`From: cy@customer.example\r\nSubject: ${subject}\r\n\r\nx`)
  const envelope = { from: null, to: [], remoteAddress: null }
  const raw = await storeRawMail(db, { bytes, envelope, source: 'test', mailboxId: null, at })
  const nothing = { auth: null, score: 0, breakdown: [], detail: '', snippet: '', sender: null }
  await hold(db, { ...nothing, rawMailId: raw.id, reasons: ['spam_score'], subject, ticketId: null, at })
  return (await itemsAt('/quarantine')).find((each) => each.subject === subject).id
}

for (const [route, arrange] of Object.entries(deeds))
  test(`${route}: who may does it, and by nobody else is it done`, async () => {
    const need = needOf.get(route) ?? assert.fail(`${route} is not in the table`)
    for (const each of principals) {
      const deed = await arrange()
      assert.equal(await deed.shows(), false, 'before')
      const status = await each.call(route.split(' ')[0] ?? '', deed.path, deed.body)
      const may = mayCall(need, each)
      const seen = { status: status < 300, shows: await deed.shows() }
      assert.deepEqual(seen, { status: may, shows: may }, `${each.name}: ${status}`)
    }
  })
