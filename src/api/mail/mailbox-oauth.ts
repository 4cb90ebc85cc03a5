// Consent for a mailbox at its provider: the way there, and the way back with a code.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { oauthStart } from '#api/contract/mailboxes.ts'
import { oneMailbox } from '#api/mail/mailboxes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { findAccount, readSecret, writeSecret } from '#channels/account-store.ts'
import { consentUrl, exchangeCode, readState, signState, verifierOf } from '#channels/oauth.ts'
import type { Desk } from '#desk/desk.ts'
import { audit } from '#people/audit-store.ts'
import { tell } from '#store/listen.ts'

const PATH = '/mailboxes/oauth-callback'
const answer = z.object({
  state: z.string().max(500),
  code: z.string().max(2_000).optional(),
  error: z.string().max(500).optional(),
  error_description: z.string().max(2_000).optional(),
})

export function mailboxOauthRoutes(app: FastifyInstance, desk: Desk): void {
  const redirectUri = `${desk.baseUrl}/api/v1${PATH}`
  route(app, desk, {
    method: 'POST',
    url: '/mailboxes/:id/oauth',
    access: 'mailboxes.write',
    stepUp: true,
    summary: 'Where to send the browser for consent at the provider',
    params: oneMailbox,
    answer: oauthStart,
    status: 200,
    handler: async ({ params, principal }) => {
      const account = (await findAccount(desk.database, params.id)) ?? decline('not-found')
      if (account.oauth === null) return declineInput('oauth', 'is not set up')
      const at = Date.parse(desk.clock.now())
      const state = signState(desk.secret, { mailboxId: params.id, agentId: principal.agentId, at })
      const verifier = verifierOf(desk.secret, state)
      return { url: consentUrl(account.oauth, { redirectUri, state, verifier, user: account.address }) }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: PATH,
    access: 'mailboxes.write',
    summary: 'Where the provider sends the browser back; goes on to the mailbox',
    query: answer,
    answer: z.null(),
    status: 200,
    handler: async ({ query, principal, reply }) => {
      const at = desk.clock.now()
      const mailboxId = readState(desk.secret, query.state, principal.agentId, Date.parse(at))
      if (mailboxId === null)
        return decline('bad-input', 'This consent was not asked for here, or is too old. Connect again.')
      const back = `/admin/mailboxes/${mailboxId}`
      if (query.code === undefined) {
        const words = [query.error, query.error_description].filter(Boolean).join(': ')
        return reply.redirect(`${back}?oauth=${encodeURIComponent(words)}`, 303) as never
      }
      const account = (await findAccount(desk.database, mailboxId)) ?? decline('not-found')
      if (account.oauth === null) return decline('not-found')
      const clientSecret = await readSecret(desk.database, desk.seal, mailboxId, 'oauth_client_secret')
      const verifier = verifierOf(desk.secret, query.state)
      const tokens = await exchangeCode(
        desk.egress,
        { account: account.oauth, clientSecret },
        { code: query.code, redirectUri, verifier },
      )
      if (tokens.refreshToken === null)
        return reply.redirect(
          `${back}?oauth=${encodeURIComponent('The provider gave no refresh token')}`,
          303,
        ) as never
      const { refreshToken } = tokens
      await desk.database.transaction(async (tx) => {
        await writeSecret(tx, desk.seal, mailboxId, 'oauth_refresh_token', refreshToken)
        await audit(tx, principal, at, {
          action: 'mailbox_connected',
          thing: { type: 'mailbox', id: mailboxId, name: account.address },
        })
        tell(tx, { changed: 'mailboxes', id: mailboxId })
      })
      return reply.redirect(`${back}?oauth=connected`, 303) as never
    },
  })
}
