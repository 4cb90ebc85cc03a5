// A provider of identity as it is set up, by whichever way it is spoken with: what is read of what somebody entered, and what is shown.
import { X509Certificate } from 'node:crypto'
import type { z } from 'zod'
import type { IdentityProvider, identityProviderPatch, newIdentityProvider } from '#api/contract/providers.ts'
import { declineInput } from '#api/http/problem.ts'
import { logoutUriOf, metadataUriOf, redirectUriOf } from '#api/people/provider-request.ts'
import { ProviderProblem } from '#channels/claims.ts'
import { wrongFilter, wrongUrl } from '#channels/ldap.ts'
import { isIssuer } from '#channels/oidc.ts'
import { newOwnKey } from '#channels/own-certificate.ts'
import {
  certificateIn,
  fetchMetadata,
  isWebAddress,
  readMetadata,
  type ReadMetadata,
} from '#channels/saml-metadata.ts'
import type { Desk } from '#desk/desk.ts'
import type { Ldap } from '#people/ldap.ts'
import type { Provider, ProviderChange } from '#people/provider-store.ts'
import { certificatesEnd, type SamlCertificate } from '#people/saml.ts'

type New = z.output<typeof newIdentityProvider>
type Patch = z.output<typeof identityProviderPatch>
/** What takes its time, and is made before any transaction. */
type Early = { readonly metadata: ReadMetadata | null; readonly key: MadeKey | null }

/** A provider as administrators see it. */
export function presentProvider(desk: Desk, provider: Provider): IdentityProvider {
  const { saml, trial } = provider
  return {
    ...provider,
    saml: saml && {
      signInUrl: saml.signInUrl,
      metadataUrl: saml.metadataUrl,
      takesUnasked: saml.takesUnasked,
      signsRequests: saml.signsRequests,
      keyEndsAt: saml.own?.endsAt ?? null,
      certificates: saml.certificates.map(({ subject, endsAt }) => ({ subject, endsAt })),
      certificatesEndAt: certificatesEnd(saml, desk.clock.now()),
    },
    domains: [...provider.domains],
    trial: trial && { ...trial, steps: [...trial.steps], groups: [...trial.groups] },
    redirectUri: redirectUriOf(desk, provider.id),
    logoutUri: logoutUriOf(desk, provider.id),
    metadataUri: metadataUriOf(desk, provider.id),
  }
}

/** The metadata that somebody gave, read; null where they gave none. Before any transaction, as it may be fetched. */
export async function metadataOf(
  desk: Desk,
  { metadata, metadataUrl }: Pick<Patch, 'metadata' | 'metadataUrl'>,
): Promise<ReadMetadata | null> {
  const field = metadata === undefined ? 'metadataUrl' : 'metadata'
  try {
    if (metadata !== undefined) return readMetadata(metadata)
    if (metadataUrl === undefined) return null
    if (!isWebAddress(metadataUrl)) declineInput('metadataUrl', 'must begin with https://')
    return await fetchMetadata(desk.egress, metadataUrl)
  } catch (error) {
    if (error instanceof ProviderProblem) return declineInput(field, error.message)
    throw error
  }
}

const KEY_DAYS = 3_650

/** A key of the desk's own at a SAML provider. */
export type MadeKey = { readonly own: SamlCertificate; readonly privateKey: string }

/** Makes a key of the desk's own. */
export async function madeKey(desk: Desk): Promise<MadeKey> {
  const { privateKey, certificate } = await newOwnKey({
    days: KEY_DAYS,
    commonName: new URL(desk.baseUrl).hostname.slice(0, 64),
    nowMs: Date.parse(desk.clock.now()),
  })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  return { own: certificateIn(certificate), privateKey: String(pem) }
}

/** A new provider, with all that its kind needs. */
export function newProvider(
  { kind, name, issuer, clientId, metadataUrl, metadata: text, ldap }: New,
  { metadata, key }: Early,
): Pick<Provider, 'kind' | 'name' | 'issuer' | 'clientId' | 'saml' | 'ldap' | 'vouchesFactor'> {
  if (kind === 'oidc') {
    if (clientId === undefined) declineInput('clientId', 'is needed')
    const found = checked(issuer ?? declineInput('issuer', 'is needed'))
    return { kind, name, issuer: found, clientId, saml: null, ldap: null, vouchesFactor: true }
  }
  if (kind === 'ldap') {
    const asked = askedOf(ldap ?? declineInput('ldap', 'is needed'))
    // A password alone is no second factor.
    return { kind, name, issuer: placeOf(asked), clientId: '', saml: null, ldap: asked, vouchesFactor: false }
  }
  if (metadata === null) declineInput('metadata', 'is needed, or the address where it stands')
  const { issuer: entityId, wantsSigned, ...rest } = metadata
  const saml = {
    ...rest,
    own: key?.own ?? null,
    signsRequests: wantsSigned,
    metadataUrl: text === undefined ? (metadataUrl ?? null) : null,
    takesUnasked: false,
  }
  return { kind, name, issuer: entityId, clientId: '', saml, ldap: null, vouchesFactor: true }
}

/** What a patch changes; of a SAML provider only what its metadata does not say is set by hand. */
export function changeOf(from: Provider, patch: Patch, { metadata, key }: Early): ProviderChange {
  const {
    clientSecret: _,
    metadata: text,
    metadataUrl,
    takesUnasked,
    signsRequests,
    newKey: __,
    issuer,
    clientId,
    ldap,
    ...rest
  } = patch
  if (from.ldap !== null) {
    const asked = ldap === undefined ? from.ldap : askedOf(ldap)
    return { ...rest, ldap: asked, issuer: placeOf(asked) === from.issuer ? undefined : placeOf(asked) }
  }
  if (from.saml === null)
    return { ...rest, clientId, issuer: issuer === undefined ? undefined : checked(issuer) }
  const { issuer: entityId, wantsSigned = false, ...read } = metadata ?? { issuer: from.issuer }
  const readAt = metadata === null ? {} : { metadataUrl: text === undefined ? (metadataUrl ?? null) : null }
  const saml = {
    ...from.saml,
    ...read,
    ...readAt,
    own: key?.own ?? from.saml.own,
    // What new metadata want counts above what is set here.
    signsRequests: wantsSigned || (signsRequests ?? from.saml.signsRequests),
    takesUnasked: takesUnasked ?? from.saml.takesUnasked,
  }
  return { ...rest, saml, issuer: entityId === from.issuer ? undefined : entityId }
}

/** What names a directory: people under another place are other people. */
const placeOf = ({ url, baseDn }: Ldap): string => `${url}/${baseDn}`.slice(0, 800)

function askedOf(ldap: Ldap): Ldap {
  const wrong = wrongUrl(ldap.url)
  if (wrong !== null) declineInput('ldap.url', wrong)
  const unread = wrongFilter(ldap.filter)
  if (unread !== null) declineInput('ldap.filter', unread)
  return ldap
}

function checked(issuer: string): string {
  if (!isIssuer(issuer))
    declineInput('issuer', 'must begin with https:// and be the address of your own company there')
  return issuer
}

/** Whether what a provider was tried with is still what is set up: how often it is compared, and where it may begin, is not tried. */
export function isSameTried(from: Provider, to: Provider): boolean {
  const tried = ({ ldap, saml }: Provider) =>
    JSON.stringify([ldap && { ...ldap, syncHours: null }, saml && { ...saml, takesUnasked: null }])
  return tried(from) === tried(to)
}

/** Whether a secret that was given for the one would go to another now, or be shown under another name. */
export function goesElsewhere(from: Provider, to: Provider): boolean {
  // Our own key goes nowhere.
  if (from.kind === 'saml') return false
  const goesTo = ({ issuer, ldap }: Provider) => (ldap === null ? issuer : `${ldap.url} ${ldap.bindDn}`)
  return goesTo(from) !== goesTo(to)
}

/** A provider as the audit log has it: certificates by what tells them apart. */
export function auditable(provider: Provider) {
  const { name, issuer, clientId, scopes, groupsClaim, domains, isOn, vouchesFactor, replacesPassword } =
    provider
  const { signInUrl, takesUnasked, signsRequests, own, certificates } = provider.saml ?? {}
  const authority = provider.ldap?.authority ?? null
  return {
    name,
    issuer,
    clientId,
    scopes,
    groupsClaim,
    domains,
    isOn,
    vouchesFactor,
    replacesPassword,
    signInUrl,
    takesUnasked,
    signsRequests,
    ownKey: own == null ? undefined : certificateInWords(own),
    ...provider.ldap,
    authority: authority === null ? undefined : fingerprintsIn(authority),
    certificates: certificates?.map(certificateInWords),
  }
}

const certificateInWords = ({ text, subject, endsAt }: SamlCertificate): string =>
  `${subject} (${endsAt}) ${fingerprintsIn(text).join(' ')}`

/** What tells certificates (PEM) apart that may say the same of themselves (SHA-256). */
function fingerprintsIn(text: string): string[] {
  const all = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  return all.map((each) => {
    try {
      return new X509Certificate(each).fingerprint256
    } catch {
      return 'no certificate'
    }
  })
}
