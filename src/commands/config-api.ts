// The desk's own API for commands: in this process, without a wire, in the name of an agent.
import { buildServer } from '#api/server.ts'
import { ownerOf } from '#commands/accounts.ts'
import { root, Stop } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { cleanText } from '#mail/clean.ts'
import { createToken, principalOfAgent, revokeToken } from '#people/access-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { apiAt, type Api } from '#programs/api-client.ts'
import { Refused } from '#programs/refused.ts'
import { askWithin, INSIDE } from '#programs/within.ts'
import { listen } from '#store/listen.ts'

const TOKEN_SECONDS = 3600

type Within<T> = (desk: Desk, api: Api, by: Principal | null) => Promise<T>

/** The desk's API without a wire, in the name of an agent, with a token of this run alone. A no of it ends the process with 1. */
export async function withDeskApi<T>(as: string | null, work: Within<T>): Promise<T> {
  return withDesk(async (desk) => {
    const agentId = await ownerOf(desk.database, as)
    const by = await principalOfAgent(desk.database, agentId)
    return withToken(desk, { agentId, by }, async (secret) => {
      const listener = await listen(desk.database, desk.log)
      try {
        desk.database.onTold(() => desk.setup.forget())
        const { app, close } = await buildServer(desk, root, listener, [], [])
        try {
          await app.ready()
          const { signal } = new AbortController()
          return await work(desk, apiAt(INSIDE, secret, signal, { ask: askWithin(app, '127.0.0.1') }), by)
        } catch (error) {
          throw error instanceof Refused ? new Stop(1, cleanText(error.message)) : error
        } finally {
          await close()
        }
      } finally {
        await listener.close()
      }
    })
  })
}

type Owner = { readonly agentId: Principal['agentId']; readonly by: Principal | null }

/** A token for as long as something is done with it. Both ends of it stand in the audit log. */
async function withToken<T>(
  { database, clock }: Desk,
  { agentId, by }: Owner,
  work: (secret: string) => Promise<T>,
): Promise<T> {
  const [at, name] = [clock.now(), 'config']
  const expiresAt = plus(at, TOKEN_SECONDS)
  const token = await database.transaction(async (tx) => {
    const made = await createToken(tx, { name, agentId, scopes: ['*'], at, expiresAt })
    await audit(tx, by, at, { action: 'token_created', thing: { type: 'token', id: made.id, name } })
    return made
  })
  try {
    return await work(token.secret)
  } finally {
    const now = clock.now()
    await revokeToken(database, token.id, now)
    await audit(database, by, now, { action: 'token_revoked', thing: { type: 'token', id: token.id, name } })
  }
}
