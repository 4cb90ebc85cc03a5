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
import {
  addGroup,
  addUser,
  changeGroup,
  changeUser,
  removeGroup,
  removeUser,
} from '#api/people/scim-accounts.ts'
import type { Desk } from '#desk/desk.ts'
import type { Principal } from '#people/can.ts'
import {
  findDirectoryGroup,
  findDirectoryUser,
  listDirectoryGroups,
  listDirectoryUsers,
  lockDirectoryGroup,
} from '#people/directory-store.ts'
import type { Db, Transaction } from '#store/database.ts'

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
  // Two requests at once that want the same name.
  if ((error as { code?: string }).code === '23505')
    return noOf(desk, new ScimNo(409, 'uniqueness', 'This name is taken.'), request)
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
    await removeUser(desk, tx, principal, user)
    return { status: 204, body: null }
  })
}

function groups(on: On, desk: Desk, base: string): void {
  const shown = async (db: Db, id: number) => {
    const group = await findDirectoryGroup(db, id)
    if (group === null) throw new ScimNo(404, null, 'There is no such group.')
    return group
  }
  /** Nobody else changes it until the answer: a patch is told of the members as they are. */
  const held = async (tx: Transaction, id: number) => {
    await lockDirectoryGroup(tx, id)
    return shown(tx, id)
  }
  const change = async (tx: Transaction, { principal, id }: Asked, said: GroupChange): Promise<Answer> => {
    await changeGroup(desk, tx, principal, id, said)
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
    const id = await addGroup(desk, tx, principal, readGroup(body))
    return { status: 201, body: groupResource(await shown(tx, id), base) }
  })
  on('PUT', '/Groups/:id', (tx, asked) => {
    const said = readGroup(asked.body)
    return change(tx, asked, { ...said, members: said.members ?? [] })
  })
  on('PATCH', '/Groups/:id', async (tx, asked) =>
    change(tx, asked, readGroupPatch(asked.body, await held(tx, asked.id))),
  )
  on('DELETE', '/Groups/:id', async (tx, { principal, id }) => {
    await removeGroup(desk, tx, principal, await held(tx, id))
    return { status: 204, body: null }
  })
}
