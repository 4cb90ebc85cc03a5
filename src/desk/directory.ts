// Directories (LDAP) of the company: whose password somebody typed, and who of those who are here is there no longer.
import { ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import { isPasswordOf, whoIsThere, whoTyped, type LdapClient } from '#channels/ldap.ts'
import { applyGroups, wouldBeShutOut } from '#desk/account-change.ts'
import { isTrusted } from '#desk/come-in.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { listGrants } from '#people/group-store.ts'
import {
  agentOfIdentity,
  dropSubject,
  noteGone,
  noteGroups,
  peopleOf,
  subjectAt,
} from '#people/identity-store.ts'
import { listProviders, noteSync, providerSecret, takeSync, type Provider } from '#people/provider-store.ts'
import { giveTriesBack, named, takeTries } from '#people/sign-in-try-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'

/** A directory as it is asked, with its own password; null for another kind of provider. */
export async function directoryOf(desk: Desk, { id, ldap, domains }: Provider): Promise<LdapClient | null> {
  return ldap && { ...ldap, domains, password: await providerSecret(desk.database, desk.seal, id) }
}

const directories = async (desk: Desk) =>
  (await listProviders(desk.database)).filter(({ isOn, ldap }) => isOn && ldap !== null)

/** Nobody could say: the directory does not answer, or the desk cannot make itself known there. */
export type Unanswered = 'unreachable'

/** What a directory answers; of one that fails the log says why. */
async function askedOf<T>(
  desk: Desk,
  provider: Provider,
  work: (client: LdapClient) => Promise<T>,
): Promise<T | null | Unanswered> {
  const client = await directoryOf(desk, provider)
  if (client === null) return null
  return work(client).catch((error: unknown) => {
    if (!(error instanceof ProviderProblem)) throw error
    const { step, side, message: said } = error
    desk.log.warn({ provider: provider.name, step, side, said }, 'A directory could not say who it is')
    return side === 'network' || step === 'connect' ? 'unreachable' : null
  })
}

/** Fewer than directories count before they lock somebody out. */
const TRIES = { most: 3, perHour: 6 }
const triesOf = ({ id }: Provider, subject: string): string => named('directory', String(id), subject)

/** Takes a try of somebody's at a directory, however their name is spelled; false when there is none left for now. */
export async function takeDirectoryTry(desk: Desk, provider: Provider, subject: string): Promise<boolean> {
  const bucket = triesOf(provider, subject)
  return (await takeTries(desk.database, [{ bucket, ...TRIES }], desk.clock.now())).has(bucket)
}

/** Gives it back to whoever was right, or was not judged. */
export const giveDirectoryTryBack = (desk: Desk, provider: Provider, subject: string): Promise<void> =>
  giveTriesBack(desk.database, [triesOf(provider, subject)])

/**
 * Which directory knows somebody by what they typed, and who they are there; null where none does. A password is shown to a directory only
 * for whoever could come in by it, as it counts wrong ones.
 */
export async function knownToDirectory(
  desk: Desk,
  typed: { login: string; password: string },
): Promise<{ provider: Provider; claims: ProviderClaims } | null | Unanswered> {
  let isSilent = false
  for (const provider of await directories(desk)) {
    const tried: string[] = []
    const mayTry = async (found: ProviderClaims) => {
      const { subject, email } = found
      const known = await agentOfIdentity(desk.database, { providerId: provider.id, subject })
      if (known === null && (email === null || !isTrusted(provider, found))) return false
      if (!(await takeDirectoryTry(desk, provider, subject))) return false
      tried.push(subject)
      return true
    }
    const claims = await askedOf(desk, provider, (client) => whoTyped(desk.egress, client, typed, mayTry))
    if (claims !== null) for (const subject of tried) await giveDirectoryTryBack(desk, provider, subject)
    if (claims === 'unreachable') isSilent = true
    else if (claims !== null) return { provider, claims }
  }
  return isSilent ? 'unreachable' : null
}

/** Whether a password is an agent's at a directory that they are joined with. */
export async function isDirectoryPassword(
  desk: Desk,
  agentId: PersonId,
  password: string,
): Promise<boolean | Unanswered> {
  let isSilent = false
  for (const provider of await directories(desk)) {
    const subject = await subjectAt(desk.database, agentId, provider.id)
    if (subject === null || !(await takeDirectoryTry(desk, provider, subject))) continue
    const isRight = await askedOf(desk, provider, (client) =>
      isPasswordOf(desk.egress, client, { subject, password }),
    )
    if (isRight !== false) await giveDirectoryTryBack(desk, provider, subject)
    if (isRight === true) return true
    if (isRight === 'unreachable') isSilent = true
  }
  return isSilent ? 'unreachable' : false
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

/** A few may go in an hour; more than that is a search that is wrong, or a directory that is half there. */
const mayGo = (people: number): number => Math.max(3, Math.floor(people / 5))

/** Whoever is gone from there is let in no longer, whoever is there has the groups that they have now. Answers why nothing was done, or null. */
async function compare(desk: Desk, provider: Provider): Promise<string | null> {
  const at = desk.clock.now()
  const client = await directoryOf(desk, provider)
  const here = await peopleOf(desk.database, provider.id)
  if (client === null || here.length === 0) return null
  const ask = (whom: typeof here) =>
    whoIsThere(
      desk.egress,
      client,
      whom.map(({ subject }) => subject),
    )
  const first = await ask(here)
  // Before anybody counts as gone they are looked for once more.
  const second = await ask(here.filter(({ subject }) => !first.has(subject)))
  const there = new Map([...first, ...second])
  const byAgent = Map.groupBy(here, ({ agentId }) => agentId)
  if (there.size === 0 && here.some(({ active }) => active))
    return `None of ${byAgent.size} people is found there any more: nothing was changed`
  const kept = await desk.database
    .transaction(async (tx) => {
      const grants = await listGrants(tx)
      let out = 0
      for (const [agentId, known] of byAgent) {
        await noteFound(tx, provider.id, known, there, at)
        if (known[0]?.active === true && (await wouldBeShutOut(tx, agentId, grants))) out += 1
      }
      if (out > mayGo(byAgent.size)) throw new TooMany(out)
    })
    .catch((error: unknown) => {
      if (error instanceof TooMany) return error
      throw error
    })
  if (kept instanceof TooMany)
    return `${kept.out} of ${byAgent.size} people would be let in no longer: nothing was changed. If that is right, deactivate them by hand, or part them from here`
  for (const agentId of byAgent.keys())
    await desk.database.transaction((tx) => applyGroups(desk, tx, agentId, null))
  return null
}

class TooMany extends Error {
  readonly out: number

  constructor(out: number) {
    super('Too many at once')
    this.out = out
  }
}

/** Notes what is told of an agent. Whoever was made anew there has another name than before, and the old one is of nobody. */
async function noteFound(
  tx: Transaction,
  providerId: number,
  known: readonly { readonly subject: string }[],
  there: ReadonlyMap<string, ProviderClaims>,
  at: Instant,
): Promise<void> {
  const isThere = known.some(({ subject }) => there.has(subject))
  for (const { subject } of known) {
    const claims = there.get(subject)
    if (claims !== undefined) await noteGroups(tx, { providerId, subject, groups: claims.groups ?? [] })
    else if (isThere) await dropSubject(tx, { providerId, subject })
    else await noteGone(tx, { providerId, subject }, at)
  }
}
