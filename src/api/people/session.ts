// Who is signed in, signing out, and the first administrator.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { me, mePatch, setup, setupState } from '#api/contract.ts'
import { sessionCookie } from '#api/http/guard.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { cookieOptions, presentMe, signIn } from '#api/people/enter.ts'
import { refuseTakenName } from '#api/people/taken-name.ts'
import { route } from '#api/route.ts'
import { pictureOf } from '#api/tickets/picture.ts'
import type { Desk } from '#desk/desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import { isZone } from '#hours/zone.ts'
import type { Instant } from '#kit/time.ts'
import { addAgent, changeAgent, countAdministrators, passwordHashOf } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import { useOneTimeToken } from '#people/one-time-store.ts'
import { changePerson } from '#people/person-store.ts'
import { hashPassword, isPassword } from '#people/secrets.ts'
import { closeSession, closeSessionsOf } from '#people/session-store.ts'
import { forgetProofTries, takeProofTry } from '#people/sign-in-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { readSettings, writeSettings } from '#setup/settings-store.ts'

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
      if ((await useOneTimeToken(db, ['setup'], body.token, at)) === null) {
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
    method: 'GET',
    url: '/session',
    access: 'enrolling',
    summary: 'Who is signed in',
    answer: me,
    handler: ({ db, principal }) => presentMe(db, principal),
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/session',
    access: 'signed_in',
    summary: "Changes one's own name, signature, picture, language or password",
    body: mePatch,
    answer: me,
    rateLimit: FEW,
    beforehand: async ({ body, principal }) => {
      if (principal.token !== null) decline('forbidden', 'A token cannot change the account it acts for.')
      return (
        body.newPassword === undefined || takeProofTry(desk.database, principal.agentId, desk.clock.now())
      )
    },
    handler: async ({ db, body, early: mayTry, principal, reply }) => {
      const at = desk.clock.now()
      if (body.name !== undefined) {
        await refuseTakenName(db, principal.agentId, body.name)
        await changeAgent(db, principal.agentId, { name: body.name }, at)
      }
      if (body.signature !== undefined)
        await changeAgent(db, principal.agentId, { signature: body.signature }, at)
      if (body.picture !== undefined) {
        const pictureSha256 = await pictureOf(desk, db, { picture: body.picture }, principal)
        await changeAgent(db, principal.agentId, { pictureSha256 }, at)
        tell(db, { changed: 'agents', id: principal.agentId })
      }
      if (body.language !== undefined) await changePerson(db, principal.agentId, { language: body.language })
      if (body.newPassword === undefined)
        return presentMe(db, { ...principal, name: body.name ?? principal.name })
      if (!mayTry) decline('too-many', 'Too many wrong passwords. Try again in an hour.')
      const kept = await passwordHashOf(db, principal.agentId)
      if (!(await isPassword(body.currentPassword ?? '', kept)))
        declineInput('currentPassword', 'is not right')
      await changeAgent(db, principal.agentId, { passwordHash: await hashPassword(body.newPassword) }, at)
      await forgetProofTries(db, principal.agentId)
      await closeSessionsOf(db, principal.agentId)
      await audit(db, principal, at, {
        action: 'password_changed',
        thing: { type: 'agent', id: principal.agentId, name: principal.name },
      })
      await tellOwner(desk, db, principal.agentId, 'password')
      // The password alone makes no session fresh whose account has more than that.
      const { factors = [], provenAt = null } = principal.session ?? {}
      return signIn(desk, db, principal.agentId, reply, factors.length === 0 ? at : provenAt)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/session',
    access: 'enrolling',
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
