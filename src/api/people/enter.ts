// The one seam through which everybody comes in, whatever proved who it is: a session, its cookie, and who that is.
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import { me, permission, type Permission } from '#api/contract.ts'
import { sessionCookie } from '#api/http/guard.ts'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { findAgent, signatureOf } from '#people/agent-store.ts'
import { can, type Principal } from '#people/can.ts'
import { closeSession, openSession, principalOfSession, type Came } from '#people/session-store.ts'
import { readSettings } from '#setup/settings-store.ts'
import type { Db } from '#store/database.ts'
import { newestEventId } from '#tickets/ticket-store.ts'

/**
 * Opens a session for an agent; `provenAt` is another moment than now when nothing was proved just now, `came` says by which provider
 * they came.
 */
export async function signIn(
  desk: Desk,
  db: Db,
  agentId: PersonId,
  reply: FastifyReply,
  provenAt: Instant | null = desk.clock.now(),
  came?: Came,
): Promise<z.input<typeof me>> {
  const at = desk.clock.now()
  const { headers, cookies, ip: address } = reply.request
  // Of one browser there is one session: the one before would stand in the list as a device that nobody has.
  const before = cookies[sessionCookie(desk)]
  if (before !== undefined) await closeSession(db, before)
  const userAgent = headers['user-agent'] ?? ''
  const secret = await openSession(db, { agentId, at, provenAt, userAgent, address, came })
  reply.setCookie(sessionCookie(desk), secret, { ...cookieOptions(desk), maxAge: 14 * 86_400 })
  const principal = await principalOfSession(db, secret, { at, address })
  // It was deactivated at this very moment.
  if (principal === null) decline('signed-out', 'This account is not active.')
  return presentMe(db, principal)
}

/** What every cookie of ours is bound to. */
export function cookieOptions(desk: Desk) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: desk.baseUrl.startsWith('https:') } as const
}

/** Who is signed in, and what they may do. */
export async function presentMe(db: Db, principal: Principal): Promise<z.input<typeof me>> {
  const agent = await findAgent(db, principal.agentId)
  const settings = await readSettings(db)
  const newest = await newestEventId(db)
  return {
    id: principal.agentId,
    name: principal.name,
    email: principal.email,
    role: principal.role,
    customRole: agent?.customRole ?? null,
    teams: [...(agent?.teams ?? [])],
    permissions: permission.options.filter((action: Permission) => can(principal, action)),
    deskName: settings.deskName,
    signature: (await signatureOf(db, principal.agentId))?.signature ?? '',
    sendDelaySeconds: principal.sendDelaySeconds,
    countsTouch: settings.touchTime,
    factorDueAt: principal.session?.factorDueAt ?? null,
    mustAddFactor: principal.session?.mustEnrol ?? false,
    provider: principal.session?.provider ?? null,
    feedSeq: String(newest),
  }
}
