// Signing in and out, one's own account, and the first administrator.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { credentials, me, mePatch, permission, setup, setupState, type Permission } from '#api/contract.ts'
import { sessionCookie } from '#api/http/guard.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { typedKey } from '#mail/address.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { isZone } from '#hours/zone.ts'
import type { Instant } from '#kit/time.ts'
import {
  closeSession,
  closeSessionsOf,
  openSession,
  principalOfAgent,
  useOneTimeToken,
} from '#people/access-store.ts'
import {
  addAgent,
  changeAgent,
  findAgent,
  findSignIn,
  countAdministrators,
  passwordHashOf,
} from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import { changePerson } from '#people/person-store.ts'
import { hashPassword, isPassword } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { readSettings, writeSettings } from '#setup/settings-store.ts'
import { newestEventId } from '#tickets/ticket-store.ts'

const FEW = { max: 20, timeWindow: '1 minute' }

export function sessionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/setup',
    access: 'anyone',
    summary: 'Whether the desk still needs its first administrator',
    answer: setupState,
    handler: async ({ db }) => ({ needed: (await countAdministrators(db)) === 0 }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/setup',
    access: 'anyone',
    summary: 'Creates the first administrator, with the link that the server printed',
    body: setup,
    answer: me,
    rateLimit: FEW,
    handler: async ({ db, body, reply }) => {
      const at = desk.clock.now()
      if ((await countAdministrators(db)) > 0)
        decline('forbidden', 'This desk has an administrator. Sign in instead.')
      if (!(await useOneTimeToken(db, 'setup', body.token, at))) {
        decline('forbidden', 'This link was used or has expired. Start Docket again to get a new one.')
      }
      const passwordHash = await hashPassword(body.password)
      const agent = {
        email: body.email.toLowerCase(),
        name: body.name,
        role: 'admin' as const,
        passwordHash,
        at,
      }
      const id = (await addAgent(db, agent)) ?? declineInput('email', 'is an agent already')
      await beginAs(db, body, at)
      await audit(db, null, at, { action: 'agent_added', thing: { type: 'agent', id, name: body.name } })
      return signIn(desk, db, id, reply)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/session',
    access: 'anyone',
    summary: 'Signs in with address and password',
    body: credentials,
    answer: me,
    status: 200,
    rateLimit: FEW,
    handler: async ({ db, body, reply }) => {
      const agent = await findSignIn(db, typedKey(body.email))
      const right = await isPassword(body.password, agent?.passwordHash ?? null)
      if (agent === null || !right || !agent.active)
        decline('signed-out', 'Address and password do not match.')
      return signIn(desk, db, agent.id, reply)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/session',
    access: 'signed_in',
    summary: 'Who is signed in',
    answer: me,
    handler: ({ db, principal }) => present(db, principal),
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/session',
    access: 'signed_in',
    summary: "Changes one's own name, language or password",
    body: mePatch,
    answer: me,
    rateLimit: FEW,
    handler: async ({ db, body, principal, reply }) => {
      const at = desk.clock.now()
      if (principal.token !== null) decline('forbidden', 'A token cannot change the account it acts for.')
      if (body.name !== undefined) await changeAgent(db, principal.agentId, { name: body.name }, at)
      if (body.language !== undefined) await changePerson(db, principal.agentId, { language: body.language })
      if (body.newPassword === undefined)
        return present(db, { ...principal, name: body.name ?? principal.name })
      const kept = await passwordHashOf(db, principal.agentId)
      if (!(await isPassword(body.currentPassword ?? '', kept)))
        declineInput('currentPassword', 'is not right')
      await changeAgent(db, principal.agentId, { passwordHash: await hashPassword(body.newPassword) }, at)
      await closeSessionsOf(db, principal.agentId)
      await audit(db, principal, at, {
        action: 'password_changed',
        thing: { type: 'agent', id: principal.agentId, name: principal.name },
      })
      return signIn(desk, db, principal.agentId, reply)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/session',
    access: 'signed_in',
    summary: 'Signs out',
    answer: z.null(),
    status: 204,
    handler: async ({ db, request, reply }) => {
      const name = sessionCookie(desk)
      const secret = request.cookies[name]
      if (secret !== undefined) await closeSession(db, secret)
      reply.clearCookie(name, cookieOptions(desk))
      return null
    },
  })
}

/** What the first administrator calls the desk, and where and in which language it stands. */
async function beginAs(db: Db, { deskName, timeZone, language }: z.output<typeof setup>, at: Instant) {
  if (timeZone !== undefined && !isZone(timeZone)) declineInput('timeZone', 'is not a time zone')
  const from = await readSettings(db)
  const to = {
    ...from,
    deskName: deskName ?? from.deskName,
    timeZone: timeZone ?? from.timeZone,
    language: language ?? from.language,
  }
  await writeSettings(db, to, at, null)
  tell(db, { changed: 'settings', id: null })
}

async function signIn(
  desk: Desk,
  db: Db,
  agentId: PersonId,
  reply: FastifyReply,
): Promise<z.input<typeof me>> {
  const secret = await openSession(db, agentId, desk.clock.now())
  reply.setCookie(sessionCookie(desk), secret, { ...cookieOptions(desk), maxAge: 14 * 86_400 })
  const principal = await principalOfAgent(db, agentId)
  if (principal === null) throw new Error('Bug: signed in nobody')
  return present(db, principal)
}

function cookieOptions(desk: Desk) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: desk.baseUrl.startsWith('https:') } as const
}

async function present(db: Db, principal: Principal): Promise<z.input<typeof me>> {
  const agent = await findAgent(db, principal.agentId)
  const settings = await readSettings(db)
  const newest = await newestEventId(db)
  return {
    id: principal.agentId,
    name: principal.name,
    email: principal.email,
    role: principal.role,
    teams: [...(agent?.teams ?? [])],
    permissions: permission.options.filter((action: Permission) => can(principal, action)),
    deskName: settings.deskName,
    sendDelaySeconds: principal.sendDelaySeconds,
    feedSeq: String(newest),
  }
}
