// Choosing a password by a link: on an invitation, and when it was forgotten. The link goes to the account's own address; a second factor
// is asked for as ever.
import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chosenPassword, forgotten, me } from '#api/contract.ts'
import { factorWanted } from '#api/contract/account.ts'
import type { Invitation } from '#api/contract/desk.ts'
import { decline } from '#api/http/problem.ts'
import { mayAskForLink } from '#api/people/sign-in-budget.ts'
import { enterOrAsk, refuseReplaced } from '#api/people/sign-in.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { canAlert, tellOwner, tellLink } from '#desk/outbound/alerts.ts'
import { passwordToken } from '#desk/mail-links.ts'
import { CHOOSE_PASSWORD } from '#desk/outbound/compose-entry.ts'
import { typedKey } from '#mail/address.ts'
import { changeAgent, findAgent, findSignIn, passwordHashOf } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { groupsOf } from '#people/group-store.ts'
import { createOneTimeToken, dropOneTimeTokens, useOneTimeToken } from '#people/one-time-store.ts'
import type { Agent } from '#people/people.ts'
import { hashPassword } from '#people/secrets.ts'
import { closeSessionsOf } from '#people/session-store.ts'
import type { Db } from '#store/database.ts'

const FEW = { max: 20, timeWindow: '1 minute' }
/** The answer comes no sooner, so that it does not tell by its haste that nobody has the address. */
const NO_SOONER_MS = 250

export function passwordLinkRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/session/password-link',
    access: 'anyone',
    summary: 'Mails a link to choose a new password, if the address is that of an account',
    body: forgotten,
    answer: z.null(),
    status: 204,
    rateLimit: FEW,
    beforehand: async ({ body, request }) => {
      if (!(await canAlert(desk)))
        decline('conflict', 'This desk sends no mail. Ask an administrator for a link.', {
          refusal: 'no_mail',
        })
      const email = typedKey(body.email)
      const work = async () => {
        if (!(await mayAskForLink(desk, request.ip, email))) return
        await desk.database.transaction((tx) => remind(desk, tx, email))
      }
      await Promise.all([work(), pause(NO_SOONER_MS)])
    },
    handler: async () => null,
  })
  route(app, desk, {
    method: 'POST',
    url: '/session/password',
    access: 'anyone',
    summary: 'Chooses a password by a mailed link, ends all sessions of the account, and signs in',
    body: chosenPassword,
    answer: z.union([me, factorWanted]),
    status: 200,
    rateLimit: FEW,
    handler: async ({ db, body, reply }) => {
      const at = desk.clock.now()
      const link = await useOneTimeToken(db, ['invitation', 'password'], body.token, at)
      const agent = link?.agentId == null ? null : await findAgent(db, link.agentId)
      if (agent?.active !== true)
        decline('forbidden', 'This link was used or has expired. Ask for a new one.', {
          refusal: 'link_used',
        })
      await refuseReplaced(db, agent.id)
      const isFirst = (await passwordHashOf(db, agent.id)) === null
      await changeAgent(db, agent.id, { passwordHash: await hashPassword(body.password) }, at)
      await closeSessionsOf(db, agent.id)
      await audit(db, null, at, {
        action: 'password_chosen',
        thing: { type: 'agent', id: agent.id, name: agent.name },
      })
      if (!isFirst) await tellOwner(desk, db, agent.id, 'password')
      return enterOrAsk(desk, db, agent.id, reply)
    },
  })
}

/** Gives an agent a link in place of those before; it is told to whoever invites only when it is not mailed. */
export async function invite(
  desk: Desk,
  db: Db,
  { id, name, email }: Agent,
  by: Principal,
  way: 'mail' | 'link',
): Promise<Invitation> {
  const purpose = (await passwordHashOf(db, id)) === null ? 'invitation' : 'password'
  const number = newNumber()
  const secret = passwordToken(number, desk.secret)
  await dropOneTimeTokens(db, id)
  const { until } = await createOneTimeToken(db, purpose, id, desk.clock.now(), secret)
  const link = { purpose, number, until, by: by.name } as const
  const isMailed = way === 'mail' && (await tellLink(desk, db, { name, email, language: null }, link))
  return isMailed
    ? { mailedTo: email, url: null }
    : { mailedTo: null, url: `${desk.baseUrl}${CHOOSE_PASSWORD}${secret}` }
}

async function remind(desk: Desk, db: Db, email: string): Promise<void> {
  const found = await findSignIn(db, email)
  const agent = found?.active === true ? await findAgent(db, found.id) : null
  if (agent === null) return
  // Who came by the company and never had a password gets none by asking: whoever says what their address is would get in.
  if (found?.passwordHash == null && (await groupsOf(db, agent.id)) !== null) return
  const number = newNumber()
  const secret = passwordToken(number, desk.secret)
  const { until } = await createOneTimeToken(db, 'password', agent.id, desk.clock.now(), secret)
  const to = { name: agent.name, email, language: null }
  await tellLink(desk, db, to, { purpose: 'password', number, until, by: null })
}

/** What the secret is made of, with the desk's own: the outbox keeps this and not the secret. */
const newNumber = () => randomInt(2 ** 47)
