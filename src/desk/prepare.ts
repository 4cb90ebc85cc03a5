// What a desk needs before its first request: a mailbox to send from, and a first administrator or the link that makes one.
import { typedKey } from '#mail/address.ts'
import { hostname } from 'node:os'
import type { Config } from '#config.ts'
import type { Desk } from '#desk/desk.ts'
import { addAgent, countAdministrators } from '#people/agent-store.ts'
import { createOneTimeToken } from '#people/one-time-store.ts'
import { hashPassword } from '#people/secrets.ts'
import { defaultMailbox, setDefaultMailbox } from '#setup/mailbox-store.ts'

/** Prepares an empty desk; returns the set-up link while there is no administrator. */
export async function prepareDesk(desk: Desk, config: Config): Promise<{ setupUrl: string | null }> {
  const { database, clock } = desk
  if ((await defaultMailbox(database)) === null) {
    await setDefaultMailbox(database, `support@${mailDomain(config.baseUrl)}`, 'Support', null)
  }
  if ((await countAdministrators(database)) > 0) return { setupUrl: null }
  if (config.adminEmail !== null && config.adminPassword !== null) {
    const email = typedKey(config.adminEmail)
    const passwordHash = await hashPassword(config.adminPassword)
    await addAgent(database, {
      email,
      name: email.split('@')[0] ?? email,
      role: 'admin',
      passwordHash,
      at: clock.now(),
    })
    return { setupUrl: null }
  }
  const { secret } = await createOneTimeToken(database, 'setup', null, clock.now())
  return { setupUrl: `${config.baseUrl}/setup?token=${secret}` }
}

/** The host of the base URL when it has a name, else this machine's, else a name that goes nowhere. */
function mailDomain(baseUrl: string): string {
  const named = [new URL(baseUrl).hostname, hostname()].find((name) =>
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(name),
  )
  return named ?? 'docket.localhost'
}
