// The words of how a company's site shows who its visitor is, each list once. It imports nothing, so that the app takes it as it is.

/** How a site may sign. */
export const identityAlgorithms = ['HS256', 'RS256', 'EdDSA'] as const
export type IdentityAlgorithm = (typeof identityAlgorithms)[number]

/** Why its word is not believed. */
export const identityRefusals = [
  'no_key',
  'unreadable',
  'algorithm',
  'signature',
  'expired',
  'too_long',
  'audience',
  'claims',
] as const
export type IdentityRefusal = (typeof identityRefusals)[number]
