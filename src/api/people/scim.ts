// SCIM 2.0 (RFC 7643, RFC 7644): a company's directory keeps accounts and groups up to date. Its program has an API token with the scope
// `scim`. Whoever it deactivates is out at once: sessions, tokens and streams end, open tickets are given back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { problemOf } from '#api/http/problem.ts'
import {
  ERROR,
  GROUP,
  groupResource,
  LIST,
  readGroup,
  readGroupFilter,
  readGroupPatch,
  readUser,
  readUserFilter,
  readUserPatch,
  ScimNo,
  USER,
  userResource,
  type GroupChange,
  type UserChange,
} from '#api/people/scim-shapes.ts'
import { applyGroups, changeAccount, losesLastAdministrator } from '#desk/account-change.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { addAgent, findAgent } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import {
  addDirectoryGroup,
  changeDirectoryGroup,
  dropDirectoryGroup,
  findDirectoryGroup,
  findDirectoryUser,
  forgetDirectoryUser,
  listDirectoryGroups,
  listDirectoryUsers,
  noteDirectoryUser,
  setDirectoryMembers,
  type DirectoryUser,
} from '#people/directory-store.ts'
import { grantedTo } from '#people/group-access.ts'
import { listGrants } from '#people/group-store.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const MOST = 200

const query = z.object({
  filter: z.string().max(1_000).optional(),
  startIndex: z.coerce
    .number()
    .int()
    .catch(1)
    .transform((from) => Math.max(from, 1)),
  count: z.coerce
    .number()
    .int()
    .catch(100)
    .transform((count) => Math.min(Math.max(count, 0), MOST)),
  excludedAttributes: z.string().max(200).optional().catch(undefined),
})

type Asked = {
  readonly principal: Principal
  readonly body: unknown
  readonly id: number
  readonly query: z.output<typeof query>
}
type Answer = { readonly status?: number; readonly body: object | null }

export function scimRoutes(app: FastifyInstance, desk: Desk): void {
  const base = `${desk.baseUrl}/scim/v2`
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/scim+json', { parseAs: 'string' }, (request, body, done) => {
      if (body === '') done(null, undefined)
      else scope.getDefaultJsonParser('error', 'error')(request, String(body), done)
    })
    scope.setErrorHandler((error, request, reply) => answer(reply, noOf(desk, error, request)))
    const on = (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      url: string,
      handler: (db: Transaction, asked: Asked) => Promise<Answer>,
    ) =>
      scope.route({
        method,
        url: `/scim/v2${url}`,
        config: { access: 'directory.write' },
        schema: { hide: true },
        handler: async (request, reply) => {
          const asked = read(request)
          return answer(reply, await desk.database.transaction((tx) => handler(tx, asked)))
        },
      })
    describe(on, base)
    users(on, desk, base)
    groups(on, desk, base)
  })
}

type On = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  handler: (db: Transaction, asked: Asked) => Promise<Answer>,
) => void

function read(request: FastifyRequest): Asked {
  const { principal } = request
  if (principal === null || principal.token === null)
    throw new ScimNo(401, null, 'Send an API token with the scope scim as "Authorization: Bearer …".')
  const { id } = request.params as { id?: string }
  const number = id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : 0
  return { principal, body: request.body, id: number, query: query.parse(request.query) }
}

function answer(reply: FastifyReply, { status = 200, body }: Answer) {
  reply.status(status).header('cache-control', 'no-store')
  if (body === null) return reply.send()
  return reply.type('application/scim+json; charset=utf-8').serializer(JSON.stringify).send(body)
}

function noOf(desk: Desk, error: unknown, request: FastifyRequest): Answer {
  const found = error instanceof ScimNo ? null : problemOf(error)
  if (found !== null && found.status >= 500)
    desk.log.error({ err: error, method: request.method, url: request.url }, 'A request failed')
  const status = found?.status ?? (error as ScimNo).status
  const scimType = error instanceof ScimNo ? error.scimType : null
  const detail = found === null ? (error as ScimNo).message : (found.detail ?? found.title)
  return {
    status,
    body: { schemas: [ERROR], status: String(status), ...(scimType === null ? {} : { scimType }), detail },
  }
}

const listOf = (total: number, startIndex: number, items: readonly object[]) => ({
  schemas: [LIST],
  totalResults: total,
  startIndex,
  itemsPerPage: items.length,
  Resources: items,
})

function describe(on: On, base: string): void {
  const type = (name: string, schema: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint: `/${name}s`,
    schema,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  })
  const attribute = (name: string, more: object = {}) => ({
    name,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...more,
  })
  const schemas = [
    {
      id: USER,
      name: 'User',
      attributes: [
        attribute('userName', { required: true, uniqueness: 'server' }),
        attribute('displayName'),
        attribute('active', { type: 'boolean' }),
        attribute('name', {
          type: 'complex',
          subAttributes: ['formatted', 'givenName', 'familyName'].map((each) => attribute(each)),
        }),
        attribute('emails', {
          type: 'complex',
          multiValued: true,
          subAttributes: [attribute('value'), attribute('primary', { type: 'boolean' })],
        }),
      ],
    },
    {
      id: GROUP,
      name: 'Group',
      attributes: [
        attribute('displayName', { required: true, uniqueness: 'server' }),
        attribute('members', { type: 'complex', multiValued: true, subAttributes: [attribute('value')] }),
      ],
    },
  ]
  on('GET', '/ServiceProviderConfig', async () => ({
    body: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: MOST },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [
        { type: 'oauthbearertoken', name: 'API token', description: 'A token with the scope scim' },
      ],
    },
  }))
  on('GET', '/ResourceTypes', async () => ({
    body: listOf(2, 1, [type('User', USER), type('Group', GROUP)]),
  }))
  on('GET', '/Schemas', async () => ({ body: listOf(schemas.length, 1, schemas) }))
}

function users(on: On, desk: Desk, base: string): void {
  const shown = async (db: Db, id: number) => {
    const user = await findDirectoryUser(db, id)
    if (user === null) throw new ScimNo(404, null, 'There is no such user.')
    return user
  }
  const change = async (tx: Transaction, asked: Asked, said: UserChange): Promise<Answer> => {
    await changeUser(desk, tx, asked.principal, await shown(tx, asked.id), said)
    return { body: userResource(await shown(tx, asked.id), base) }
  }
  on('GET', '/Users', async (db, { query: { filter, startIndex, count } }) => {
    const found = await listDirectoryUsers(db, readUserFilter(filter), { skip: startIndex - 1, limit: count })
    return {
      body: listOf(
        found.total,
        startIndex,
        found.items.map((user) => userResource(user, base)),
      ),
    }
  })
  on('GET', '/Users/:id', async (db, { id }) => ({ body: userResource(await shown(db, id), base) }))
  on('POST', '/Users', async (tx, { principal, body }) => {
    const id = await addUser(desk, tx, principal, readUser(body))
    return { status: 201, body: userResource(await shown(tx, id), base) }
  })
  on('PUT', '/Users/:id', (tx, asked) => change(tx, asked, readUser(asked.body)))
  on('PATCH', '/Users/:id', async (tx, asked) =>
    change(tx, asked, readUserPatch(asked.body, await shown(tx, asked.id))),
  )
  on('DELETE', '/Users/:id', async (tx, { principal, id }) => {
    const user = await shown(tx, id)
    await changeUser(desk, tx, principal, user, { active: false })
    await forgetDirectoryUser(tx, user.id, user.email, desk.clock.now())
    return { status: 204, body: null }
  })
}

async function addUser(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  said: UserChange,
): Promise<PersonId> {
  const at = desk.clock.now()
  const { userName, email, name = email, externalId = null } = said
  if (userName === undefined || userName === '') throw new ScimNo(400, 'invalidValue', 'userName: is missing')
  if (email === undefined || name === undefined)
    throw new ScimNo(400, 'invalidValue', 'emails: an address is missing, and userName is none')
  const taken = await listDirectoryUsers(tx, { userName }, { skip: 0, limit: 1 })
  if (taken.total > 0) throw new ScimNo(409, 'uniqueness', 'userName: is taken')
  const [owner] = await peopleByEmail(tx, [email])
  const [person] = owner === undefined ? [] : await peopleById(tx, [owner.id])
  if (person !== undefined && person.email !== email)
    throw new ScimNo(409, 'uniqueness', 'emails: is a further address of somebody')
  const role = grantedTo([], await listGrants(tx)).role ?? 'viewer'
  const added = await addAgent(tx, { email, name, role, passwordHash: null, at })
  const before = added === null && owner !== undefined ? await findAgent(tx, owner.id) : null
  // Somebody whom the directory deleted once comes back.
  if (added === null && (before === null || before.active))
    throw new ScimNo(409, 'uniqueness', 'emails: belongs to an agent already')
  const id = added ?? before?.id
  if (id === undefined) throw new ScimNo(409, 'uniqueness', 'emails: is taken')
  if (added !== null)
    await audit(tx, principal, at, {
      action: 'agent_added',
      thing: { type: 'agent', id, name },
      changes: [
        { field: 'email', from: null, to: email },
        { field: 'role', from: null, to: role },
      ],
    })
  await noteDirectoryUser(tx, { id, userName, externalId, at })
  const from = before ?? (await findAgent(tx, id))
  if (from !== null && from.active !== (said.active ?? true))
    await changeAccount(desk, tx, { from, change: { active: said.active ?? true, name }, by: principal })
  await applyGroups(desk, tx, id, principal)
  tell(tx, { changed: 'agents', id })
  return id
}

async function changeUser(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  user: DirectoryUser,
  said: UserChange,
): Promise<void> {
  const from = await findAgent(tx, user.id)
  if (from === null) throw new ScimNo(404, null, 'There is no such user.')
  const { name, email, active } = said
  if (active === false && (await losesLastAdministrator(tx, from, { active })))
    throw new ScimNo(403, null, 'This is the last administrator of the desk. Make somebody else one first.')
  if (email !== undefined && email !== from.email) {
    const [owner] = await peopleByEmail(tx, [email])
    if (owner !== undefined && owner.id !== from.id) throw new ScimNo(409, 'uniqueness', 'emails: is taken')
  }
  if (said.userName !== undefined) {
    const taken = await listDirectoryUsers(tx, { userName: said.userName }, { skip: 0, limit: 2 })
    if (taken.items.some(({ id }) => id !== user.id))
      throw new ScimNo(409, 'uniqueness', 'userName: is taken')
  }
  const isSame =
    (name ?? from.name) === from.name &&
    (email ?? from.email) === from.email &&
    (active ?? from.active) === from.active
  if (!isSame) await changeAccount(desk, tx, { from, change: { name, email, active }, by: principal })
  await noteDirectoryUser(tx, {
    id: user.id,
    userName: said.userName ?? user.userName,
    externalId: said.externalId === undefined ? user.externalId : said.externalId,
    at: desk.clock.now(),
  })
}

function groups(on: On, desk: Desk, base: string): void {
  const shown = async (db: Db, id: number) => {
    const group = await findDirectoryGroup(db, id)
    if (group === null) throw new ScimNo(404, null, 'There is no such group.')
    return group
  }
  const change = async (tx: Transaction, { principal, id }: Asked, said: GroupChange): Promise<Answer> => {
    const group = await shown(tx, id)
    await changeGroup(desk, tx, principal, group.id, said)
    return { body: groupResource(await shown(tx, id), base) }
  }
  on('GET', '/Groups', async (db, { query: { filter, startIndex, count, excludedAttributes } }) => {
    const withMembers = excludedAttributes?.toLowerCase().includes('members') !== true
    const page = { skip: startIndex - 1, limit: count, withMembers }
    const found = await listDirectoryGroups(db, readGroupFilter(filter), page)
    return {
      body: listOf(
        found.total,
        startIndex,
        found.items.map((group) => groupResource(group, base, withMembers)),
      ),
    }
  })
  on('GET', '/Groups/:id', async (db, { id, query: { excludedAttributes } }) => ({
    body: groupResource(
      await shown(db, id),
      base,
      excludedAttributes?.toLowerCase().includes('members') !== true,
    ),
  }))
  on('POST', '/Groups', async (tx, { principal, body }) => {
    const { name, externalId = null, members = [] } = readGroup(body)
    if (name === undefined) throw new ScimNo(400, 'invalidValue', 'displayName: is missing')
    const id = await addDirectoryGroup(tx, { name, externalId, at: desk.clock.now() })
    if (id === null) throw new ScimNo(409, 'uniqueness', 'displayName: is taken')
    await changeGroup(desk, tx, principal, id, { members })
    return { status: 201, body: groupResource(await shown(tx, id), base) }
  })
  on('PUT', '/Groups/:id', (tx, asked) => change(tx, asked, { members: [], ...readGroup(asked.body) }))
  on('PATCH', '/Groups/:id', async (tx, asked) =>
    change(tx, asked, readGroupPatch(asked.body, await shown(tx, asked.id))),
  )
  on('DELETE', '/Groups/:id', async (tx, { principal, id }) => {
    const group = await shown(tx, id)
    for (const agentId of await dropDirectoryGroup(tx, group.id))
      await applyGroups(desk, tx, agentId, principal)
    return { status: 204, body: null }
  })
}

async function changeGroup(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  id: number,
  { name, externalId, members }: GroupChange,
): Promise<void> {
  const now = await findDirectoryGroup(tx, id)
  if (name !== undefined && name.toLowerCase() !== now?.name.toLowerCase()) {
    const taken = await listDirectoryGroups(tx, { name }, { skip: 0, limit: 1, withMembers: false })
    if (taken.total > 0) throw new ScimNo(409, 'uniqueness', 'displayName: is taken')
  }
  await changeDirectoryGroup(tx, id, { name, externalId }, desk.clock.now())
  const changed = members === undefined ? [] : await setDirectoryMembers(tx, id, members)
  const whole =
    name !== undefined && name !== now?.name ? (await findDirectoryGroup(tx, id))?.members : undefined
  const all = new Set([...changed, ...(whole ?? []).map((each) => each.id)])
  for (const agentId of all) await applyGroups(desk, tx, agentId, principal)
}
