// How a provider of identity is spoken with. It imports nothing, so that the app takes it as it is.

export const providerKinds = ['oidc', 'saml', 'ldap'] as const
export type ProviderKind = (typeof providerKinds)[number]
