// Which agent somebody is whom a provider of identity sends: by its subject, once by a verified address, or a new one. Never by an
// address that the provider does not call verified: whoever could choose theirs freely there would come in as anybody here.
import type { ProviderClaims } from '#channels/claims.ts'
import { applyGroups } from '#desk/account-change.ts'
import type { Desk } from '#desk/desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import type { PersonId } from '#kit/ids.ts'
import { addAgent, findAgent, findSignIn } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import { grantedTo } from '#people/group-access.ts'
import { listGrants } from '#people/group-store.ts'
import { agentOfIdentity, lockSubject, noteIdentity, subjectAt } from '#people/identity-store.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Provider } from '#people/provider-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export type Refused = 'unknown_account' | 'unverified' | 'deactivated' | 'no_group' | 'taken'
export type CameIn = { readonly agentId: PersonId; readonly how: 'known' | 'linked' | 'added' }

/** Who it is, with role and teams as their groups say; or why nobody comes in. */
export async function comeIn(
  desk: Desk,
  tx: Transaction,
  provider: Provider,
  claims: ProviderClaims,
): Promise<CameIn | Refused> {
  // Of two browsers that come for the first time at once, the second finds what the first has made.
  await lockSubject(tx, provider.id, claims.subject)
  const found = await whoIs(desk, tx, provider, claims)
  if (typeof found === 'string') return found
  const { agentId } = found
  const email = claims.email ?? claims.unverifiedEmail ?? ''
  const at = desk.clock.now()
  await noteIdentity(tx, {
    providerId: provider.id,
    subject: claims.subject,
    agentId,
    email,
    groups: claims.groups,
    at,
  })
  if (!(await applyGroups(desk, tx, agentId, null))) return 'no_group'
  // Whom only their groups had shut out, those have let in again.
  return (await findAgent(tx, agentId))?.active === true ? found : 'deactivated'
}

async function whoIs(
  desk: Desk,
  tx: Transaction,
  provider: Provider,
  claims: ProviderClaims,
): Promise<CameIn | Refused> {
  const known = await agentOfIdentity(tx, { providerId: provider.id, subject: claims.subject })
  if (known !== null) return { agentId: known.id, how: 'known' }
  if (claims.email === null) return claims.unverifiedEmail === null ? 'unknown_account' : 'unverified'
  if (!isTrusted(provider, claims)) return 'unknown_account'
  // Of two who come with it at once, the second finds the first.
  await lockSubject(tx, provider.id, claims.email)
  const owner = await findSignIn(tx, claims.email)
  // An address changes hands: whoever has it now may be somebody else than whom the provider knew by it.
  if (owner !== null && (await subjectAt(tx, owner.id, provider.id)) !== null) return 'taken'
  if (owner === null) return beginAccount(desk, tx, provider, { ...claims, email: claims.email })
  if (!owner.active) return 'deactivated'
  await link(desk, tx, provider, owner.id)
  return { agentId: owner.id, how: 'linked' }
}

const GOOGLE = 'https://accounts.google.com'

/**
 * Whether a provider's word of an address counts: where domains are named, of those alone, as a provider that is open to the world
 * verifies anybody's. Of Google's people only those whom one of the domains manages (`hd`): others made their account themselves.
 */
export function isTrusted({ domains, issuer }: Provider, claims: ProviderClaims): boolean {
  if (domains.length === 0) return true
  const email = claims.email ?? claims.unverifiedEmail ?? ''
  const isManaged = issuer !== GOOGLE || domains.includes(claims.hostedDomain ?? '')
  return isManaged && domains.includes(email.slice(email.lastIndexOf('@') + 1))
}

/** An account's owner hears of it, as of every other new way in. */
export async function link(
  desk: Desk,
  tx: Transaction,
  provider: Provider,
  agentId: PersonId,
): Promise<void> {
  const agent = await findAgent(tx, agentId)
  await audit(tx, null, desk.clock.now(), {
    action: 'identity_linked',
    thing: { type: 'agent', id: agentId, name: agent?.name ?? null },
    changes: [{ field: 'provider', from: null, to: provider.name }],
  })
  await tellOwner(desk, tx, agentId, 'identity')
}

async function beginAccount(
  desk: Desk,
  tx: Transaction,
  provider: Provider,
  claims: ProviderClaims & { email: string },
): Promise<CameIn | Refused> {
  if (provider.domains.length === 0) return 'unknown_account'
  const { role, roleId } = grantedTo(claims.groups ?? [], await listGrants(tx))
  if (role === null) return 'no_group'
  // A further address of somebody is theirs already; the main one of a customer makes them an agent, as adding by hand does.
  const [owner] = await peopleByEmail(tx, [claims.email])
  const [person] = owner === undefined ? [] : await peopleById(tx, [owner.id])
  if (person !== undefined && person.email !== claims.email) return 'taken'
  const at = desk.clock.now()
  const name = claims.name ?? claims.email
  const agentId = await addAgent(tx, { email: claims.email, name, role, roleId, passwordHash: null, at })
  if (agentId === null) return 'taken'
  await audit(tx, null, at, {
    action: 'agent_added',
    thing: { type: 'agent', id: agentId, name },
    changes: [
      { field: 'email', from: null, to: claims.email },
      { field: 'role', from: null, to: role },
      { field: 'provider', from: null, to: provider.name },
    ],
  })
  tell(tx, { changed: 'agents', id: agentId })
  return { agentId, how: 'added' }
}
