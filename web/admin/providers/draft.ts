// A provider of identity while somebody edits it, and what of that is sent.
import type { IdentityProvider, IdentityProviderPatch } from '../../../src/api/contract/providers.ts'

export const providersKey = ['identity-providers'] as const

export const emptyDirectory = {
  url: '',
  authority: '',
  bindDn: '',
  baseDn: '',
  filter: '(&(objectClass=person)(mail={login}))',
  nestedGroups: false,
  syncHours: '1',
}
export type Directory = typeof emptyDirectory

/** What is sent of a directory. */
export function ldapIn(draft: Directory) {
  const { url, bindDn, baseDn, filter, nestedGroups, authority, syncHours } = draft
  return {
    url,
    bindDn,
    baseDn,
    filter,
    nestedGroups,
    authority: authority.trim() === '' ? null : authority,
    syncHours: syncHours === '' ? null : Number(syncHours),
  }
}

export const draftOf = (provider: IdentityProvider) => ({
  name: provider.name,
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: '',
  scopes: provider.scopes,
  groupsClaim: provider.groupsClaim,
  domains: provider.domains.join('\n'),
  vouchesFactor: provider.vouchesFactor,
  replacesPassword: provider.replacesPassword,
  takesUnasked: provider.saml?.takesUnasked ?? false,
  signsRequests: provider.saml?.signsRequests ?? false,
  metadata: '',
  metadataUrl: '',
  ...(provider.ldap ?? emptyDirectory),
  authority: provider.ldap?.authority ?? '',
  syncHours: provider.ldap === null ? '' : String(provider.ldap.syncHours ?? ''),
})
type Draft = ReturnType<typeof draftOf>

export function patchOf(draft: Draft, from: IdentityProvider): IdentityProviderPatch {
  const { name, groupsClaim, vouchesFactor, replacesPassword, takesUnasked, metadata, metadataUrl } = draft
  const domains = draft.domains.split(/[\s,]+/).filter(Boolean)
  const both = { name, groupsClaim, vouchesFactor, replacesPassword, domains }
  if (from.kind === 'saml') {
    const { signsRequests } = draft
    return { ...both, takesUnasked, signsRequests, ...metadataIn({ metadata, metadataUrl }) }
  }
  const secret = draft.clientSecret === '' ? {} : { clientSecret: draft.clientSecret }
  if (from.kind === 'ldap') return { ...both, ...secret, ldap: ldapIn(draft) }
  const { issuer, clientId, scopes } = draft
  return {
    ...both,
    scopes,
    ...(issuer === from.issuer ? {} : { issuer }),
    ...(clientId === from.clientId ? {} : { clientId }),
    ...secret,
  }
}

/** What a SAML provider says of itself, as it was given: its text, or where it stands. */
export type Metadata = { metadata: string; metadataUrl: string }

/** What is sent of it: nothing where nothing was given. */
export function metadataIn({ metadata, metadataUrl }: Metadata): Partial<Metadata> {
  if (metadata.trim() !== '') return { metadata }
  return metadataUrl.trim() === '' ? {} : { metadataUrl: metadataUrl.trim() }
}

export type FieldsProps = {
  draft: Draft
  provider: IdentityProvider
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Draft>) => void
}
