// Providers of identity (OpenID Connect, SAML, directories): where agents sign in besides here. Their secrets lie sealed.
import type { Instant } from '#kit/time.ts'
import type { Ldap } from '#people/ldap.ts'
import type { ProviderKind } from '#people/provider-kind.ts'
import { certificatesEnd, type Saml } from '#people/saml.ts'
import type { Trial } from '#people/trial.ts'
import type { Db } from '#store/database.ts'
import type { Seal, Sealed } from '#store/seal.ts'
import { assignments, sql } from '#store/sql.ts'

export type Provider = {
  readonly id: number
  readonly kind: ProviderKind
  readonly name: string
  readonly issuer: string
  /** Empty where the provider knows us by an address of ours. */
  readonly clientId: string
  /** Null unless it speaks SAML. */
  readonly saml: Saml | null
  /** Null unless it is a directory. */
  readonly ldap: Ldap | null
  /** When a directory was last compared with who is here, to the end; null where it never was. */
  readonly syncedAt: Instant | null
  /** What kept that from being done since. */
  readonly syncProblem: string | null
  readonly hasSecret: boolean
  readonly scopes: string
  readonly groupsClaim: string
  readonly domains: readonly string[]
  readonly isOn: boolean
  readonly vouchesFactor: boolean
  readonly replacesPassword: boolean
  readonly trial: Trial | null
  /** How many agents have an identity there. */
  readonly people: number
}

type Changeable = Omit<
  Provider,
  'id' | 'kind' | 'hasSecret' | 'trial' | 'people' | 'syncedAt' | 'syncProblem'
>
export type ProviderChange = { readonly [key in keyof Changeable]?: Changeable[key] | undefined }

const columns = sql`i.id, i.kind, i.name, i.issuer, i.saml, i.ldap, i.synced_at as "syncedAt", i.sync_problem as "syncProblem", i.client_id as "clientId", i.sealed is not null as "hasSecret", i.scopes,
  i.groups_claim as "groupsClaim", i.domains, i.is_on as "isOn", i.vouches_factor as "vouchesFactor",
  i.replaces_password as "replacesPassword", i.trial,
  (select count(*)::int from agent_identity a where a.provider_id = i.id) as people`

/** All providers by name. */
export async function listProviders(db: Db): Promise<Provider[]> {
  return db.rows<Provider>(
    sql`select ${columns} from identity_provider i where archived_at is null order by lower(name)`,
  )
}

/** One provider, or null. */
export async function findProvider(db: Db, id: number): Promise<Provider | null> {
  return db.row<Provider>(
    sql`select ${columns} from identity_provider i where id = ${id} and archived_at is null`,
  )
}

/** The providers in use whose last certificate ends within thirty days, with when. */
export async function endingCertificates(
  db: Db,
  now: Instant,
): Promise<{ id: number; name: string; endsAt: Instant }[]> {
  const all = await listProviders(db)
  return all.flatMap(({ id, name, isOn, saml }) => {
    const endsAt = isOn && saml !== null ? certificatesEnd(saml, now) : null
    return endsAt === null ? [] : [{ id, name, endsAt }]
  })
}

const valuesOf = (change: ProviderChange) => ({
  name: change.name,
  issuer: change.issuer,
  client_id: change.clientId,
  saml: change.saml === undefined ? undefined : JSON.stringify(change.saml),
  ldap: change.ldap === undefined ? undefined : JSON.stringify(change.ldap),
  scopes: change.scopes,
  groups_claim: change.groupsClaim,
  domains: change.domains === undefined ? undefined : [...change.domains],
  is_on: change.isOn,
  vouches_factor: change.vouchesFactor,
  replaces_password: change.replacesPassword,
})

/** Adds a provider, switched off; null when its name is taken. */
export async function addProvider(
  db: Db,
  provider: Pick<Provider, 'kind' | 'name' | 'issuer' | 'clientId' | 'saml' | 'ldap' | 'vouchesFactor'>,
  at: Instant,
): Promise<number | null> {
  const { kind, name, issuer, clientId, vouchesFactor } = provider
  const [saml, ldap] = [provider.saml, provider.ldap].map((each) => each && JSON.stringify(each))
  const row = await db.row<{ id: number }>(sql`
    insert into identity_provider (kind, name, issuer, client_id, saml, ldap, vouches_factor, created_at)
    values (${kind}, ${name}, ${issuer}, ${clientId}, ${saml}, ${ldap}, ${vouchesFactor}, ${at})
    on conflict do nothing returning id`)
  return row?.id ?? null
}

/**
 * Changes what is given of a provider. Another issuer or client is another provider: what was tried is not true of it, and its subjects are
 * other people.
 */
export async function changeProvider(db: Db, id: number, change: ProviderChange): Promise<void> {
  const sets = assignments(valuesOf(change))
  if (sets !== null) await db.rows(sql`update identity_provider set ${sets} where id = ${id}`)
  if (change.issuer === undefined && change.clientId === undefined) return
  await db.rows(sql`update identity_provider set is_on = false, trial = null where id = ${id}`)
  await forgetPeopleOf(db, id)
}

/** Switches a provider off for good; who came by it has to come by another way, and its sessions end. */
export async function archiveProvider(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update identity_provider set archived_at = ${at}, is_on = false, key_id = null, sealed = null
    where id = ${id}`)
  await forgetPeopleOf(db, id)
}

async function forgetPeopleOf(db: Db, id: number): Promise<void> {
  await db.rows(sql`delete from agent_identity where provider_id = ${id}`)
  await db.rows(sql`delete from session where provider_id = ${id}`)
  await db.rows(sql`delete from half_sign_in where (came ->> 'providerId')::bigint = ${id}`)
}

/** Keeps what a trial found. */
export async function noteTrial(db: Db, id: number, trial: Trial | null): Promise<void> {
  await db.rows(sql`update identity_provider set trial = ${trial === null ? null : JSON.stringify(trial)}
    where id = ${id}`)
}

const placeOf = (id: number) => `identity_provider|${id}|secret`

/** Keeps the client's secret, or forgets it. */
export async function setProviderSecret(
  db: Db,
  seal: Seal,
  id: number,
  secret: string | null,
): Promise<void> {
  const kept = secret === null ? null : seal.close(secret, placeOf(id))
  await db.rows(sql`update identity_provider
    set key_id = ${kept?.keyId ?? null}, sealed = ${kept?.sealed ?? null}, trial = null where id = ${id}`)
}

/** The client's secret; null where the provider wants none. */
export async function providerSecret(db: Db, seal: Seal, id: number): Promise<string | null> {
  const row = await db.row<Sealed>(sql`select key_id as "keyId", sealed from identity_provider
    where id = ${id} and sealed is not null`)
  return row === null ? null : seal.open(row, placeOf(id))
}

/** Seals secrets of providers anew; returns how many. */
export async function rotateProviderSecrets(db: Db, seal: Seal): Promise<number> {
  const old = await db.rows<
    Sealed & { id: number }
  >(sql`select id, key_id as "keyId", sealed from identity_provider
    where sealed is not null and key_id <> ${seal.keyId} for update`)
  for (const { id, ...kept } of old) {
    const { keyId, sealed } = seal.close(seal.open(kept, placeOf(id)), placeOf(id))
    await db.rows(sql`update identity_provider set key_id = ${keyId}, sealed = ${sealed} where id = ${id}`)
  }
  return old.length
}

/** Takes a directory's turn to be compared, so that no other process takes it as well; false when it has none yet. */
export async function takeSync(db: Db, id: number, at: Instant): Promise<boolean> {
  const rows = await db.rows(sql`update identity_provider set sync_tried_at = ${at} where id = ${id} and is_on
    and (sync_tried_at is null or sync_tried_at <= ${at}::timestamptz - make_interval(hours => (ldap ->> 'syncHours')::int)) returning id`)
  return rows.length > 0
}

/** Notes what kept a directory from being compared; null where nothing did. */
export async function noteSync(db: Db, id: number, problem: string | null): Promise<void> {
  await db.rows(sql`update identity_provider set sync_problem = ${problem},
    synced_at = case when ${problem === null} then sync_tried_at else synced_at end where id = ${id}`)
}
