// Agents. Only administrators change them; the last administrator stays.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  agent,
  agentPage,
  agentPatch,
  askedInvitation,
  createdAgent,
  deskQuery,
  invitation,
  newAgent,
} from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { chosenRole, refuseFurtherSight, refuseMightier } from '#api/people/giving.ts'
import { invite } from '#api/people/password-link.ts'
import { route } from '#api/route.ts'
import { sendAttachment } from '#api/tickets/attachments.ts'
import { changeAccount, losesLastAdministrator, roleName } from '#desk/account-change.ts'
import type { Desk } from '#desk/desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import { addAgent, changeAgent, findAgent, listAgents, setTeamsOf } from '#people/agent-store.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Agent } from '#people/people.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { hashPassword } from '#people/secrets.ts'
import { tell } from '#store/listen.ts'

const byName = ({ name, id }: { name: string; id: number }) => ({ name, id })

export function agentRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/agents',
    access: 'desk.read',
    summary: 'Agents by name',
    query: deskQuery,
    answer: agentPage,
    handler: async ({ db, principal, query: { q = '', limit, cursor, archived } }) => {
      const page = { q, limit: limit + 1, archived: archived === 'true', after: readCursor(cursor, nameKey) }
      return pageFrom(await listAgents(db, page), limit, byName, (found) => presentAgent(found, principal))
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/agents/:id',
    access: 'desk.read',
    summary: 'One agent',
    params: idParams,
    answer: agent,
    handler: async ({ db, params, principal }) =>
      presentAgent((await findAgent(db, params.id)) ?? decline('not-found'), principal),
  })
  app.get(
    '/api/v1/agents/:id/picture',
    {
      config: { access: 'desk.read' },
      schema: { summary: 'The picture of an agent', tags: ['agents'], params: idParams },
    },
    async (request, reply) => {
      const { id: agentId } = request.params as z.output<typeof idParams>
      const { pictureSha256: sha256 = null } = (await findAgent(desk.database, agentId)) ?? {}
      if (sha256 === null) return decline('not-found', 'They have no picture.')
      return sendAttachment(desk, request, reply, { sha256, name: 'picture' }, 'private, max-age=604800')
    },
  )
  route(app, desk, {
    method: 'POST',
    url: '/agents',
    access: 'agents.write',
    stepUp: true,
    summary: 'Adds an agent, who is invited to choose a password unless a program adds them',
    body: newAgent,
    answer: createdAgent,
    answersSecret: true,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      refuseCredentials(principal, body.password)
      const passwordHash = body.password === undefined ? null : await hashPassword(body.password)
      const email = body.email.toLowerCase()
      await refuseFurther(db, email)
      refuseFurtherSight(principal, body, null)
      const { role = body.role, roleId } = await chosenRole(db, principal, body)
      const { onlyBrands, onlyMailboxes } = body
      const added = await addAgent(db, {
        email,
        name: body.name,
        role,
        roleId: roleId ?? null,
        passwordHash,
        at,
      })
      if (added === null) declineInput('email', 'belongs to an agent already')
      await changeAgent(db, added, { onlyBrands, onlyMailboxes }, at)
      await setTeamsOf(db, added, body.teams ?? [], at)
      const made = (await findAgent(db, added)) ?? decline('not-found')
      const changes = changesBetween(
        {},
        { email, role: roleName(made), teams: made.teams.map(({ name }) => name) },
      )
      await audit(db, principal, at, {
        action: 'agent_added',
        thing: { type: 'agent', id: added, name: body.name },
        changes,
      })
      tell(db, { changed: 'agents', id: added })
      const isInvited = passwordHash === null && principal.token === null
      const invited = isInvited ? await invite(desk, db, made, principal, body.invite ?? 'mail') : null
      return { ...presentAgent(made, principal), invitation: invited }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/agents/:id/invitation',
    access: 'agents.write',
    stepUp: true,
    summary: 'Gives an agent a link to choose a password by: mailed, or shown once; never to a token',
    params: idParams,
    body: askedInvitation,
    answer: invitation,
    answersSecret: true,
    handler: async ({ db, params, body, principal }) => {
      if (principal.token !== null) decline('forbidden', 'A token cannot invite anybody. Sign in to do that.')
      const found = (await findAgent(db, params.id)) ?? decline('not-found')
      await refuseMightier(db, principal, found)
      if (!found.active) decline('conflict', `${found.name} is deactivated.`)
      await audit(db, principal, desk.clock.now(), {
        action: 'agent_invited',
        thing: { type: 'agent', id: found.id, name: found.name },
      })
      return invite(desk, db, found, principal, body.invite)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/agents/:id',
    access: 'agents.write',
    stepUp: true,
    summary: 'Changes an agent; a new role, password or deactivation ends its sessions',
    params: idParams,
    body: agentPatch,
    answer: agent,
    handler: async ({ db, params, body, principal }) => {
      refuseCredentials(principal, body.password)
      const from = (await findAgent(db, params.id)) ?? decline('not-found')
      await refuseMightier(db, principal, from)
      refuseFurtherSight(principal, body, from)
      // Links to choose a password go to the address.
      if (principal.token !== null && body.email !== undefined && body.email.toLowerCase() !== from.email)
        decline('forbidden', 'A token cannot change the address that an agent signs in with.')
      const chosen = await chosenRole(db, principal, body)
      if (await losesLastAdministrator(db, from, { ...chosen, active: body.active }))
        declineInput(body.active === false ? 'active' : 'role', 'this is the last administrator')
      if (body.active === false && from.active)
        await refuseInUse(db, { kind: 'agent', id: from.id }, from.name, from.email)
      const email = body.email?.toLowerCase()
      const owner = email === undefined || email === from.email ? [] : await peopleByEmail(db, [email])
      if (owner.some(({ id }) => id !== from.id)) declineInput('email', 'is taken')
      const passwordHash = body.password === undefined ? undefined : await hashPassword(body.password)
      const { name, active, sees, teams, onlyBrands, onlyMailboxes } = body
      const change = { name, email, ...chosen, active, sees, teams, onlyBrands, onlyMailboxes, passwordHash }
      const to = await changeAccount(desk, db, { from, change, by: principal })
      if (passwordHash !== undefined) await tellOwner(desk, db, to.id, 'password')
      return presentAgent(to, principal)
    },
  })
}

/** A stolen token must not become a way to sign in. */
function refuseCredentials({ token }: Principal, password: string | undefined): void {
  if (token !== null && password !== undefined)
    decline('forbidden', 'A token cannot give passwords. Sign in to do that.', { refusal: 'forbidden' })
}

/** Somebody signs in with the address that mail goes to: an agent begins with that one. */
async function refuseFurther(db: Db, email: string): Promise<void> {
  const [owner] = await peopleByEmail(db, [email])
  const [person] = owner === undefined ? [] : await peopleById(db, [owner.id])
  if (person !== undefined && person.email !== email)
    declineInput('email', `is a further address of ${person.name || person.email}`)
}

function presentAgent({ pictureSha256, ...found }: Agent, principal: Principal): z.input<typeof agent> {
  // Which accounts a password alone opens is told to those who can change it.
  const hasFactor = can(principal, 'agents.write') ? found.hasFactor : null
  const ids = (only: readonly number[] | null) => (only === null ? null : [...only])
  return {
    ...found,
    hasFactor,
    picture:
      pictureSha256 === null ? null : `/api/v1/agents/${found.id}/picture?${pictureSha256.slice(0, 8)}`,
    teams: [...found.teams],
    onlyBrands: ids(found.onlyBrands),
    onlyMailboxes: ids(found.onlyMailboxes),
  }
}
