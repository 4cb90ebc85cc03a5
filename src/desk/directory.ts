// Directories (LDAP) of the company: whose password somebody typed, and who of those who are here is there no longer.
import { ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import { isPasswordOf, whoIsThere, whoTyped, type LdapClient } from '#channels/ldap.ts'
import { applyGroups, shutOut } from '#desk/account-change.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { findAgent } from '#people/agent-store.ts'
import { noteGroups, peopleOf, subjectAt } from '#people/identity-store.ts'
import { listProviders, noteSync, providerSecret, takeSync, type Provider } from '#people/provider-store.ts'
import type { Round } from '#store/lane.ts'

/** A directory as it is asked, with its own password; null for another kind of provider. */
export async function directoryOf(desk: Desk, { id, ldap, domains }: Provider): Promise<LdapClient | null> {
  return ldap && { ...ldap, domains, password: await providerSecret(desk.database, desk.seal, id) }
}

const directories = async (desk: Desk) =>
  (await listProviders(desk.database)).filter(({ isOn, ldap }) => isOn && ldap !== null)

/** What a directory answers; one that fails says nothing, and the log says why. */
async function askedOf<T>(
  desk: Desk,
  provider: Provider,
  work: (client: LdapClient) => Promise<T>,
): Promise<T | null> {
  const client = await directoryOf(desk, provider)
  if (client === null) return null
  return work(client).catch((error: unknown) => {
    if (!(error instanceof ProviderProblem)) throw error
    const { step, side, message: said } = error
    desk.log.warn({ provider: provider.name, step, side, said }, 'A directory could not say who it is')
    return null
  })
}

/** Which directory knows somebody by what they typed, and who they are there; null where none does. */
export async function knownToDirectory(
  desk: Desk,
  typed: { login: string; password: string },
): Promise<{ provider: Provider; claims: ProviderClaims } | null> {
  for (const provider of await directories(desk)) {
    const claims = await askedOf(desk, provider, (client) => whoTyped(desk.egress, client, typed))
    if (claims !== null) return { provider, claims }
  }
  return null
}

/** Whether a password is an agent's at a directory that they are joined with. */
export async function isDirectoryPassword(desk: Desk, agentId: PersonId, password: string): Promise<boolean> {
  for (const provider of await directories(desk)) {
    const subject = await subjectAt(desk.database, agentId, provider.id)
    const isRight =
      subject !== null &&
      (await askedOf(desk, provider, (client) => isPasswordOf(desk.egress, client, { subject, password })))
    if (isRight === true) return true
  }
  return false
}

const LOOK_AGAIN_SECONDS = 60

/** The round that compares each directory with who is here, as often as it says. */
export async function compareDirectories(desk: Desk): Promise<Round> {
  const at = desk.clock.now()
  for (const provider of await directories(desk)) {
    if (provider.ldap?.syncHours == null || !(await takeSync(desk.database, provider.id, at))) continue
    await compare(desk, provider).then(
      (problem) => noteSync(desk.database, provider.id, problem),
      async (error: unknown) => {
        if (!(error instanceof ProviderProblem)) throw error
        desk.log.warn({ provider: provider.name, said: error.message }, 'A directory could not be compared')
        await noteSync(desk.database, provider.id, error.message.slice(0, 500))
      },
    )
  }
  return plus(at, LOOK_AGAIN_SECONDS)
}

/** Whoever is gone from there is let in no longer, whoever is there has the groups that they have now. Answers why nothing was done, or null. */
async function compare(desk: Desk, provider: Provider): Promise<string | null> {
  const client = await directoryOf(desk, provider)
  const here = await peopleOf(desk.database, provider.id)
  if (client === null || here.length === 0) return null
  const there = await whoIsThere(
    desk.egress,
    client,
    here.map(({ subject }) => subject),
  )
  const gone = here.filter(({ subject, active }) => active && !there.has(subject))
  // All at once are not gone: the search is wrong, or the directory is half there.
  if (there.size === 0 && gone.length > 0)
    return `None of ${here.length} people is found there any more: nothing was changed`
  for (const { agentId, subject } of here)
    await desk.database.transaction(async (tx) => {
      const claims = there.get(subject)
      const agent = await findAgent(tx, agentId)
      if (agent === null) return
      if (claims === undefined) return shutOut(desk, tx, agent, null)
      await noteGroups(tx, { providerId: provider.id, subject, groups: claims.groups ?? [] })
      await applyGroups(desk, tx, agentId, null)
    })
  return null
}
