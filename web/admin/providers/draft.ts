// A provider of identity while somebody edits it, and what of that is sent.
import type { IdentityProvider, IdentityProviderPatch } from '../../../src/api/contract/providers.ts'

export const providersKey = ['identity-providers'] as const

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
  metadata: '',
  metadataUrl: '',
})
type Draft = ReturnType<typeof draftOf>

export function patchOf(draft: Draft, from: IdentityProvider): IdentityProviderPatch {
  const { name, groupsClaim, vouchesFactor, replacesPassword, takesUnasked, metadata, metadataUrl } = draft
  const domains = draft.domains.split(/[\s,]+/).filter(Boolean)
  const both = { name, groupsClaim, vouchesFactor, replacesPassword, domains }
  if (from.kind === 'saml') return { ...both, takesUnasked, ...metadataIn({ metadata, metadataUrl }) }
  const { issuer, clientId, clientSecret, scopes } = draft
  return {
    ...both,
    scopes,
    ...(issuer === from.issuer ? {} : { issuer }),
    ...(clientId === from.clientId ? {} : { clientId }),
    ...(clientSecret === '' ? {} : { clientSecret }),
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
